/* model/tables.h: each file of the CSV folder and each of its columns, described once.
 *
 * The CSV reader, the CSV writer, the store's statements and the help texts follow these descriptions.
 * Source: model/README.md.
 */
#ifndef HT_MODEL_TABLES_H
#define HT_MODEL_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/dataset.h"

typedef enum ht_column_type {
    HT_COL_ID,     /* [A-Za-z][A-Za-z0-9_.-]{0,31}, at most `max` in all where that is given */
    HT_COL_IDS,    /* list of ids, '|' between */
    HT_COL_PLACE,  /* a client id, "office" or "office:TEAM" */
    HT_COL_CODE,   /* a short code or name, at most 64 bytes */
    HT_COL_CODES,  /* list of codes */
    HT_COL_VALUE,  /* free value of a setting, at most 512 bytes */
    HT_COL_RECURS, /* model/recurrence.h, kept as the canonical English text */
    HT_COL_PAUSES, /* model/skipped_days.h, kept as the canonical text */
    HT_COL_EXCEPT, /* the same */
    HT_COL_DATE,
    HT_COL_TIME,    /* HH:MM, seconds inside */
    HT_COL_FROM,    /* date or date-time, minutes inside */
    HT_COL_TO,      /* the same; a bare date is its end */
    HT_COL_INT,     /* whole number in [min, max] */
    HT_COL_DECIMAL, /* decimal number, `scale` parts of 1 inside, in [min, max] */
    HT_COL_WORD,    /* one of `words` */
    HT_COL_FLAG     /* yes or no */
} ht_column_type;

/* One word of a HT_COL_WORD column. The index in the list is what the row holds; `others` are read, never written, '|'
 * between. */
typedef struct ht_word {
    const char *name;
    const char *swedish;
    const char *others;
} ht_word;

typedef struct ht_column {
    const char *name;    /* canonical header */
    const char *swedish; /* header with --lang sv, also read */
    const char *others;  /* further headers that are read, '|' between; NULL for none */
    ht_column_type type;
    size_t offset;        /* of its int32_t in the row */
    bool needed;          /* the column must be there and no cell blank */
    bool key;             /* part of the key that replaces rows */
    int32_t blank;        /* what a blank cell holds */
    int32_t min, max;     /* of the value inside, for INT, DECIMAL; max: of an ID's length */
    int32_t scale;        /* DECIMAL: parts of 1 */
    const ht_word *words; /* WORD: ended by a NULL name */
    ht_table_id refers;   /* the table whose first column it names; HT_TABLES for none */
} ht_column;

typedef struct ht_table {
    const char *name; /* the store's table; the file is name.csv */
    ht_table_id id;
    size_t row_size;
    const ht_column *columns;
    int32_t count; /* of columns */
    bool dated;    /* rows of dates that a folder covers but no longer lists go */
    bool needed;   /* import needs the file; of visits and series it needs one */
} ht_table;

const ht_table *ht_table_get(ht_table_id id);
/* By file name without ".csv", letter case folded; NULL where there is none. */
const ht_table *ht_table_find(const char *name);
/* By name, swedish or others, letter case folded, blanks around trimmed; -1 where there is none. */
int32_t ht_table_column(const ht_table *table, const char *header);

/* The line of the file a row began on, 0 for one from the store. Every row begins with it. */
int32_t ht_row_line(const void *row);
int32_t ht_row_get(const void *row, const ht_column *column);
void ht_row_set(void *row, const ht_column *column, int32_t value);

/* Reads one cell (valid UTF-8, trimmed, not blank) into *value, interning texts in pool. On failure false, and expected
 * (at least 128 bytes) says what was expected: "a date (YYYY-MM-DD)", "a whole number from 1 to 1440", "one of usk,
 * usk_transition, vb, other"; it is empty where memory was out. */
bool ht_cell_parse(const ht_column *column, const char *cell, ht_strings *pool, int32_t *value, char *expected,
                   size_t size);

/* Whether the column's values are symbols of texts. */
bool ht_column_holds_text(const ht_column *column);

/* The index of the word that text[0..length) is, in either language, letter case folded; -1 where it is none. */
int32_t ht_word_find(const ht_word *words, const char *text, size_t length);

/* True where the words are the same but for letter case, å ä ö too. */
bool ht_word_equal(const char *word, const char *other);

typedef enum ht_words_in { HT_ENGLISH, HT_SWEDISH } ht_words_in;

/* Prints one cell; blank values as "". Decimal mark: ','. Returns false where out (at least 600 bytes) is too small. */
bool ht_cell_print(const ht_column *column, int32_t value, const ht_strings *pool, ht_words_in words, char *out,
                   size_t size);

#endif
