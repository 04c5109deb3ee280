#include "solver/insertion.h"

#include <math.h>

#include "base/array.h"
#include "base/numbers.h"

enum { LONGEST_CHAIN = 8 }; /* how many shared visits a delay is followed through */

/* ---- which shifts can ever take a visit ---- */

static bool can_take(const ht_routes *r, int32_t visit, int32_t shift) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    const ht_shift *s = &p->shift[shift];
    bool able = false;
    for (int32_t i = 0; i < v->need; i++)
        able = able || p->able[(size_t)(v->first_task + i) * (size_t)p->staff + (size_t)s->staff];
    int32_t start = ht_max32(s->start, v->earliest); /* no travel: a detour may be shorter than the direct leg */
    return able && !r->closed[shift] && start <= v->latest && start + v->service <= s->latest_end;
}

static bool collect(const ht_routes *r, int32_t *first_shift, ht_array *shift_of) {
    const ht_problem *p = r->problem;
    for (int32_t v = 0; v < p->visits; v++) {
        bool absent = r->shift[p->visit[v].first_task] == HT_NOBODY;
        for (int32_t s = 0; absent && s < p->shifts; s++) {
            if (!can_take(r, v, s))
                continue;
            int32_t *shift = ht_array_push(shift_of);
            if (!shift)
                return false;
            *shift = s;
        }
        first_shift[v + 1] = shift_of->count;
    }
    return true;
}

bool ht_takers_init(ht_takers *takers, const ht_routes *routes, ht_arena *arena) {
    ht_array list;
    ht_array_init(&list, sizeof(int32_t), arena->allocator);
    takers->shift_of = NULL;
    takers->first_shift = HT_ARENA_NEW(arena, routes->problem->visits + 1, int32_t);
    if (takers->first_shift && collect(routes, takers->first_shift, &list))
        takers->shift_of = HT_ARENA_NEW(arena, list.count, int32_t);
    if (takers->shift_of && list.count > 0)
        memcpy(takers->shift_of, list.items, (size_t)list.count * sizeof(int32_t));
    ht_array_release(&list);
    return takers->shift_of != NULL;
}

bool ht_inserter_init(ht_inserter *in, ht_routes *routes, const ht_takers *takers, ht_rng *rng, double blink,
                      ht_arena *arena) {
    in->routes = routes;
    in->takers = takers;
    in->rng = rng;
    in->blink = blink;
    in->blink_in = 0;
    in->evaluations = 0;
    in->room = 2 * (routes->nodes + routes->problem->shifts);
    for (int32_t i = 0; i < HT_NEED_MAX; i++) {
        in->list[i] = HT_ARENA_NEW(arena, in->room, ht_position);
        if (!in->list[i])
            return false;
    }
    return true;
}

/* Positions until the next that is passed over: geometric, so that most positions cost no random number. */
static bool blinks(ht_inserter *in) {
    if (in->blink_in-- > 0 || in->blink <= 0)
        return false;
    in->blink_in = (int32_t)(log(1 - ht_rng_unit(in->rng)) / log(1 - in->blink));
    return true;
}

/* ---- what a delay costs ---- */

/* What delays add up to: the cost, and the largest lateness among them. */
typedef struct delay {
    ht_cost cost;
    int32_t late_max;
} delay;

static void add_delays(const ht_routes *r, int32_t node, int32_t start, int32_t depth, delay *sum);

/* When the follower of a node can start, that node starting then. */
static int32_t follow(const ht_routes *r, int32_t node, int32_t start) {
    int32_t shift = r->shift[node], follower = r->next[node];
    int32_t leave = start + r->service[node], travel = ht_routes_leg(r, shift, node, follower);
    int32_t there = r->break_after[shift] == node ? ht_routes_after_break(&r->problem->shift[shift], leave, travel)
                                                  : leave + travel;
    return ht_max32(there, r->earliest[follower]);
}

/* What a start costs beyond what one no later than `from` does. */
static void add_own(const ht_routes *r, int32_t node, int32_t from, int32_t start, delay *sum) {
    from = ht_max32(from, r->due[node]);
    if (r->late_cost[node] >= 0 && start > from) {
        sum->cost += r->late_cost[node] * (start - from);
        if (node < r->problem->tasks)
            sum->late_max = ht_max32(sum->late_max, start - r->due[node]);
    }
}

