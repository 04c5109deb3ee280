/* solver/scan_whole.h: what a task at a position changes of what whole shifts count. See model/problem.h.
 *
 * Inline: scanning is where a search spends its time. Where whole shifts do not count, all of it is 0.
 */
#ifndef HT_SOLVER_SCAN_WHOLE_H
#define HT_SOLVER_SCAN_WHOLE_H

#include "solver/scan.h"

/* Of one route that is scanned. */
typedef struct ht_scan_whole {
    ht_cost cost; /* of any position: the break taken with the first task, less all waiting, which positions count */
    ht_cost idle_least; /* no less than any position's ht_scan_idle() */
    int64_t idle, aim;  /* of the shift with the task, travel aside; what counts is above the aim */
    ht_cost idle_cost;  /* of a second above it */
    ht_cost idle_now;
    int32_t waited; /* before the leg, at the earliest starts */
} ht_scan_whole;

static inline int64_t ht_scan_above(int64_t idle, int64_t aim) {
    return idle > aim ? idle - aim : 0;
}

/* Idle time counts above the scanner's aim, or without one above that of all other shifts. */
static inline ht_scan_whole ht_scan_shift(const ht_scanner *in, int32_t task, int32_t shift) {
    const ht_routes *r = in->routes;
    const ht_cost *w = r->weights->component;
    ht_scan_whole whole = {.waited = 0};
    if (!r->problem->whole_shifts)
        return whole;
    bool unused = r->stops[shift] == 0, takes_break = unused && r->break_after[shift] >= 0;
    int64_t idle = r->whole[shift].idle;
    whole.idle_cost = in->idle_aim >= 0 ? in->idle_cost : w[HT_C_IDLE_MAX];
    whole.aim = in->idle_aim >= 0 ? in->idle_aim : shift == r->idlest ? r->idle_of_other : r->whole[r->idlest].idle;
    whole.idle = idle - r->service[task] - (takes_break ? r->problem->shift[shift].break_length : 0) -
                 (unused ? r->base_travel[shift] : 0);
    whole.idle_now = whole.idle_cost * ht_scan_above(idle, whole.aim);
    whole.idle_least = -whole.idle_now;
    int32_t waits = ht_routes_waits_earliest(r, shift);
    whole.cost = -(takes_break ? w[HT_C_MISSED_BREAKS] : 0) - w[HT_C_WAITING] * (waits - ht_routes_lead(r, shift));
    return whole;
}

/* What idle time changes by when the shift travels so much more for the task. */
static inline ht_cost ht_scan_idle(const ht_scan_whole *whole, int32_t travel) {
    int64_t above = ht_scan_above(whole->idle - travel, whole->aim);
    return whole->idle_cost * above - whole->idle_now;
}

/* The scan goes on behind this leg. */
static inline void ht_scan_pass(const ht_routes *r, ht_scan_whole *whole, int32_t shift, int32_t node,
                                int32_t follower) {
    if (r->weighs_waiting && r->stops[shift] > 0)
        whole->waited += ht_routes_wait(r, shift, node, r->start[node], r->start[follower]);
}

/* Waiting of the route with the task at the position, from `start` on: at the earliest starts, less what a later first stop
 * saves, as far as the route's own slack tells. */
int64_t ht_scan_waiting(const ht_routes *r, int32_t task, const ht_position *at, int32_t start);

#endif
