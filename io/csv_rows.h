/* io/csv_rows.h: the rows of any CSV file, split, decoded, and bound by its header to the columns the caller knows.
 *
 * What is read, passed over and refused here stands in io/csv_read.h; a table of the folder (io/csv_read.c) and a file of
 * another system (io/csv_mapped.c) are read through this alone.
 *
 * Ownership: a row and its cells hold during the call of row() alone.
 * Errors:    HT_ESYSTEM where the file cannot be read, HT_ENOMEM. What is wrong with the data goes to issues.
 */
#ifndef HT_IO_CSV_ROWS_H
#define HT_IO_CSV_ROWS_H

#include <stdio.h>

#include "io/csv_read.h"

typedef struct ht_csv_row {
    const char *file_name;
    ht_issues *issues;
    int32_t line;          /* the row began on */
    int32_t issues_before; /* of this row */
    char **cell;           /* by column: the text as it stands, "" where it is blank or absent */
    const char **header;   /* by column: as the file spells it; NULL where the file lacks it */
} ht_csv_row;

/* What becomes of columns that find() does not know: a note names them. Cells that hold a personal identity number are
 * refused, or dropped with all the others: files of another system have such columns as a rule. */
typedef enum ht_csv_others { HT_CSV_OTHERS_UNKNOWN, HT_CSV_OTHERS_DROPPED } ht_csv_others;

typedef struct ht_csv_shape {
    void *context;
    int32_t columns;
    ht_csv_others others;
    ht_csv_want (*column)(const void *context, int32_t index);
    int32_t (*find)(const void *context, const char *header); /* -1: no such column */
    bool (*row)(void *context, const ht_csv_row *row);        /* false: memory is out */
} ht_csv_shape;

ht_status ht_csv_read_rows(FILE *file, const char *file_name, const ht_csv_shape *shape, ht_issues *issues,
                           ht_err *err);

/* ---- what row() asks of a row ---- */

/* Cuts blanks off both ends, in place. */
char *ht_csv_trim(char *text);
/* Parses text, which stands in the cell or for it, as a cell of ours, and reports it where it is none; false where memory is out. */
bool ht_csv_parse(const ht_csv_row *row, int32_t index, const ht_column *column, const char *text, ht_strings *pool,
                  int32_t *value);
/* "'text': expected ..." */
void ht_csv_refuse(const ht_csv_row *row, int32_t column, const char *text, const char *expected);
/* Reports a blank cell where a value is needed. */
void ht_csv_refuse_blank(const ht_csv_row *row, int32_t column);
/* True, and reported, where the cell holds what looks like a personal identity number. */
bool ht_csv_refuse_personal_number(const ht_csv_row *row, int32_t column);
/* True where the row has an issue. */
bool ht_csv_row_refused(const ht_csv_row *row);

#endif
