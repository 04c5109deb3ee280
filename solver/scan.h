/* solver/scan.h: the positions of a task on a route that may cost less than a bound.
 *
 * Where whole shifts count (solver/scan_whole.h), waiting is estimated from the slack of the route alone, and idle time is
 * charged above an aim: while many visits are absent, it is worth while to bring a shift down to the idle time that the
 * plan had, though another may still have more.
 *
 * Cost: O(stops of the route), a few operations each: it is where a search spends its time.
 */
#ifndef HT_SOLVER_SCAN_H
#define HT_SOLVER_SCAN_H

#include "base/rng.h"
#include "solver/position.h"

enum { HT_NO_AIM = -1 };

typedef struct ht_scanner {
    const ht_routes *routes;
    ht_rng *rng;
    double blink;        /* probability that a position is passed over */
    int32_t blink_in;    /* positions until the next blink */
    int64_t idle_aim;    /* idle time that no shift should exceed; HT_NO_AIM: the largest of all others */
    ht_cost idle_cost;   /* of a second above the aim */
    int64_t evaluations; /* positions whose cost was worked out */
} ht_scanner;

/* For ht_routes.travel_to, in the arena; a symmetric matrix is its own. What the streams of a search share. False when
 * memory is out. */
bool ht_scan_travel_to(const int32_t *travel_to[HT_MODES], const ht_problem *problem, ht_arena *arena);

/* Writes the positions to `out`, at most two a leg; returns how many. */
int32_t ht_scan(ht_scanner *in, int32_t task, int32_t shift, ht_cost bound, ht_position *out);

#endif
