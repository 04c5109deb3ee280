/* solver/routes_sweep.c: times of all routes from nothing. Each route is walked until a stop that waits for others of its
 * visit or for a link; whoever comes last lets all of them go on. See solver/routes.h.
 *
 * Source: topological order: Kahn (1962), Communications of the ACM 5(11):558-562.
 */
#include "base/numbers.h"
#include "solver/routes_internal.h"

struct ht_sweep {
    int32_t *at;    /* of each shift: the last node whose times are set, or the coupled task that waits */
    int32_t *stack; /* shifts that can go on */
    int32_t stacked;
    int32_t *order; /* nodes in the order that they were timed in; the tasks of a visit side by side */
    int32_t ordered;
    uint8_t *arrived; /* of each visit: its tasks whose readiness is known */
    uint8_t *started; /* its times are set */
    bool in_circle;   /* some visits waited for each other: what follows from them is for the queues */
};

struct ht_sweep *ht_routes_make_sweep(const ht_routes *r, ht_arena *arena) {
    struct ht_sweep *w = HT_ARENA_NEW(arena, 1, struct ht_sweep);
    if (!w)
        return NULL;
    w->at = HT_ARENA_NEW(arena, r->problem->shifts, int32_t);
    w->stack = HT_ARENA_NEW(arena, r->problem->shifts, int32_t);
    w->order = HT_ARENA_NEW(arena, r->nodes, int32_t);
    w->arrived = HT_ARENA_NEW(arena, r->problem->visits, uint8_t);
    w->started = HT_ARENA_NEW(arena, r->problem->visits, uint8_t);
    return w->at && w->stack && w->order && w->arrived && w->started ? w : NULL;
}

static void set_node(ht_routes *r, int32_t node, int32_t ready, int32_t start) {
    if (r->ready[node] == ready && r->start[node] == start)
        return;
    ht_routes_touch(r, r->shift[node]);
    r->ready[node] = ready;
    ht_routes_set_start(r, node, start);
}

static void set_ready(ht_routes *r, int32_t task, int32_t ready) {
    if (r->ready[task] == ready)
        return;
    ht_routes_touch(r, r->shift[task]);
    r->ready[task] = ready;
}

/* Whether all that a visit waits for is known. */
static bool can_start(const ht_routes *r, int32_t visit) {
    if (r->sweep->arrived[visit] < r->problem->visit[visit].need)
        return false;
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &r->problem->link[r->link_of[i]];
        if (link->after == visit && ht_routes_is_planned(r, link->before) && !r->sweep->started[link->before])
            return false;
    }
    return true;
}

/* Sets the starts of a visit; its routes, but that of `task`, which the caller is on, can go on. False where a task would
 * start after its limit. */
static bool start_visit(ht_routes *r, int32_t visit, int32_t task) {
    struct ht_sweep *w = r->sweep;
    const ht_visit *v = &r->problem->visit[visit];
    int32_t first = ht_routes_visit_start(r, visit, r->ready, r->start);
    w->started[visit] = 1;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++) {
        int32_t start = ht_routes_task_start(r, t, first, r->ready);
        if (start > r->limit[t])
            return false;
        set_node(r, t, r->ready[t], start);
        w->order[w->ordered++] = t;
        if (t != task && w->at[r->shift[t]] == t)
            w->stack[w->stacked++] = r->shift[t];
    }
    return true;
}

/* The visits that waited for this one by a link. */
static bool start_linked(ht_routes *r, int32_t visit) {
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &r->problem->link[r->link_of[i]];
        if (link->before != visit || !ht_routes_is_planned(r, link->after))
            continue;
        if (r->sweep->started[link->after]) /* before this one was known: the queue sets it right */
            ht_routes_queue_visit(r, link->after, &r->forward);
        if (r->sweep->started[link->after] || !can_start(r, link->after))
            continue;
        if (!start_visit(r, link->after, -1) || !start_linked(r, link->after))
            return false;
    }
    return true;
}

typedef enum arrival { ARRIVED, WAITS, FAILS } arrival;

