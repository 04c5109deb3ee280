#include "solver/scan.h"

#include <math.h>

#include "base/numbers.h"
#include "solver/scan_whole.h"

/* Positions until the next that is passed over: geometric, so that most positions cost no random number. */
static bool blinks(ht_scanner *in) {
    if (in->blink_in-- > 0 || in->blink <= 0)
        return false;
    in->blink_in = (int32_t)(log(1 - ht_rng_unit(in->rng)) / log(1 - in->blink));
    return true;
}

/* A leg that may take the task, and what the scan of a route reads but once. */
typedef struct leg {
    const ht_shift *shift;
    int32_t earliest, limit, service, due; /* of the task */
    ht_cost late_cost, least_delay_cost;   /* of a second */
    int32_t leave, to, from, latest, calm; /* end of the stop before, travel to the task and on, of the follower */
} leg;

/* What the task costs on the leg wherever its place is, `cost` without the travel to it and on: much too early or much too
 * late legs are told by that. */
static inline ht_cost least_anywhere(const leg *g, int32_t end_least, ht_cost cost) {
    if (g->late_cost > 0 && g->leave > g->due)
        cost += g->late_cost * (g->leave - g->due);
    return end_least > g->calm ? cost + g->least_delay_cost * (end_least - g->calm) : cost;
}

/* Times of the task on the leg, and the least it costs there; false where they break a hard rule, or it must cost `bound`
 * or more. */
static inline bool weigh(const leg *g, ht_rest before, ht_rest behind, ht_cost cost, ht_cost bound, ht_position *at) {
    int32_t start = ht_max32(ht_routes_arrive(g->shift, before, g->leave, g->to), g->earliest);
    int32_t latest = ht_min32(g->limit, ht_routes_start_by(g->shift, behind, g->service, g->from, g->latest));
    if (start > latest)
        return false;
    int32_t calm = ht_min32(latest, ht_routes_start_by(g->shift, behind, g->service, g->from, g->calm));
    ht_cost least = ht_least_cost(cost, g->late_cost, g->due, g->least_delay_cost, calm, start);
    if (least >= bound)
        return false;
    at->start = start;
    at->latest = latest;
    at->calm = calm;
    at->cost = cost;
    at->least = least;
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

/* What is looked at: a scan is made for each, so that the one of a day carries nothing of the other. */
typedef enum counting { COUNTS_STOPS, COUNTS_WHOLE_SHIFTS } counting;

/* Where the position is, and what its waiting costs. */
static inline void finish(const ht_routes *r, const ht_scan_whole *whole, counting counts, int32_t task, int32_t shift,
                          int32_t after, int32_t break_after, ht_position *at) {
    at->shift = shift;
    at->after = after;
    at->break_after = break_after;
    if (counts == COUNTS_STOPS || !r->weighs_waiting)
        return;
    at->waited = whole->waited;
    ht_cost waiting = r->weights->component[HT_C_WAITING] * ht_scan_waiting(r, task, at, at->start);
    at->cost += waiting;
    at->least += waiting;
}

static inline int32_t scan(ht_scanner *in, int32_t task, int32_t shift, ht_cost bound, counting counts,
                           ht_position *out) {
    const ht_routes *r = in->routes;
    const ht_problem *p = r->problem;
    const int32_t *next = r->next, *start = r->start, *service = r->service, *latest = r->latest, *calm = r->calm;
    const int32_t *place = r->place, *travel = r->leg;
    int32_t mode = p->shift[shift].mode, break_after = r->break_after[shift];
    travel_to to = way_to(r, mode, place[task]);
    const int32_t *from = &p->travel[mode][(size_t)place[task] * (size_t)p->places];
    ht_cost per_second = r->weights->component[HT_C_TRAVEL];
    ht_cost who = ht_routes_assign_cost(r, p->visit_of_task[task], p->shift[shift].staff) +
                  (r->stops[shift] == 0 ? per_second * r->base_travel[shift] : 0);
    ht_scan_whole whole = {.waited = 0};
    if (counts == COUNTS_WHOLE_SHIFTS)
        whole = ht_scan_shift(in, task, shift);
    who += whole.cost;
    leg g = {.shift = &p->shift[shift],
             .earliest = r->earliest[task],
             .limit = r->limit[task],
             .service = service[task],
             .due = r->due[task],
             .late_cost = r->late_cost[task],
             .least_delay_cost = r->least_delay_cost};
    int32_t count = 0, weighed = 0, end_least = g.earliest + g.service;
    for (int32_t after = ht_routes_first(r, shift), before = -1, follower; (follower = next[after]) >= 0;
         before = after, after = follower) {
        if (counts == COUNTS_WHOLE_SHIFTS && before >= 0)
            ht_scan_pass(r, &whole, shift, before, after);
        g.leave = start[after] + service[after];
        if (g.leave > g.limit)
            break;
        g.latest = latest[follower];
        if (g.latest < end_least || blinks(in))
            continue;
        g.calm = calm[follower];
        if (least_anywhere(&g, end_least, who + whole.idle_least - per_second * travel[after]) >= bound)
            continue;
        int32_t a = place[after], b = place[follower];
        g.to = a < 0 ? 0 : to.at[(size_t)a * to.stride];
        g.from = b < 0 ? 0 : from[b];
        ht_cost cost = who + per_second * (g.to + g.from - travel[after]);
        if (counts == COUNTS_WHOLE_SHIFTS && r->weighs_idle)
            cost += ht_scan_idle(&whole, g.to + g.from - travel[after]);
        weighed++;
        if (cost >= bound)
            continue;
        bool breaks = break_after == after;
        ht_rest rest = breaks ? ht_routes_rest(r, shift, after, task) : HT_REST_ELSEWHERE;
        if (weigh(&g, rest, HT_REST_ELSEWHERE, cost, bound, &out[count]))
            finish(r, &whole, counts, task, shift, after, break_after, &out[count++]);
        if (!breaks)
            continue;
        rest = ht_routes_rest(r, shift, task, follower);
        if (weigh(&g, HT_REST_ELSEWHERE, rest, cost, bound, &out[count]))
            finish(r, &whole, counts, task, shift, after, task, &out[count++]);
    }
    in->evaluations += weighed;
    return count;
}

int32_t ht_scan(ht_scanner *in, int32_t task, int32_t shift, ht_cost bound, ht_position *out) {
    return in->routes->problem->whole_shifts ? scan(in, task, shift, bound, COUNTS_WHOLE_SHIFTS, out)
                                             : scan(in, task, shift, bound, COUNTS_STOPS, out);
}
