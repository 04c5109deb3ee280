/* solver/delays.h: what it costs that stops start later: new lateness, overtime and moved starts, to the ends of their
 * routes and through double staffing and links, exactly.
 *
 * A visit that is being weighed is linked into its routes for the time of the weighing, so that what it pushes may come
 * back to it by another route. Slack, made without it, knows nothing of that: only when all that moves is followed is it
 * sure that the visit does not push itself on, at a cost or for ever.
 *
 * Ownership: memory is the arena's; routes are borrowed and left as they were.
 * Cost:      O(stops that start later than they may without cost).
 * Source:    forward time slack as the place to stop: Savelsbergh (1992), ORSA J. Computing 4(2):146-154.
 */
#ifndef HT_SOLVER_DELAYS_H
#define HT_SOLVER_DELAYS_H

#include "solver/position.h"

/* Which later starts are followed: those that come to cost something without the visit that is weighed, or all. */
typedef enum ht_delays_reach { HT_DELAYS_THAT_COST, HT_DELAYS_ALL } ht_delays_reach;

typedef struct ht_delays {
    ht_routes *routes;
    const int32_t *still; /* of each node: up to this start it is not followed */
    int32_t *raised;      /* of each node: its later start, in this weighing */
    uint32_t *raised_in;  /* the weighing that `raised` is of */
    uint32_t weighing;
    int32_t *queue; /* coupled nodes whose routes are still to be followed */
    int32_t head, count, returns;
    ht_cost cost;     /* so far */
    int32_t late_max; /* largest of the new latenesses */
    bool fails;       /* some stop would start after its limit, or visits push each other on without end */
} ht_delays;

/* Borrows the routes. False when memory is out. */
bool ht_delays_init(ht_delays *d, ht_routes *routes, ht_arena *arena);

/* Begins a weighing: nothing is later yet, and this is its cost. */
void ht_delays_begin(ht_delays *d, ht_cost cost, ht_delays_reach reach);
/* A task that is put on a route for this weighing starts then, and may wait until `calm` at no cost further on. Its
 * lateness and moved start are added; ht_delays_take_off() ends it. */
void ht_delays_put_on(ht_delays *d, int32_t task, const ht_position *at, int32_t start);
void ht_delays_take_off(ht_delays *d, int32_t task, const ht_position *at);
/* Follows what has been raised to its end, or until the cost reaches `bound`; returns the cost, the largest lateness
 * included: HT_COST_NONE where a hard rule breaks, `bound` or more where that was reached. */
ht_cost ht_delays_follow(ht_delays *d, ht_cost bound);

#endif