/* One node that starts later than it did, and what follows it. */
static void add_delay(const ht_routes *r, int32_t node, int32_t start, int32_t depth, delay *sum) {
    add_own(r, node, r->start[node], start, sum);
    if (r->usual_from)
        sum->cost += ht_routes_moved_cost(r, node, start) - ht_routes_moved_cost(r, node, r->planned[node]);
    if (r->next[node] >= 0)
        add_delays(r, r->next[node], follow(r, node, start), depth, sum);
}

/* What a coupled visit's other tasks add when this one starts later. */
static void add_elsewhere(const ht_routes *r, int32_t task, int32_t start, int32_t depth, delay *sum) {
    const ht_visit *v = &r->problem->visit[r->problem->visit_of_task[task]];
    int32_t first = ht_max32(start - r->lag_max[task], r->start[v->first_task]);
    first = task == v->first_task ? start : first;
    for (int32_t other = v->first_task; other < v->first_task + v->need; other++) {
        int32_t pushed = first + r->lag_min[other];
        if (other != task && r->shift[other] != HT_NOBODY && pushed > r->calm[other])
            add_delay(r, other, pushed, depth + 1, sum);
    }
}

/* New lateness, overtime and moved starts when a node starts no earlier than `start`, to the end of its route and through
 * shared visits. */
static void add_delays(const ht_routes *r, int32_t node, int32_t start, int32_t depth, delay *sum) {
    for (; start > r->calm[node]; start = follow(r, node, start), node = r->next[node]) {
        add_own(r, node, r->start[node], start, sum);
        if (r->usual_from)
            sum->cost += ht_routes_moved_cost(r, node, start) - ht_routes_moved_cost(r, node, r->planned[node]);
        if (r->coupled[node] && depth < LONGEST_CHAIN)
            add_elsewhere(r, node, start, depth, sum);
        if (r->next[node] < 0)
            return;
    }
}

/* The largest lateness of the plan counts once. */
static ht_cost total(const ht_routes *r, const delay *sum) {
    int64_t more = sum->late_max - r->component[HT_C_LATE_MAX];
    return sum->cost + (r->weighs_late_max && more > 0 ? r->weights->component[HT_C_LATE_MAX] * more : 0);
}

/* ---- positions on one route ---- */

typedef enum break_place { BREAK_ELSEWHERE, BREAK_BEFORE, BREAK_BEHIND } break_place;

typedef struct leg {
    int32_t shift, after, follower, to, from, saved; /* travel to the task, from it, and of the leg now */
    break_place where;
} leg;

/* Times of a task on a leg; false where they break a hard rule. */
static bool time_position(const ht_routes *r, int32_t task, const leg *g, ht_position *at) {
    const ht_shift *s = &r->problem->shift[g->shift];
    int32_t leave = r->start[g->after] + r->service[g->after];
    int32_t there = g->where == BREAK_BEFORE ? ht_routes_after_break(s, leave, g->to) : leave + g->to;
    bool behind = g->where == BREAK_BEHIND;
    at->start = ht_max32(there, r->earliest[task]);
    at->latest =
        ht_min32(r->limit[task], ht_routes_leave_by(s, g->from, r->latest[g->follower], behind) - r->service[task]);
    if (at->start > at->latest)
        return false;
    at->calm = ht_min32(at->latest, ht_routes_leave_by(s, g->from, r->calm[g->follower], behind) - r->service[task]);
    at->shift = g->shift;
    at->after = g->after;
    at->break_after = g->where == BREAK_BEHIND ? task : r->break_after[g->shift];
    return true;
}

/* What a task that starts at `start` at a position adds: its own lateness and moved start, and those of what follows. */
static void add_start(const ht_routes *r, int32_t task, const ht_position *at, int32_t start, delay *sum) {
    add_own(r, task, r->due[task], start, sum);
    if (r->usual_from) /* it will wait for its usual start as far as nothing further on suffers */
        sum->cost += ht_routes_moved_cost(r, task, ht_max32(start, ht_min32(at->calm, r->usual_from[task])));
    if (start <= at->calm)
        return;
    int32_t follower = r->next[at->after], leave = start + r->service[task];
    int32_t travel = ht_routes_leg(r, at->shift, task, follower);
    bool behind = at->break_after == task;
    int32_t there = behind ? ht_routes_after_break(&r->problem->shift[at->shift], leave, travel) : leave + travel;
    add_delays(r, follower, ht_max32(there, r->earliest[follower]), 0, sum);
}

