/* bench/run.h: a suite's cases, each with every seed, into a results file; goes on where an earlier run ended.
 *
 * Seeds are the outer loop: a run that is ended early has something of every case.
 * Errors: those of bench/results.h, suite.h, measure.h; the first that fails ends the run, what was measured stays.
 */
#ifndef HT_BENCH_RUN_H
#define HT_BENCH_RUN_H

#include <stdatomic.h>

#include "bench/best_known.h"
#include "bench/suite.h"

typedef struct ht_bench_job {
    ht_array cases;          /* of ht_bench_case, each with its seeds; a blank time limit is none */
    const char *out, *trace; /* the files to write */
    const char *data;        /* where published data is, and generated days are kept; NULL: nowhere */
    const ht_array *known;   /* of ht_best_known */
    const char *records;     /* the folder of records that are to be kept; NULL: none are */
    int64_t work;            /* HT_BENCH_BLANK: none */
    int64_t threads;
    const char *without;            /* parts of the search that are switched off; "" */
    const atomic_int *stop;         /* not 0: end with what is measured */
    void (*tell)(const char *line); /* of each case and run */
} ht_bench_job;

ht_status ht_bench_run(const ht_bench_job *job, ht_err *err);

#endif
