/* bench/cells.h: reads a CSV file of ours row by row; its first problem is the error.
 *
 * Errors: HT_EINPUT with file, line and column; HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_CELLS_H
#define HT_BENCH_CELLS_H

#include "io/csv_read.h"

/* What a row function gets as its context. */
typedef struct ht_cells {
    const char *path;
    ht_issues issues; /* what is wrong with a cell goes here: ht_issues_add() */
    void *rows;       /* the caller's */
} ht_cells;

/* Calls row(in, line, cells) for each row; row() returns false when memory is out. in->rows is set by the caller. */
ht_status ht_cells_read(const char *path, const ht_csv_want *want, int32_t wants,
                        bool (*row)(void *in, int32_t line, const char *const *cells), ht_cells *in, ht_err *err);

/* The first of the issues as an error; the rest is counted. */
ht_status ht_cells_first_issue(const ht_issues *issues, ht_err *err);

#endif