/* What a position adds where the task starts as early as it can there. */
static ht_cost earliest_cost(const ht_routes *r, int32_t task, const ht_position *at) {
    delay sum = {at->cost, 0};
    add_start(r, task, at, at->start, &sum);
    return total(r, &sum);
}

/* No more than a position adds, whenever the task starts there: a start beyond `calm` makes one stop further on at least
 * as much later than it may be without cost. */
static ht_cost least_cost(const ht_routes *r, int32_t task, const ht_position *at) {
    ht_cost cost = at->cost;
    if (r->late_cost[task] > 0 && at->start > r->due[task])
        cost += r->late_cost[task] * (at->start - r->due[task]);
    return at->start > at->calm ? cost + r->least_delay_cost * (at->start - at->calm) : cost;
}

/* A position with its times; false where these break a hard rule, or it must cost `bound` or more. */
static bool weigh_position(const ht_routes *r, int32_t task, const leg *g, ht_cost cost, ht_cost bound,
                           ht_position *at) {
    at->cost = cost;
    if (!time_position(r, task, g, at))
        return false;
    at->least = least_cost(r, task, at);
    return at->least < bound;
}

/* All positions of a task on a route that may cost less than `bound`; returns how many, at most two a leg.
 */
static int32_t scan(ht_inserter *in, int32_t task, int32_t shift, ht_cost bound, ht_position *out) {
    const ht_routes *r = in->routes;
    const ht_problem *p = r->problem;
    ht_cost who = ht_routes_assign_cost(r, p->visit_of_task[task], p->shift[shift].staff);
    ht_cost per_second = r->weights->component[HT_C_TRAVEL];
    int32_t count = 0, weighed = 0, first_use = r->stops[shift] == 0 ? r->base_travel[shift] : 0;
    leg g = {.shift = shift, .after = ht_routes_first(r, shift)};
    for (; (g.follower = r->next[g.after]) >= 0; g.after = g.follower) {
        if (r->start[g.after] + r->service[g.after] > r->limit[task])
            break;
        if (r->latest[g.follower] < r->earliest[task] + r->service[task] || blinks(in))
            continue;
        g.to = ht_routes_leg(r, shift, g.after, task);
        g.from = ht_routes_leg(r, shift, task, g.follower);
        g.saved = ht_routes_leg(r, shift, g.after, g.follower);
        ht_cost cost = who + per_second * (g.to + g.from - g.saved + first_use);
        weighed++;
        if (cost >= bound)
            continue;
        bool breaks = r->break_after[shift] == g.after;
        g.where = breaks ? BREAK_BEFORE : BREAK_ELSEWHERE;
        count += weigh_position(r, task, &g, cost, bound, &out[count]);
        if (!breaks)
            continue;
        g.where = BREAK_BEHIND;
        count += weigh_position(r, task, &g, cost, bound, &out[count]);
    }
    in->evaluations += weighed;
    return count;
}

static bool able(const ht_problem *p, int32_t task, int32_t shift) {
    return p->able[(size_t)task * (size_t)p->staff + (size_t)p->shift[shift].staff];
}

/* ---- a visit of one person without links ---- */

static void weigh_single(const ht_routes *r, int32_t task, const ht_position *at, ht_insertion *best) {
    ht_cost cost = earliest_cost(r, task, at);
    if (cost < best->cost) {
        best->cost = cost;
        best->at[0] = *at;
    }
}

/* Positions are weighed to the last where they promise more than all before them; of the others those that still may
 * beat the best, at the end. */
