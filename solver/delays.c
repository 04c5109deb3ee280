#include "solver/delays.h"

#include "base/numbers.h"

/* How often a weighed task may be pushed on by what it pushed itself: beyond it there is no end to that. The plan without
 * it has no circle. */
enum { RETURNS_MOST = 4 };

bool ht_delays_init(ht_delays *d, ht_routes *routes, ht_arena *arena) {
    *d = (ht_delays){.routes = routes};
    d->raised = HT_ARENA_NEW(arena, routes->nodes, int32_t);
    d->raised_in = HT_ARENA_NEW(arena, routes->nodes, uint32_t);
    d->queue = HT_ARENA_NEW(arena, routes->nodes, int32_t);
    return d->raised && d->raised_in && d->queue;
}

void ht_delays_begin(ht_delays *d, ht_cost cost, ht_delays_reach reach) {
    if (++d->weighing == 0) { /* the counter has gone round */
        memset(d->raised_in, 0, (size_t)d->routes->nodes * sizeof d->raised_in[0]);
        d->weighing = 1;
    }
    d->still = reach == HT_DELAYS_ALL ? d->routes->start : d->routes->calm;
    d->head = d->count = d->returns = 0;
    d->cost = cost;
    d->late_max = 0;
    d->fails = false;
}

static int32_t start_now(const ht_delays *d, int32_t node) {
    return d->raised_in[node] == d->weighing ? d->raised[node] : d->routes->start[node];
}

/* When the follower of a node can start, that node starting then. */
static int32_t follow(const ht_routes *r, int32_t node, int32_t follower, int32_t start) {
    int32_t shift = r->shift[node];
    int32_t leave = start + r->service[node], travel = r->leg[node];
    ht_rest rest = r->break_after[shift] == node ? ht_routes_rest(r, shift, node, follower) : HT_REST_ELSEWHERE;
    return ht_max32(ht_routes_arrive(&r->problem->shift[shift], rest, leave, travel), r->earliest[follower]);
}

/* What the node costs more when it starts at `start` instead of `from`. */
static void add_own(ht_delays *d, int32_t node, int32_t from, int32_t start) {
    const ht_routes *r = d->routes;
    if (r->late_cost[node] >= 0 && start > r->due[node]) {
        d->cost += r->late_cost[node] * (start - ht_max32(from, r->due[node]));
        if (node < r->problem->tasks)
            d->late_max = ht_max32(d->late_max, start - r->due[node]);
    }
    if (r->usual_from)
        d->cost += ht_routes_moved_cost(r, node, ht_max32(start, r->planned[node])) -
                   ht_routes_moved_cost(r, node, ht_max32(from, r->planned[node]));
}

static void push(ht_delays *d, int32_t node, int32_t start);

/* The visits that a link makes later. */
static void push_linked(ht_delays *d, int32_t visit, int32_t start) {
    const ht_routes *r = d->routes;
    const ht_problem *p = r->problem;
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        bool is_after = link->after == visit;
        int32_t other = p->visit[is_after ? link->before : link->after].first_task;
        if (r->shift[other] == HT_NOBODY || (is_after && link->gap_max >= HT_NEVER))
            continue;
        push(d, other,
             is_after ? start - link->gap_max - r->service[other] : start + p->visit[visit].service + link->gap_min);
    }
}

/* What a coupled visit's other tasks and linked visits do when this task starts then. */
static void push_tied(ht_delays *d, int32_t task, int32_t start) {
    const ht_routes *r = d->routes;
    int32_t visit = r->problem->visit_of_task[task];
    const ht_visit *v = &r->problem->visit[visit];
    int32_t first = start;
    if (task != v->first_task)
        first = ht_max32(start - r->lag_max[task], start_now(d, v->first_task));
    for (int32_t other = v->first_task; other < v->first_task + v->need; other++)
        if (other != task && r->shift[other] != HT_NOBODY)
            push(d, other, first + r->lag_min[other]);
    if (r->first_link[visit] < r->first_link[visit + 1])
        push_linked(d, visit, first);
}