static arrival arrive(ht_routes *r, int32_t task, int32_t ready) {
    int32_t visit = r->problem->visit_of_task[task];
    set_ready(r, task, ready);
    r->sweep->arrived[visit]++;
    if (r->sweep->started[visit]) { /* before this task was ready: the queue sets it right */
        ht_route_queue_push(&r->forward, r->shift[task], r->prev[task], r->prev[task]);
        return ready <= r->limit[task] ? ARRIVED : FAILS;
    }
    if (!can_start(r, visit))
        return WAITS;
    return start_visit(r, visit, task) && start_linked(r, visit) ? ARRIVED : FAILS;
}

/* Goes on along a route until its end or a stop that waits; false where one would start after its limit. */
static bool go_on(ht_routes *r, int32_t shift, int32_t *culprit) {
    struct ht_sweep *w = r->sweep;
    int32_t n = w->at[shift];
    for (int32_t follower = r->next[n]; follower >= 0; n = follower, follower = r->next[n]) {
        int32_t ready = ht_routes_ready_at(r, r->start, shift, n, follower);
        w->at[shift] = follower;
        arrival how = ARRIVED;
        if (r->coupled[follower]) {
            how = arrive(r, follower, ready);
            if (how == WAITS)
                return true;
        } else {
            set_node(r, follower, ready, ready);
            w->order[w->ordered++] = follower;
            how = ready <= r->limit[follower] ? ARRIVED : FAILS;
        }
        if (how == FAILS) {
            *culprit = ht_routes_task_near(r, follower);
            return false;
        }
    }
    ht_routes_set_overtime(r, shift);
    if (r->load[shift] <= r->problem->shift[shift].capacity)
        return true;
    *culprit = ht_routes_task_near(r, n);
    return false;
}

/* Starts a visit that waits for others in a circle, from what is known so far: too early, if anything. False where none
 * waits any more, or where it would start after its limit even so. */
static bool break_circle(ht_routes *r, int32_t *culprit) {
    struct ht_sweep *w = r->sweep;
    int32_t found = -1;
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        int32_t n = w->at[s];
        bool waits = n < r->problem->tasks && r->coupled[n] && !w->started[r->problem->visit_of_task[n]];
        if (waits && (found < 0 || r->ready[n] < r->ready[found]))
            found = n;
    }
    if (found < 0)
        return false;
    w->in_circle = true;
    const ht_visit *v = &r->problem->visit[r->problem->visit_of_task[found]];
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        if (w->at[r->shift[t]] != t)
            set_ready(r, t, r->earliest[t]);
    if (start_visit(r, r->problem->visit_of_task[found], -1) && start_linked(r, r->problem->visit_of_task[found]))
        return true;
    *culprit = found;
    return false;
}

static void forget_planned(ht_routes *r) {
    for (int32_t t = 0; t < r->problem->tasks; t++)
        if (r->coupled[t] && r->shift[t] != HT_NOBODY) {
            ht_routes_touch(r, r->shift[t]);
            r->planned[t] = r->planned_ready[t] = r->earliest[t];
        }
}

/* What is left of an earlier timing must not hold anything back by a link. */
static void forget_linked(ht_routes *r) {
    for (int32_t i = 0; i < 2 * r->problem->links; i++) {
        const ht_link *link = &r->problem->link[i / 2];
        int32_t task = r->problem->visit[i % 2 == 0 ? link->before : link->after].first_task;
        if (r->shift[task] == HT_NOBODY)
            continue;
        ht_routes_touch(r, r->shift[task]);
        ht_routes_set_start(r, task, r->earliest[task]);
    }
}

static void begin(ht_routes *r) {
    struct ht_sweep *w = r->sweep;
    while (r->forward.count > 0)
        ht_route_queue_pop(&r->forward);
    while (r->backward.count > 0)
        ht_route_queue_pop(&r->backward);
    memset(w->arrived, 0, (size_t)r->problem->visits);
    memset(w->started, 0, (size_t)r->problem->visits);
    w->stacked = w->ordered = 0;
    w->in_circle = false;
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        w->at[s] = ht_routes_first(r, s);
        if (!r->closed[s])
            w->stack[w->stacked++] = s;
    }
    forget_linked(r);
    if (r->planned_ready)
        forget_planned(r);
}

