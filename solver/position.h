/* solver/position.h: one leg of one route that can take a task.
 *
 * Units: seconds of the day; ht_cost.
 */
#ifndef HT_SOLVER_POSITION_H
#define HT_SOLVER_POSITION_H

#include "solver/routes.h"

typedef struct ht_position {
    int32_t shift, after, break_after;
    int32_t start;        /* earliest start there */
    int32_t latest, calm; /* last start that keeps the hard rules; that costs nothing further on */
    ht_cost cost;         /* travel and who; lateness not included */
    int32_t waited; /* of the route before it, at the earliest starts; only where waiting of whole shifts is weighed */
    ht_cost least;  /* no more than it costs, lateness included */
} ht_position;

/* No more than a task costs at a position when it starts then: a start beyond `calm` makes one stop further on at least as
 * much later than it may be without cost. */
static inline ht_cost ht_position_least(const ht_routes *r, int32_t task, const ht_position *at, int32_t start) {
    ht_cost cost = at->cost;
    if (r->late_cost[task] > 0 && start > r->due[task])
        cost += r->late_cost[task] * (start - r->due[task]);
    return start > at->calm ? cost + r->least_delay_cost * (start - at->calm) : cost;
}

/* Whether that is what it costs: nothing further on comes later than it may. */
static inline bool ht_position_certain(const ht_routes *r, int32_t task, const ht_position *at, int32_t start) {
    return start <= at->calm && !r->usual_from &&
           (!r->weighs_late_max || start - r->due[task] <= r->component[HT_C_LATE_MAX]);
}

#endif
