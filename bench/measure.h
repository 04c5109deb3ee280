/* bench/measure.h: one run of one case, in a process of its own, so that its memory and time are its own.
 *
 * It is planned by app/plan_day, as `hemtur plan` does.
 * Errors: what planning says (HT_ERULE: the plan breaks a rule); HT_EINTERNAL where the process died.
 */
#ifndef HT_BENCH_MEASURE_H
#define HT_BENCH_MEASURE_H

#include "bench/suite.h"

/* What a process leaves to the one that started it. */
typedef struct ht_handed {
    void *bytes; /* of the system's allocator */
    size_t size;
} ht_handed;

/* Runs work(context, ...) in a process of its own and hands over what it left in `handed`, which the caller frees.
 * kilobytes: the process's largest resident memory. */
ht_status ht_run_apart(ht_status (*work)(void *context, ht_handed *handed, ht_err *err), void *context,
                       ht_handed *handed, int64_t *kilobytes, ht_err *err);

/* Plans the day in the store db with the row's seed and limits, and fills the row's figures and the trace (array of
 * ht_trace_row). */
ht_status ht_measure(const char *db, int32_t date, ht_bench_row *row, ht_array *trace, ht_err *err);

#endif