/* A largest gap holds back the visit before: the queue raises it. */
static void queue_bounded(ht_routes *r, ht_route_queue *queue) {
    for (int32_t l = 0; l < r->problem->links; l++) {
        const ht_link *link = &r->problem->link[l];
        if (link->gap_max < HT_NEVER && ht_routes_is_planned(r, link->before) && ht_routes_is_planned(r, link->after))
            ht_routes_queue_visit(r, queue == &r->forward ? link->before : link->after, queue);
    }
}

bool ht_routes_sweep(ht_routes *r, int32_t *culprit) {
    struct ht_sweep *w = r->sweep;
    begin(r);
    *culprit = HT_NOBODY;
    do
        while (w->stacked > 0)
            if (!go_on(r, w->stack[--w->stacked], culprit))
                return false;
    while (break_circle(r, culprit));
    queue_bounded(r, &r->forward);
    return *culprit == HT_NOBODY;
}

/* ---- slack ---- */

static void set_slack(ht_routes *r, int32_t node, int32_t latest, int32_t calm) {
    if (r->latest[node] == latest && r->calm[node] == calm)
        return;
    ht_routes_touch(r, r->shift[node]);
    r->latest[node] = latest;
    r->calm[node] = calm;
}

static void set_own_slack(ht_routes *r, int32_t node) {
    int32_t latest, calm;
    ht_routes_own_slack(r, r->shift[node], node, &latest, &calm);
    if (r->own_latest[node] != latest || r->own_calm[node] != calm) {
        ht_routes_touch(r, r->shift[node]);
        r->own_latest[node] = latest;
        r->own_calm[node] = calm;
    }
    if (!r->coupled[node])
        set_slack(r, node, latest, calm);
}

/* Last starts of a visit whose tasks have their own. */
static void set_slack_of_visit(ht_routes *r, int32_t visit) {
    const ht_visit *v = &r->problem->visit[visit];
    int32_t latest = r->has_limits ? ht_routes_visit_latest(r, visit, r->own_latest, r->latest) : HT_NEVER;
    int32_t calm = ht_routes_visit_latest(r, visit, r->own_calm, r->calm);
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        set_slack(r, t, ht_routes_task_latest(r, t, latest, r->own_latest),
                  ht_routes_task_latest(r, t, calm, r->own_calm));
}

/* Slack may hold itself up in a circle: begins from the limits. */
static void forget_slack(ht_routes *r) {
    for (int32_t t = 0; t < r->problem->tasks; t++)
        if (r->coupled[t] && r->shift[t] != HT_NOBODY) {
            ht_routes_touch(r, r->shift[t]);
            r->latest[t] = r->own_latest[t] = r->calm[t] = r->own_calm[t] = r->limit[t];
        }
    for (int32_t s = 0; s < r->problem->shifts; s++)
        if (!r->closed[s])
            ht_route_queue_push(&r->backward, s, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
}

void ht_routes_sweep_back(ht_routes *r) {
    const struct ht_sweep *w = r->sweep;
    if (w->in_circle)
        forget_slack(r);
    for (int32_t i = w->ordered - 1; i >= 0 && !w->in_circle; i--) {
        int32_t node = w->order[i];
        set_own_slack(r, node);
        if (r->coupled[node] && r->problem->visit[r->problem->visit_of_task[node]].first_task == node)
            set_slack_of_visit(r, r->problem->visit_of_task[node]);
    }
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        if (!w->in_circle && !r->closed[s])
            set_own_slack(r, ht_routes_first(r, s));
        if (r->planned_ready && !r->closed[s])
            ht_route_queue_push(&r->shifting, s, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    }
    queue_bounded(r, &r->backward);
}
