#include "solver/scan.h"

#include <math.h>

#include "base/numbers.h"

/* Positions until the next that is passed over: geometric, so that most positions cost no random number. */
static bool blinks(ht_scanner *in) {
    if (in->blink_in-- > 0 || in->blink <= 0)
        return false;
    in->blink_in = (int32_t)(log(1 - ht_rng_unit(in->rng)) / log(1 - in->blink));
    return true;
}

typedef enum break_place { BREAK_ELSEWHERE, BREAK_BEFORE, BREAK_BEHIND } break_place;

typedef struct leg {
    int32_t shift, after, follower, to, from; /* travel to the task, and from it */
    break_place where;
} leg;

/* Times of a task on a leg, and the least it costs; false where they break a hard rule, or it must cost `bound` or more.
 */
static inline bool weigh(const ht_routes *r, int32_t task, const leg *g, ht_cost cost, ht_cost bound, ht_position *at) {
    const ht_shift *s = &r->problem->shift[g->shift];
    int32_t leave = r->start[g->after] + r->service[g->after], service = r->service[task];
    int32_t there = g->where == BREAK_BEFORE ? ht_routes_after_break(s, leave, g->to) : leave + g->to;
    bool behind = g->where == BREAK_BEHIND;
    at->start = ht_max32(there, r->earliest[task]);
    at->latest = ht_min32(r->limit[task], ht_routes_leave_by(s, g->from, r->latest[g->follower], behind) - service);
    if (at->start > at->latest)
        return false;
    at->calm = ht_min32(at->latest, ht_routes_leave_by(s, g->from, r->calm[g->follower], behind) - service);
    at->cost = cost;
    at->least = ht_position_least(r, task, at, at->start);
    if (at->least >= bound)
        return false;
    at->shift = g->shift;
    at->after = g->after;
    at->break_after = behind ? task : r->break_after[g->shift];
    return true;
}

int32_t ht_scan(ht_scanner *in, int32_t task, int32_t shift, ht_cost bound, ht_position *out) {
    const ht_routes *r = in->routes;
    const ht_problem *p = r->problem;
    ht_cost per_second = r->weights->component[HT_C_TRAVEL];
    ht_cost who = ht_routes_assign_cost(r, p->visit_of_task[task], p->shift[shift].staff) +
                  (r->stops[shift] == 0 ? per_second * r->base_travel[shift] : 0);
    int32_t count = 0, weighed = 0, leave_most = r->limit[task], end_least = r->earliest[task] + r->service[task];
    leg g = {.shift = shift, .after = ht_routes_first(r, shift)};
    for (; (g.follower = r->next[g.after]) >= 0; g.after = g.follower) {
        if (r->start[g.after] + r->service[g.after] > leave_most)
            break;
        if (r->latest[g.follower] < end_least || blinks(in))
            continue;
        g.to = ht_routes_leg(r, shift, g.after, task);
        g.from = ht_routes_leg(r, shift, task, g.follower);
        ht_cost cost = who + per_second * (g.to + g.from - r->leg[g.after]);
        weighed++;
        if (cost >= bound)
            continue;
        bool breaks = r->break_after[shift] == g.after;
        g.where = breaks ? BREAK_BEFORE : BREAK_ELSEWHERE;
        count += weigh(r, task, &g, cost, bound, &out[count]);
        if (!breaks)
            continue;
        g.where = BREAK_BEHIND;
        count += weigh(r, task, &g, cost, bound, &out[count]);
    }
    in->evaluations += weighed;
    return count;
}