static bool find_single(ht_inserter *in, int32_t visit, ht_insertion *best) {
    const ht_routes *r = in->routes;
    int32_t task = r->problem->visit[visit].first_task, kept = 0;
    ht_position *list = in->list[0];
    ht_cost lowest = HT_COST_NONE;
    for (int32_t i = in->takers->first_shift[visit]; i < in->takers->first_shift[visit + 1]; i++) {
        int32_t count = scan(in, task, in->takers->shift_of[i], best->cost, &list[kept]);
        for (int32_t k = kept, end = kept + count; k < end; k++) {
            if (list[k].least >= lowest) {
                list[kept++] = list[k];
                continue;
            }
            lowest = list[k].least;
            weigh_single(r, task, &list[k], best);
        }
    }
    for (int32_t k = 0; k < kept; k++)
        if (list[k].least < best->cost)
            weigh_single(r, task, &list[k], best);
    return best->cost < HT_COST_NONE;
}

/* ---- a visit of several persons, or with links ---- */

typedef struct group {
    ht_inserter *in;
    const ht_visit *visit;
    int32_t index;                 /* of the visit */
    int32_t open, close, calm;     /* what links allow */
    ht_cost rest[HT_NEED_MAX + 1]; /* least cost of the tasks from i on */
    ht_position chosen[HT_NEED_MAX];
    ht_insertion *best;
    int32_t tried;
} group;

enum { TRIED_EXACTLY = 60 };

static int by_cost(const void *a, const void *b) {
    const ht_position *x = a, *y = b;
    if (x->least != y->least)
        return x->least < y->least ? -1 : 1;
    if (x->shift != y->shift)
        return x->shift < y->shift ? -1 : 1;
    if (x->after != y->after)
        return x->after < y->after ? -1 : 1;
    return x->break_after < y->break_after ? -1 : x->break_after > y->break_after;
}

static bool list_positions(group *g) {
    ht_inserter *in = g->in;
    for (int32_t i = 0; i < g->visit->need; i++) {
        int32_t task = g->visit->first_task + i, count = 0;
        for (int32_t k = in->takers->first_shift[g->index]; k < in->takers->first_shift[g->index + 1]; k++)
            if (able(in->routes->problem, task, in->takers->shift_of[k]))
                count += scan(in, task, in->takers->shift_of[k], g->best->cost, &in->list[i][count]);
        in->listed[i] = count;
        if (count == 0)
            return false;
        qsort(in->list[i], (size_t)count, sizeof(ht_position), by_cost);
    }
    g->rest[g->visit->need] = 0;
    for (int32_t i = g->visit->need - 1; i >= 0; i--)
        g->rest[i] = g->rest[i + 1] + in->list[i][0].least;
    return true;
}