/* Raises one node, which comes later than it is followed from. */
static void raise(ht_delays *d, int32_t node, int32_t start) {
    add_own(d, node, start_now(d, node), start);
    d->raised[node] = start;
    d->raised_in[node] = d->weighing;
    bool weighed = d->routes->calm[node] == -HT_NEVER;
    d->fails = d->fails || start > d->routes->limit[node] || (weighed && ++d->returns > RETURNS_MOST);
}

static void enqueue(ht_delays *d, int32_t node) {
    if (d->count == d->routes->nodes) { /* far more than there are chains of coupled visits */
        d->fails = true;
        return;
    }
    int32_t at = d->head + d->count++;
    d->queue[at < d->routes->nodes ? at : at - d->routes->nodes] = node;
}

static void push(ht_delays *d, int32_t node, int32_t start) {
    if (start <= d->still[node] || start <= start_now(d, node))
        return;
    raise(d, node, start);
    enqueue(d, node);
}

void ht_delays_put_on(ht_delays *d, int32_t task, const ht_position *at, int32_t start) {
    ht_routes *r = d->routes;
    ht_routes_take_window(r, task, at->start);
    r->next[task] = r->next[at->after];
    r->next[at->after] = task;
    r->shift[task] = at->shift;
    r->leg[task] = ht_routes_leg(r, at->shift, task, r->next[task]);
    r->leg[at->after] = ht_routes_leg(r, at->shift, at->after, task);
    r->start[task] = -1;
    r->calm[task] = -HT_NEVER; /* whatever pushes it on counts */
    if (at->break_after == task)
        r->break_after[at->shift] = task;
    d->raised[task] = start;
    d->raised_in[task] = d->weighing;
    if (r->late_cost[task] >= 0 && start > r->due[task]) {
        d->cost += r->late_cost[task] * (start - r->due[task]);
        d->late_max = ht_max32(d->late_max, start - r->due[task]);
    }
    if (r->usual_from) { /* it will wait for its usual start as far as nothing further on suffers */
        r->planned[task] = ht_max32(start, ht_min32(at->calm, r->usual_from[task]));
        d->cost += ht_routes_moved_cost(r, task, r->planned[task]);
    }
    enqueue(d, task);
}

void ht_delays_take_off(ht_delays *d, int32_t task, const ht_position *at) {
    ht_routes *r = d->routes;
    r->next[at->after] = r->next[task];
    r->leg[at->after] = ht_routes_leg(r, at->shift, at->after, r->next[task]);
    r->next[task] = -1;
    r->shift[task] = HT_NOBODY;
    if (at->break_after == task)
        r->break_after[at->shift] = at->after;
}

/* What a raised node does to those behind it on its route. */
static void walk(ht_delays *d, int32_t node, ht_cost bound) {
    const ht_routes *r = d->routes;
    int32_t start = d->raised[node];
    while (!d->fails && d->cost < bound) {
        if (r->coupled[node])
            push_tied(d, node, start);
        int32_t follower = r->next[node];
        if (follower < 0)
            return;
        start = follow(r, node, follower, start);
        if (start <= d->still[follower] || start <= start_now(d, follower))
            return;
        raise(d, follower, start);
        node = follower;
    }
}

ht_cost ht_delays_follow(ht_delays *d, ht_cost bound) {
    const ht_routes *r = d->routes;
    while (d->count > 0 && !d->fails && d->cost < bound) {
        int32_t node = d->queue[d->head];
        d->head = d->head + 1 < r->nodes ? d->head + 1 : 0;
        d->count--;
        walk(d, node, bound);
    }
    if (d->fails)
        return HT_COST_NONE;
    int64_t later = d->late_max - r->component[HT_C_LATE_MAX];
    return d->cost + (r->weighs_late_max && later > 0 ? r->weights->component[HT_C_LATE_MAX] * later : 0);
}
