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
    at->latest = ht_min32(r->limit[task], ht_routes_start_by(s, service, g->from, r->latest[g->follower], behind));
    if (at->start > at->latest)
        return false;
    at->calm = ht_min32(at->latest, ht_routes_start_by(s, service, g->from, r->calm[g->follower], behind));
    at->cost = cost;
    at->least = ht_position_least(r, task, at, at->start);
    if (at->least >= bound)
        return false;
    at->shift = g->shift;
    at->after = g->after;
    at->break_after = behind ? task : r->break_after[g->shift];
    return true;
}

static bool is_symmetric(const int32_t *travel, size_t places) {
    for (size_t a = 0; a < places; a++)
        for (size_t b = 0; b < a; b++)
            if (travel[a * places + b] != travel[b * places + a])
                return false;
    return true;
}

static int32_t *exchange(const int32_t *travel, size_t places, ht_arena *arena) {
    int32_t *out = HT_ARENA_NEW(arena, places * places, int32_t);
    for (size_t a = 0; out && a < places; a++)
        for (size_t b = 0; b < places; b++)
            out[b * places + a] = travel[a * places + b];
    return out;
}

bool ht_scan_travel_to(const int32_t *travel_to[HT_MODES], const ht_problem *p, ht_arena *arena) {
    size_t places = (size_t)p->places;
    for (int32_t mode = 0; mode < HT_MODES; mode++) {
        travel_to[mode] = p->travel[mode];
        if (!p->travel[mode] || is_symmetric(p->travel[mode], places))
            continue;
        travel_to[mode] = exchange(p->travel[mode], places, arena);
        if (!travel_to[mode])
            return false;
    }
    return true;
}

/* Travel from any place to that of a task: of place a, at[a * stride]. */
typedef struct travel_to {
    const int32_t *at;
    size_t stride;
} travel_to;

static travel_to way_to(const ht_routes *r, int32_t mode, int32_t place) {
    size_t places = (size_t)r->problem->places;
    if (r->travel_to[mode])
        return (travel_to){&r->travel_to[mode][(size_t)place * places], 1};
    return (travel_to){&r->problem->travel[mode][place], places};
}

int32_t ht_scan(ht_scanner *in, int32_t task, int32_t shift, ht_cost bound, ht_position *out) {
    const ht_routes *r = in->routes;
    const ht_problem *p = r->problem;
    int32_t mode = p->shift[shift].mode;
    travel_to to = way_to(r, mode, r->place[task]);
    const int32_t *from = &p->travel[mode][(size_t)r->place[task] * (size_t)p->places];
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
        int32_t a = r->place[g.after], b = r->place[g.follower];
        g.to = a < 0 ? 0 : to.at[(size_t)a * to.stride];
        g.from = b < 0 ? 0 : from[b];
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
