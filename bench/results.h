/* bench/results.h: a measured run as a row of a results file; files of such rows, that grow by a row and can be resumed.
 *
 * A results file is CSV as io/csv_write.h writes it, but without BOM. Lists in a cell: '|'.
 *
 * Units:  as the columns say; numbers are held times their scale. HT_BENCH_BLANK: not measured.
 * Errors: HT_EINPUT where a file is none of ours, HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_RESULTS_H
#define HT_BENCH_RESULTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/array.h"
#include "base/status.h"
#include "model/objective.h"

#define HT_BENCH_BLANK INT64_MIN

enum { HT_BENCH_TEXT = 192, HT_BENCH_MARKS = 8 };

/* Costs of published instances are held, and written as level values, in parts of their set's own unit. */
enum { HT_BENCH_COST = 10000 };

/* X(kind, name, scale, digits): the columns of a results file, in their order. A number is held times scale and written
 * with so many digits behind the decimal mark. */
#define HT_BENCH_COLUMN_LIST(X)                                                                                        \
    X(TEXT, commit, 1, 0)                                                                                              \
    X(TEXT, dirty, 1, 0)  /* yes: the sources differ from the commit */                                                \
    X(TEXT, binary, 1, 0) /* fingerprint of the program's file */                                                      \
    X(TEXT, compiler, 1, 0)                                                                                            \
    X(TEXT, build, 1, 0)                                                                                               \
    X(TEXT, processor, 1, 0)                                                                                           \
    X(NUMBER, cores, 1, 0)                                                                                             \
    X(TEXT, measured, 1, 0) /* UTC, when the run ended */                                                              \
    X(TEXT, set, 1, 0)      /* of a published instance; blank: a day */                                                \
    X(TEXT, case_id, 1, 0)                                                                                             \
    X(TEXT, data, 1, 0) /* fingerprint of the case's files */                                                          \
    X(TEXT, date, 1, 0)                                                                                                \
    X(NUMBER, visits, 1, 0)                                                                                            \
    X(NUMBER, shifts, 1, 0)                                                                                            \
    X(NUMBER, seed, 1, 0)                                                                                              \
    X(NUMBER, time_limit, 1, 0) /* s; blank: none */                                                                   \
    X(NUMBER, work, 1, 0)       /* iterations allowed; blank: as many as the time allows */                            \
    X(NUMBER, threads, 1, 0)                                                                                           \
    X(TEXT, without, 1, 0) /* which parts of the search were switched off */                                           \
    X(NUMBER, value, HT_BENCH_COST, 4)                                                                                 \
    X(NUMBER, best_known, HT_BENCH_COST, 4)                                                                            \
    X(NUMBER, gap_percent, HT_BENCH_COST, 4)                                                                           \
    X(NUMBER, iterations, 1, 0)                                                                                        \
    X(NUMBER, evaluations_k, 1000, 3) /* thousands */                                                                  \
    X(NUMBER, iterations_per_s, 1000, 1)                                                                               \
    X(NUMBER, evaluations_per_s, 1, 0)                                                                                 \
    X(NUMBER, first_full_s, 1000, 3)                                                                                   \
    X(NUMBER, memory_mb, 1024, 2)                                                                                      \
    X(NUMBER, unplanned, 1, 0)                                                                                         \
    X(NUMBER, late_visits, 1, 0)                                                                                       \
    X(NUMBER, staff_visits, 1, 0)                                                                                      \
    X(NUMBER, by_contact, 1, 0)                                                                                        \
    X(NUMBER, by_second, 1, 0)                                                                                         \
    X(NUMBER, travel_min, 60, 1)                                                                                       \
    X(NUMBER, search_s, 1000, 3)                                                                                       \
    X(NUMBER, wall_s, 1000, 3)                                                                                         \
    X(NUMBER, cpu_s, 1000, 3)                                                                                          \
    X(TEXT, levels, 1, 0) /* their names */                                                                            \
    X(TEXT, at_1_s, 1, 0) /* their values then, as long as the run was allowed to last */                              \
    X(TEXT, at_2_s, 1, 0)                                                                                              \
    X(TEXT, at_5_s, 1, 0)                                                                                              \
    X(TEXT, at_10_s, 1, 0)                                                                                             \
    X(TEXT, at_20_s, 1, 0)                                                                                             \
    X(TEXT, at_30_s, 1, 0)                                                                                             \
    X(TEXT, at_60_s, 1, 0)                                                                                             \
    X(TEXT, at_120_s, 1, 0)                                                                                            \
    X(TEXT, at_end, 1, 0)