static void read_links(group *g) {
    const ht_routes *r = g->in->routes;
    const ht_problem *p = r->problem;
    g->open = 0;
    g->close = g->calm = HT_NEVER;
    for (int32_t i = r->first_link[g->index]; i < r->first_link[g->index + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        bool is_after = link->after == g->index;
        int32_t other = p->visit[is_after ? link->before : link->after].first_task;
        if (r->shift[other] == HT_NOBODY)
            continue;
        if (is_after) {
            g->open = ht_max32(g->open, r->start[other] + r->service[other] + link->gap_min);
            if (link->gap_max < HT_NEVER) {
                g->close = ht_min32(g->close, r->latest[other] + r->service[other] + link->gap_max);
                g->calm = ht_min32(g->calm, r->calm[other] + r->service[other] + link->gap_max);
            }
        } else {
            g->close = ht_min32(g->close, r->latest[other] - link->gap_min - g->visit->service);
            g->calm = ht_min32(g->calm, r->calm[other] - link->gap_min - g->visit->service);
            if (link->gap_max < HT_NEVER)
                g->open = ht_max32(g->open, r->start[other] - link->gap_max - g->visit->service);
        }
    }
}

/* New lateness at linked visits when this one starts at `start`. */
static void add_links(const group *g, int32_t start, delay *sum) {
    const ht_routes *r = g->in->routes;
    const ht_problem *p = r->problem;
    for (int32_t i = r->first_link[g->index]; start > g->calm && i < r->first_link[g->index + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        bool is_after = link->after == g->index;
        int32_t other = p->visit[is_after ? link->before : link->after].first_task;
        if (r->shift[other] == HT_NOBODY || (is_after && link->gap_max >= HT_NEVER))
            continue;
        int32_t pushed =
            is_after ? start - link->gap_max - r->service[other] : start + g->visit->service + link->gap_min;
        if (pushed <= r->calm[other])
            continue;
        add_delay(r, other, pushed, 0, sum);
        add_elsewhere(r, other, pushed, 0, sum);
    }
}

static bool tags_held(const group *g) {
    if (g->visit->one_tags == 0)
        return true;
    const ht_problem *p = g->in->routes->problem;
    uint8_t held = 0;
    for (int32_t i = 0; i < g->visit->need; i++)
        held |= p->one_held[(size_t)g->index * (size_t)p->staff + (size_t)p->shift[g->chosen[i].shift].staff];
    return (held & g->visit->one_tags) == g->visit->one_tags;
}

/* The visit's first task starts at `first`, each other one no earlier than its lag and its place allow. */
static void weigh_group(group *g, int32_t first) {
    const ht_routes *r = g->in->routes;
    if (!tags_held(g))
        return;
    g->tried++;
    delay sum = {0, 0};
    for (int32_t i = 0; i < g->visit->need; i++) {
        int32_t task = g->visit->first_task + i;
        sum.cost += g->chosen[i].cost;
        add_start(r, task, &g->chosen[i], ht_max32(g->chosen[i].start, first + r->lag_min[task]), &sum);
        if (sum.cost >= g->best->cost)
            return;
    }
    add_links(g, first, &sum);
    ht_cost cost = total(r, &sum);
    if (cost >= g->best->cost)
        return;
    g->best->cost = cost;
    memcpy(g->best->at, g->chosen, sizeof g->chosen);
}

static bool already_chosen(const group *g, int32_t count, int32_t shift) {
    const ht_problem *p = g->in->routes->problem;
    for (int32_t i = 0; i < count; i++)
        if (p->shift[g->chosen[i].shift].staff == p->shift[shift].staff)
            return true;
    return false;
}

/* Chooses a position for task i and on, cheapest first, as long as the sum can still beat the best. The first task starts
 * within [open, close]. */
static void choose(group *g, int32_t i, ht_cost cost, int32_t open, int32_t close) {
    if (i == g->visit->need || i == HT_NEED_MAX) { /* need is never larger: so that the compiler knows */
        weigh_group(g, open);
        return;
    }
    const ht_routes *r = g->in->routes;
    int32_t lag_min = r->lag_min[g->visit->first_task + i], lag_max = r->lag_max[g->visit->first_task + i];
    const ht_position *list = g->in->list[i];
    for (int32_t k = 0; k < g->in->listed[i] && g->tried < TRIED_EXACTLY; k++) {
        if (cost + list[k].least + g->rest[i + 1] >= g->best->cost)
            return;
        int32_t start = ht_max32(open, list[k].start - lag_max), latest = ht_min32(close, list[k].latest - lag_min);
        if (start > latest || already_chosen(g, i, list[k].shift))
            continue;
        g->chosen[i] = list[k];
        choose(g, i + 1, cost + list[k].least, start, latest);
    }
}

static bool find_group(ht_inserter *in, int32_t visit, ht_insertion *best) {
    group g = {.in = in, .visit = &in->routes->problem->visit[visit], .index = visit, .best = best};
    read_links(&g);
    if (!list_positions(&g))
        return false;
    choose(&g, 0, 0, ht_max32(g.open, g.visit->earliest), ht_min32(g.close, g.visit->latest));
    return best->cost < HT_COST_NONE;
}

/* ---- the whole ---- */

bool ht_insertion_find(ht_inserter *in, int32_t visit, ht_insertion *best) {
    const ht_visit *v = &in->routes->problem->visit[visit];
    best->cost = HT_COST_NONE;
    if (v->earliest > v->latest)
        return false;
    bool plain = !in->routes->coupled[v->first_task] && v->one_tags == 0;
    return plain ? find_single(in, visit, best) : find_group(in, visit, best);
}

bool ht_insertion_apply(ht_routes *r, int32_t visit, const ht_insertion *insertion) {
    const ht_visit *v = &r->problem->visit[visit];
    for (int32_t i = 0; i < v->need; i++) {
        const ht_position *at = &insertion->at[i];
        ht_routes_link(r, v->first_task + i, at->shift, at->after, at->break_after);
    }
    ht_routes_mark_planned(r, visit);
    int32_t culprit;
    if (ht_routes_retime(r, &culprit))
        return true;
    ht_routes_unlink_visit(r, visit);
    ht_routes_repair(r);
    return false;
}
