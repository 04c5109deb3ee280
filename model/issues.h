/* model/issues.h: what is wrong with the input, collected so that all of it can be shown at once.
 *
 * The first HT_ISSUES_SHOWN are kept, the rest counted. Values are masked (base/text.h) before they get here.
 * A note is something to know (an unknown column); it refuses nothing.
 *
 * Rows of another system's files (io/csv_mapped.h) hold line numbers that count on over all these files; with `sources`
 * filled, what is told of our tables from then on names the file, line and column that it came from.
 */
#ifndef HT_MODEL_ISSUES_H
#define HT_MODEL_ISSUES_H

#include <stdbool.h>

#include "base/status.h"
#include "model/dataset.h"

enum { HT_ISSUES_SHOWN = 100 };

typedef struct ht_issue {
    const char *file;   /* "visits.csv" */
    int32_t line;       /* 0: the whole file */
    const char *column; /* "" where it is about the row */
    const char *text;   /* "'25:99' is no time: expected HH:MM" */
} ht_issue;

/* A file of another system that rows came from. */
typedef struct ht_issue_source {
    const char *file;
    int32_t lines_before; /* its rows' lines begin above this */
    const char *const
        *header[HT_TABLES]; /* by our column: the file's, NULL for none; NULL for tables it gives no row */
} ht_issue_source;

typedef struct ht_issues {
    ht_array issues;  /* of ht_issue, in the order found */
    ht_array notes;   /* of ht_issue */
    ht_array sources; /* of ht_issue_source, by lines_before; empty: the files are ours */
    int32_t count;    /* of all issues, shown or not */
    ht_arena arena;
    bool failed; /* memory ran out while collecting */
} ht_issues;

void ht_issues_init(ht_issues *issues, const ht_allocator *allocator);
void ht_issues_release(ht_issues *issues);
/* file and column are copied; format makes the text, masked here. */
void ht_issues_add(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...)
    HT_PRINTF(5, 6);
void ht_issues_note(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...)
    HT_PRINTF(5, 6);

/* "line 7", or "file.csv:7" where the row is another system's: a second row that a text names. out holds HT_PLACE_TEXT
 * bytes. */
enum { HT_PLACE_TEXT = 96 };
void ht_issues_place(const ht_issues *issues, int32_t line, char *out);
/* The file that gives the table: ours, or the first of the other system's; out as above. */
void ht_issues_file(const ht_issues *issues, ht_table_id table, char *out);

#endif