/* One moment of a run, for plots. */
#define HT_TRACE_COLUMN_LIST(X)                                                                                        \
    X(TEXT, commit, 1, 0)                                                                                              \
    X(TEXT, binary, 1, 0)                                                                                              \
    X(TEXT, set, 1, 0)                                                                                                 \
    X(TEXT, case_id, 1, 0)                                                                                             \
    X(TEXT, data, 1, 0)                                                                                                \
    X(NUMBER, seed, 1, 0)                                                                                              \
    X(NUMBER, time_limit, 1, 0)                                                                                        \
    X(NUMBER, work, 1, 0)                                                                                              \
    X(NUMBER, threads, 1, 0)                                                                                           \
    X(TEXT, without, 1, 0)                                                                                             \
    X(NUMBER, seconds, 1000, 3) /* since the run began */                                                              \
    X(TEXT, levels, 1, 0)                                                                                              \
    X(TEXT, values, 1, 0)

typedef char ht_bench_text[HT_BENCH_TEXT];
typedef int64_t ht_bench_number;

#define HT_BENCH_TEXT_FIELD ht_bench_text
#define HT_BENCH_NUMBER_FIELD ht_bench_number
#define HT_BENCH_FIELD(kind, name, scale, digits) HT_BENCH_##kind##_FIELD name;

typedef struct ht_bench_row {
    HT_BENCH_COLUMN_LIST(HT_BENCH_FIELD)
} ht_bench_row;

typedef struct ht_trace_row {
    HT_TRACE_COLUMN_LIST(HT_BENCH_FIELD)
} ht_trace_row;

/* All numbers blank, all texts "". */
void ht_bench_row_init(ht_bench_row *row);

/* The seconds at which level values are taken down besides the end, and the values there. */
extern const int32_t ht_bench_mark[HT_BENCH_MARKS];
const char *ht_bench_at_mark(const ht_bench_row *row, int32_t mark);
void ht_bench_set_mark(ht_bench_row *row, int32_t mark, const char *values);

/* Whether two rows are of one run made twice: same program, processor, data, seed, limits and parts of the search. */
bool ht_bench_same_run(const ht_bench_row *a, const ht_bench_row *b);

/* A cost of which `scale` parts are one unit, in parts of HT_BENCH_COST, rounded to the nearest. */
int64_t ht_bench_cost(int64_t cost, int64_t scale);

/* Copies text as far as it goes into a cell. */
void ht_bench_set(char *cell, const char *text);

/* Level values as a cell (out), and back: how many there are, -1 where the text is no such list. value holds
 * HT_LEVELS_MAX. */
void ht_levels_print(const int64_t *value, int32_t levels, char *out);
int32_t ht_levels_parse(const char *text, int64_t *value);

/* Of two such cells: -1 where the first is better, 1 where the second is, 0 where none is or they are no lists of as many. */
int32_t ht_levels_compare(const char *a, const char *b);

/* Appends the rows of a results file (ht_bench_row) or of its trace (ht_trace_row) to rows. */
ht_status ht_results_read(const char *path, ht_array *rows, ht_err *err);
ht_status ht_trace_read(const char *path, ht_array *rows, ht_err *err);

/* A results file and its trace that are written on. */
typedef struct ht_results {
    const char *path, *trace_path; /* of the caller */
    ht_array rows;                 /* of ht_bench_row: what is there */
    FILE *file, *trace;
} ht_results;

/* Opens both, or makes them with their headers. A last line that a killed run left torn is dropped, as are the trace's
 * rows of a run that the results do not hold. Close it always, also after a failure. */
ht_status ht_results_open(ht_results *results, const char *path, const char *trace_path, ht_err *err);
void ht_results_close(ht_results *results);

bool ht_results_hold(const ht_results *results, const ht_bench_row *run);

/* Adds a run: its trace (of ht_trace_row) first, then its row; both are on the disk when this returns. */
ht_status ht_results_add(ht_results *results, const ht_bench_row *row, const ht_array *trace, ht_err *err);

#endif
