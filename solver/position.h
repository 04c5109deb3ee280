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

/* No more than a task costs when it starts then, `cost` apart from lateness and delays: a start beyond `calm` makes one stop
 * further on at least as much later than it may be without cost. */
static inline ht_cost ht_least_cost(ht_cost cost, ht_cost late_cost, int32_t due, ht_cost least_delay_cost,
                                    int32_t calm, int32_t start) {
    if (late_cost > 0 && start > due)
        cost += late_cost * (start - due);
    return start > calm ? cost + least_delay_cost * (start - calm) : cost;
}

static inline ht_cost ht_position_least(const ht_routes *r, int32_t task, const ht_position *at, int32_t start) {
    return ht_least_cost(at->cost, r->late_cost[task], r->due[task], r->least_delay_cost, at->calm, start);
}

/* Whether that is what it costs: nothing further on comes later than it may. */
static inline bool ht_position_certain(const ht_routes *r, int32_t task, const ht_position *at, int32_t start) {
    return start <= at->calm && !r->usual_from &&
           (!r->weighs_late_max || start - r->due[task] <= r->component[HT_C_LATE_MAX]);
}

#endif
