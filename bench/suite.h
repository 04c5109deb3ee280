/* bench/suite.h: what is measured: a suite file's cases, and each case's data.
 *
 * A suite is a CSV file: case_id*, seeds (1 to so many), time_limit (s), optional (yes: passed over where its data is
 * missing), and for a day
 *     date*, folder (of CSV files, seen from the suite file's folder; blank: generated), clients, teams, staff, seed (of a
 *     generated day, as in model/generate.h)
 * or for a published instance
 *     set*, file* (seen from the folder with the published data), archive (a .tar.xz that holds the file where it is not
 *     unpacked beside it).
 * Errors: HT_EINPUT with file and line, HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_SUITE_H
#define HT_BENCH_SUITE_H

#include <stdbool.h>

#include "base/array.h"
#include "base/status.h"
#include "bench/results.h"

enum { HT_BENCH_PATH = 4096, HT_BENCH_SEEDS_MAX = 1000, HT_BENCH_SECONDS_MAX = 86400 };

typedef struct ht_bench_case {
    ht_bench_text case_id;
    ht_bench_text set; /* "": a day */
    ht_bench_text file, archive;
    char folder[HT_BENCH_PATH]; /* "": generated */
    int32_t date;
    int64_t clients, teams, staff, seed; /* HT_BENCH_BLANK: the generator's own default */
    int64_t seeds, time_limit;           /* HT_BENCH_BLANK: as the run says */
    bool optional;
} ht_bench_case;

static inline bool ht_case_is_published(const ht_bench_case *c) {
    return c->set[0] != '\0';
}

/* Appends the suite's cases to cases (array of ht_bench_case). */
ht_status ht_suite_read(const char *path, ht_array *cases, ht_err *err);

/* True where the case's data is there, or it needs none; missing (HT_BENCH_PATH bytes) is what is not. data: where
 * published data is; NULL: nowhere. */
bool ht_case_is_there(const ht_bench_case *c, const char *data, char *missing);

/* Puts the case's data at `to`: a day's rows into a new store, a published instance's file as it is. A generated day is
 * written to a folder in `data` first, or taken from there where it is already. fingerprint (of the files) holds
 * HT_BENCH_TEXT. */
ht_status ht_case_prepare(const ht_bench_case *c, const char *data, const char *to, char *fingerprint, ht_err *err);

#endif
