/* bench/suite.h: which days are measured: a suite file's cases, and each case's data in a store.
 *
 * A suite is a CSV file: case_id*, folder (of CSV files, seen from the suite file's folder; blank: generated), date*,
 * clients, teams, staff, seed (of a generated day, as in model/generate.h), optional (yes: passed over where the folder
 * is missing).
 * Errors: HT_EINPUT with file and line, HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_SUITE_H
#define HT_BENCH_SUITE_H

#include <stdbool.h>

#include "base/array.h"
#include "base/status.h"
#include "bench/results.h"

enum { HT_BENCH_PATH = 4096 };

typedef struct ht_bench_case {
    ht_bench_text case_id;
    char folder[HT_BENCH_PATH]; /* "": generated */
    int32_t date;
    int64_t clients, teams, staff, seed; /* HT_BENCH_BLANK: the generator's own default */
    bool optional;
} ht_bench_case;

/* Appends the suite's cases to cases (array of ht_bench_case). */
ht_status ht_suite_read(const char *path, ht_array *cases, ht_err *err);

/* True where the case's folder is there, or it needs none. */
bool ht_case_is_there(const ht_bench_case *c);

/* Puts the case's rows into a new store db. A generated day is written to a folder in `data` first, or taken from there
 * where it is already. fingerprint (of the files) holds HT_BENCH_TEXT. */
ht_status ht_case_prepare(const ht_bench_case *c, const char *data, const char *db, char *fingerprint, ht_err *err);

#endif
