/* bench/measure.h: one run of one case, in a process of its own, so that its memory and time are its own.
 *
 * A day is planned by app/plan_day, as `hemtur plan` does, a published instance solved by app/solve_file, as `hemtur solve`
 * does: both have their plan checked by code that shares nothing with the search.
 * Errors: what planning and solving say (HT_ERULE: the plan breaks a rule); HT_EINTERNAL where the process died.
 */
#ifndef HT_BENCH_MEASURE_H
#define HT_BENCH_MEASURE_H

#include "base/text.h"
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

/* Plans the day in the store `data`, or solves the instance in the file `data`, with the row's seed, limits and parts of the
 * search; fills the row's figures, the trace (array of ht_trace_row) and, where a published instance has a solution, the
 * record of it (bench/record.h). */
ht_status ht_measure(const ht_bench_case *c, const char *data, ht_bench_row *row, ht_array *trace, ht_text *record,
                     ht_err *err);

#endif
