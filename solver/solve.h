/* solver/solve.h: plans a problem: ruin and recreate with simulated annealing, then set partitioning over the found
 *                 routes.
 *
 * Ownership: the problem is borrowed and const; the solution's arrays live in the caller's arena.
 * Errors:    HT_ENOMEM; HT_ELP never ends a run (the search's plan is kept, the note says so).
 *            Time limit and stop are outcomes.
 * Threads:   starts up to options->threads - 1 of its own; progress() is called from the calling thread only.
 * Source:    see each file for its papers.
 */
#ifndef HT_SOLVER_SOLVE_H
#define HT_SOLVER_SOLVE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/status.h"
#include "model/problem.h"
#include "solver/search_parts.h"

typedef struct ht_progress {
    double seconds;        /* since the start */
    int64_t work;          /* iterations of all streams */
    int32_t unplanned;     /* visits, of the best plan */
    const ht_values *best; /* of the best plan */
    double temperature;
} ht_progress;

typedef struct ht_solve_options {
    int64_t seed;
    double time_limit;       /* s; 0: none (then work is needed) */
    int64_t work;            /* iterations in all; 0: none. With work and no time limit no clock is read */
    int32_t threads;         /* >= 1 */
    ht_search_parts without; /* parts that are left out; 0: the whole search */
    const atomic_int *stop;  /* not 0: end soon with the best so far; NULL: never */
    void (*progress)(void *context,
                     const ht_progress *progress); /* NULL: none; about twice a second, only with a clock */
    void *context;
} ht_solve_options;

typedef struct ht_solve_result {
    ht_solution best;
    int64_t work;        /* iterations done */
    int64_t evaluations; /* places for a visit whose cost was worked out */
    double
        first_full_s; /* seconds to the first plan with as few unplanned visits as best; -1 where no clock was read */
    char note[256];   /* what went wrong inside and was survived; "" */
} ht_solve_result;

ht_status ht_solve(const ht_problem *problem, const ht_solve_options *options, ht_arena *arena, ht_solve_result *result,
                   ht_err *err);

#endif
