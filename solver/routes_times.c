/* solver/routes_times.c: earliest times forward, slack backward, through visits that several routes share. See
 * solver/routes.h. */
#include "base/numbers.h"
#include "solver/routes_internal.h"

/* Times a route may be walked in one retiming, in the mean over all routes. */
enum { WALKS_MOST = 40 };

/* Start of a planned visit's first task: nobody has to wait longer than its lag allows, links kept; the earliest times or
 * the planned ones, as the arrays say. */
int32_t ht_routes_visit_start(const ht_routes *r, int32_t visit, const int32_t *ready_of, const int32_t *start_of) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    int32_t start = r->earliest[v->first_task];
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY)
            start = ht_max32(start, ready_of[v->first_task + i] - r->lag_max[v->first_task + i]);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        int32_t other = link->before == visit ? link->after : link->before;
        if (!ht_routes_is_planned(r, other))
            continue;
        int32_t at = start_of[p->visit[other].first_task];
        if (link->after == visit)
            start = ht_max32(start, at + p->visit[other].service + link->gap_min);
        else if (link->gap_max < HT_NEVER)
            start = ht_max32(start, at - link->gap_max - v->service);
    }
    return start;
}

/* Start of a task whose visit's first one starts then. */
int32_t ht_routes_task_start(const ht_routes *r, int32_t task, int32_t first, const int32_t *ready_of) {
    return ht_max32(ready_of[task], first + r->lag_min[task]);
}

/* Last start of the first task (of kind latest or calm, as the array says) that the visit's staff and links allow. */
int32_t ht_routes_visit_latest(const ht_routes *r, int32_t visit, const int32_t *own, const int32_t *all) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    int32_t latest = HT_NEVER;
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY && own[v->first_task + i] < HT_NEVER)
            latest = ht_min32(latest, own[v->first_task + i] - r->lag_min[v->first_task + i]);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        int32_t other = link->before == visit ? link->after : link->before;
        if (!ht_routes_is_planned(r, other))
            continue;
        int32_t at = all[p->visit[other].first_task];
        if (at >= HT_NEVER)
            continue;
        if (link->before == visit)
            latest = ht_min32(latest, at - link->gap_min - v->service);
        else if (link->gap_max < HT_NEVER)
            latest = ht_min32(latest, at + p->visit[other].service + link->gap_max);
    }
    return latest;
}

/* The route of a planned task is out of date from that on. */
static void queue_task(ht_routes *r, int32_t task, ht_route_queue *queue) {
    int32_t from = queue == &r->backward ? task : r->prev[task];
    ht_route_queue_push(queue, r->shift[task], from, from);
}

/* The routes of a planned visit are out of date from its tasks on. */
void ht_routes_queue_visit(ht_routes *r, int32_t visit, ht_route_queue *queue) {
    const ht_visit *v = &r->problem->visit[visit];
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        if (r->shift[t] != HT_NOBODY)
            queue_task(r, t, queue);
}

/* Queues the routes of the visits that links tie to this one. */
static void queue_linked(ht_routes *r, int32_t visit, ht_route_queue *queue) {
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &r->problem->link[r->link_of[i]];
        ht_routes_queue_visit(r, link->before == visit ? link->after : link->before, queue);
    }
}

/* The whole routes of the visits that links tie to this one: their slack. */
static void queue_slack_of_linked(ht_routes *r, int32_t visit) {
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &r->problem->link[r->link_of[i]];
        const ht_visit *other = &r->problem->visit[link->before == visit ? link->after : link->before];
        for (int32_t t = other->first_task; t < other->first_task + other->need; t++)
            if (r->shift[t] != HT_NOBODY)
                ht_route_queue_push(&r->backward, r->shift[t], HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    }
}

void ht_routes_queue_tied(ht_routes *r, int32_t visit) {
    ht_routes_queue_visit(r, visit, &r->forward);
    queue_linked(r, visit, &r->forward);
    queue_slack_of_linked(r, visit);
}

/* Sets the starts of a visit whose first task starts then; what follows those that change comes on the queue, but for
 * `task`, which the caller is at. False where none of them changes. */
static bool set_starts(ht_routes *r, int32_t visit, int32_t first, int32_t task, ht_route_queue *queue,
                       const int32_t *ready_of, int32_t *start_of) {
    const ht_visit *v = &r->problem->visit[visit];
    bool changed = false;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++) {
        int32_t start = ht_routes_task_start(r, t, first, ready_of);
        if (r->shift[t] == HT_NOBODY || start == start_of[t])
            continue;
        ht_routes_touch(r, r->shift[t]);
        if (start_of == r->start)
            ht_routes_set_start(r, t, start);
        else
            start_of[t] = start;
        if (t != task)
            ht_route_queue_push(queue, r->shift[t], t, t);
        changed = r->coupled_moved = true;
    }
    return changed;
}

int32_t ht_routes_task_latest(const ht_routes *r, int32_t task, int32_t first, const int32_t *own) {
    int32_t latest = ht_min32(own[task], first < HT_NEVER ? first + r->lag_max[task] : HT_NEVER);
    return ht_max32(latest, r->start[task]);
}

/* Sets the last starts of a visit whose first task's is `first`; what lies before those that change comes on the queue,
 * but for `task`, which the caller is at. False where none of them changes. */
static bool set_latest(ht_routes *r, int32_t visit, int32_t task, int32_t first, const int32_t *own,
                       int32_t *latest_of) {
    const ht_visit *v = &r->problem->visit[visit];
    bool changed = false;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++) {
        int32_t latest = ht_routes_task_latest(r, t, first, own);
        if (r->shift[t] == HT_NOBODY || latest == latest_of[t])
            continue;
        ht_routes_touch(r, r->shift[t]);
        latest_of[t] = latest;
        if (t != task)
            ht_route_queue_push(&r->backward, r->shift[t], r->prev[t], r->prev[t]);
        changed = true;
    }
    return changed;
}

/* When node's follower can be ready, the break of the shift being taken where it lies. */
int32_t ht_routes_ready_at(const ht_routes *r, const int32_t *start_of, int32_t shift, int32_t node, int32_t follower) {
    int32_t leave = start_of[node] + r->service[node], travel = r->leg[node];
    ht_rest rest = r->break_after[shift] == node ? ht_routes_rest(r, shift, node, follower) : HT_REST_ELSEWHERE;
    return ht_max32(ht_routes_arrive(&r->problem->shift[shift], rest, leave, travel), r->earliest[follower]);
}

/* The start of a planned coupled visit's task that is ready; routes it is tied to come on the queue where it has
 * changed. */
static int32_t start_coupled(ht_routes *r, int32_t task) {
    int32_t visit = r->problem->visit_of_task[task], first = ht_routes_visit_start(r, visit, r->ready, r->start);
    int32_t start = ht_routes_task_start(r, task, first, r->ready);
    if (start <= r->limit[task] && set_starts(r, visit, first, task, &r->forward, r->ready, r->start))
        queue_linked(r, visit, &r->forward);
    return start;
}

/* The task at or before a node, else the next one; -1 where the route has none. */
int32_t ht_routes_task_near(const ht_routes *r, int32_t node) {
    for (int32_t n = node; n >= 0; n = r->prev[n])
        if (n < r->problem->tasks)
            return n;
    for (int32_t n = node; n >= 0; n = r->next[n])
        if (n < r->problem->tasks)
            return n;
    return -1;
}

/* An unused shift costs nothing. */
void ht_routes_set_overtime(ht_routes *r, int32_t shift) {
    int32_t over = r->start[ht_routes_last(r, shift)] - r->problem->shift[shift].end;
    ht_routes_set_total(r, HT_C_OVERTIME, &r->overtime[shift], r->stops[shift] > 0 && over > 0 ? over : 0);
    if (r->problem->whole_shifts)
        ht_routes_count_work(r, shift);
}

/* Earliest times along a route behind a node whose own are right, as far as they change; the slack of what was walked comes
 * on the queue. False where a stop would start after its limit, or the load is more than the shift carries. */
static bool walk_forward(ht_routes *r, int32_t shift, int32_t from, int32_t *culprit) {
    int32_t n = from == HT_WHOLE_ROUTE ? ht_routes_first(r, shift) : from;
    if (r->load[shift] > r->problem->shift[shift].capacity) {
        *culprit = ht_routes_task_near(r, ht_routes_last(r, shift));
        return false;
    }
    if (from == HT_WHOLE_ROUTE) {
        r->ready[n] = r->start[n] = r->earliest[n];
    } else if (r->start[n] > r->limit[n]) { /* pushed there by its visit's other tasks */
        *culprit = ht_routes_task_near(r, n);
        return false;
    }
    for (int32_t follower = r->next[n]; follower >= 0; n = follower, follower = r->next[n]) {
        int32_t was = r->start[follower],
                start = r->ready[follower] = ht_routes_ready_at(r, r->start, shift, n, follower);
        if (r->coupled[follower])
            start = start_coupled(r, follower);
        else if (start != was)
            ht_routes_set_start(r, follower, start);
        if (start > r->limit[follower]) {
            *culprit = ht_routes_task_near(r, follower);
            return false;
        }
        if (start == was && from != HT_WHOLE_ROUTE)
            break;
    }
    ht_routes_set_overtime(r, shift);
    if (from == HT_WHOLE_ROUTE)
        ht_route_queue_push(&r->backward, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    else
        ht_route_queue_push(&r->backward, shift, n, from);
    return true;
}

/* Last start of a node so that its follower starts by `latest`. */
static int32_t start_by(const ht_routes *r, int32_t shift, int32_t node, int32_t latest) {
    ht_rest rest = r->break_after[shift] == node ? ht_routes_rest(r, shift, node, r->next[node]) : HT_REST_ELSEWHERE;
    return ht_routes_start_by(&r->problem->shift[shift], rest, r->service[node], r->leg[node], latest);
}

/* True where it has changed. */
static bool slack_of_coupled(ht_routes *r, int32_t n) {
    int32_t visit = r->problem->visit_of_task[n];
    int32_t calm = ht_routes_visit_latest(r, visit, r->own_calm, r->calm);
    bool changed = set_latest(r, visit, n, calm, r->own_calm, r->calm);
    if (r->has_limits) {
        int32_t latest = ht_routes_visit_latest(r, visit, r->own_latest, r->latest);
        changed = set_latest(r, visit, n, latest, r->own_latest, r->latest) || changed;
    }
    if (changed)
        queue_linked(r, visit, &r->backward);
    return changed;
}

void ht_routes_own_slack(const ht_routes *r, int32_t shift, int32_t n, int32_t *own_latest, int32_t *own_calm) {
    int32_t latest = HT_NEVER, calm = HT_NEVER;
    if (r->next[n] >= 0) {
        if (r->has_limits)
            latest = start_by(r, shift, n, r->latest[r->next[n]]);
        calm = start_by(r, shift, n, r->calm[r->next[n]]);
    }
    latest = ht_min32(latest, r->limit[n]);
    if (r->late_cost[n] >= 0)
        calm = ht_min32(calm, ht_max32(r->due[n], r->start[n]));
    if (r->usual_until && r->start[n] <= r->usual_until[n])
        calm = ht_min32(calm, r->usual_until[n]);
    *own_latest = ht_max32(latest, r->start[n]);
    *own_calm = ht_max32(ht_min32(calm, latest), r->start[n]);
}

/* Slack along a route from a node towards its start, as far as it changes; it has to look at the nodes behind `until`, and
 * at that. */
static void walk_backward(ht_routes *r, int32_t shift, int32_t from, int32_t until) {
    bool passed = false;
    for (int32_t n = from == HT_WHOLE_ROUTE ? ht_routes_last(r, shift) : from; n >= 0; n = r->prev[n]) {
        int32_t latest = r->latest[n], calm = r->calm[n];
        ht_routes_own_slack(r, shift, n, &r->own_latest[n], &r->own_calm[n]);
        bool changed = r->coupled[n] && slack_of_coupled(r, n);
        if (!r->coupled[n]) {
            r->latest[n] = r->own_latest[n];
            r->calm[n] = r->own_calm[n];
            changed = r->latest[n] != latest || r->calm[n] != calm;
        }
        passed = passed || n == until;
        if (passed && !changed && from != HT_WHOLE_ROUTE)
            return;
    }
}

/* ---- planned starts ---- */

/* From when a task is to start: as agreed or as usual where that costs nothing, else from its earliest start. */
static int32_t wished_from(const ht_routes *r, int32_t task) {
    if (r->problem->whole_shifts) {
        int32_t shift = r->shift[task];
        bool first = r->prev[task] == ht_routes_first(r, shift);
        return first ? r->start[task] + ht_routes_lead(r, shift) : r->earliest[task];
    }
    if (r->settles_starts) {
        int32_t agreed = r->problem->visit[r->problem->visit_of_task[task]].agreed;
        return ht_max32(r->earliest[task], ht_min32(agreed, r->calm[task]));
    }
    return r->usual_from[task] <= r->calm[task] ? ht_max32(r->usual_from[task], r->earliest[task]) : r->earliest[task];
}

/* When a coupled visit's task is planned: all staff there, links kept, as usual where that costs nothing. */
static int32_t plan_coupled(ht_routes *r, int32_t task) {
    int32_t visit = r->problem->visit_of_task[task], first = r->problem->visit[visit].first_task;
    int32_t start = ht_max32(wished_from(r, first), ht_routes_visit_start(r, visit, r->planned_ready, r->planned));
    if (set_starts(r, visit, start, task, &r->shifting, r->planned_ready, r->planned))
        queue_linked(r, visit, &r->shifting);
    return ht_routes_task_start(r, task, start, r->planned_ready);
}

/* What a route comes to by its planned starts. */
static void count_planned(ht_routes *r, int32_t shift) {
    int64_t moved = 0;
    for (int32_t n = ht_routes_first(r, shift); r->moved && n >= 0; n = r->next[n])
        moved += r->planned[n] < r->usual_from[n] || r->planned[n] > r->usual_until[n];
    if (r->moved)
        ht_routes_set_total(r, HT_C_MOVED, &r->moved[shift], moved);
    if (r->problem->whole_shifts)
        ht_routes_count_waiting(r, shift);
}

/* Planned starts along one route. Within the calm of each node nothing can fail; what other routes were planned to do
 * before may say more than that for a while. */
static void walk_planned(ht_routes *r, int32_t shift) {
    int32_t n = ht_routes_first(r, shift);
    r->planned[n] = r->planned_ready[n] = r->earliest[n];
    for (int32_t follower = r->next[n]; follower >= 0; n = follower, follower = r->next[n]) {
        int32_t most = ht_max32(r->calm[follower], r->start[follower]);
        int32_t ready = ht_min32(ht_routes_ready_at(r, r->planned, shift, n, follower), most);
        r->planned_ready[follower] = ready;
        if (r->coupled[follower])
            ready = plan_coupled(r, follower);
        else if (follower < r->problem->tasks)
            ready = ht_max32(ready, wished_from(r, follower));
        r->planned[follower] = ready;
    }
    count_planned(r, shift);
}

/* Every route at its earliest starts. */
static void plan_earliest(ht_routes *r) {
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        ht_routes_touch(r, s);
        for (int32_t n = ht_routes_first(r, s); n >= 0; n = r->next[n]) {
            r->planned[n] = r->start[n];
            r->planned_ready[n] = r->ready[n];
        }
        count_planned(r, s);
    }
}

/* Planned starts that push each other on for long are given up. */
static void replan(ht_routes *r) {
    int64_t walks_left = WALKS_MOST * ((int64_t)r->problem->shifts + 8);
    while (r->shifting.count > 0) {
        int32_t shift = ht_route_queue_pop(&r->shifting);
        if (walks_left-- <= 0)
            continue;
        ht_routes_touch(r, shift);
        walk_planned(r, shift);
    }
    if (walks_left < 0)
        plan_earliest(r);
}

/* ---- routes out of date ---- */

/* A route that holds no visit: used while a plan is made. */
bool ht_routes_retime_alone(ht_routes *r, int32_t shift, int32_t *culprit) {
    if (!walk_forward(r, shift, HT_WHOLE_ROUTE, culprit))
        return false;
    ht_route_queue_pop(&r->backward);
    walk_backward(r, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    if (r->planned_ready)
        walk_planned(r, shift);
    return true;
}

/* The first coupled task of a route, else any; -1 where it has none. */
static int32_t coupled_task(const ht_routes *r, int32_t shift) {
    int32_t found = -1;
    for (int32_t n = ht_routes_last(r, shift); n >= 0; n = r->prev[n])
        if (n < r->problem->tasks && (found < 0 || r->coupled[n]))
            found = n;
    return found;
}

static void find_late_max(ht_routes *r, int32_t shift) {
    r->late_max[shift] = 0;
    for (int32_t n = r->next[ht_routes_first(r, shift)]; n >= 0; n = r->next[n])
        if (n < r->problem->tasks && r->late_cost[n] >= 0)
            r->late_max[shift] = ht_max32(r->late_max[shift], r->start[n] - r->due[n]);
    r->late_changed[shift] = 0;
}

static void set_component(ht_routes *r, ht_component component, int64_t value) {
    int64_t now = r->component[component];
    ht_routes_set_total(r, component, &now, value);
}

static void set_late_max(ht_routes *r) {
    int64_t most = 0;
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        if (r->late_changed[s])
            find_late_max(r, s);
        most = r->late_max[s] > most ? r->late_max[s] : most;
    }
    set_component(r, HT_C_LATE_MAX, most);
}

void ht_routes_set_largest(ht_routes *r) {
    if (r->weighs_late_max)
        set_late_max(r);
    if (!r->problem->whole_shifts)
        return;
    ht_routes_find_idlest(r);
    set_component(r, HT_C_IDLE_MAX, r->idlest < 0 ? 0 : r->whole[r->idlest].idle);
}

/* Starts of all routes that are out of date; false where a hard rule breaks: the route that does, and those behind it on the
 * queue, are out of date still. */
static bool retime_forward(ht_routes *r, int32_t *culprit) {
    int64_t walks = 0, walks_most = WALKS_MOST * ((int64_t)r->problem->shifts + 8);
    while (r->forward.count > 0) {
        int32_t shift = ht_route_queue_pop(&r->forward);
        ht_routes_touch(r, shift);
        bool holds = walk_forward(r, shift, r->forward.from[shift], culprit);
        /* Visits of several that follow each other on two routes crosswise push each other on for ever. */
        if (holds && ++walks > walks_most) {
            *culprit = coupled_task(r, shift);
            holds = false;
        }
        if (!holds) {
            ht_route_queue_push(&r->forward, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
            return false;
        }
    }
    return true;
}

static void retime_backward(ht_routes *r) {
    while (r->backward.count > 0) {
        int32_t shift = ht_route_queue_pop(&r->backward);
        ht_routes_touch(r, shift);
        walk_backward(r, shift, r->backward.from[shift], r->backward.until[shift]);
        if (r->planned_ready)
            ht_route_queue_push(&r->shifting, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    }
    if (!r->plans_later)
        replan(r);
}

/* With bounded gaps starts may hold each other up after what pushed them is gone, as they may after a failure that coupled
 * visits moved in: all routes are then timed from nothing. */
bool ht_routes_retime(ht_routes *r, int32_t *culprit) {
    bool from_nothing = (r->gaps_bounded && r->eased) || r->failed;
    r->eased = r->coupled_moved = false;
    bool holds = (!from_nothing || ht_routes_sweep(r, culprit)) && retime_forward(r, culprit);
    r->failed = !holds && (r->gaps_bounded || from_nothing || r->coupled_moved);
    if (!holds)
        return false;
    if (from_nothing)
        ht_routes_sweep_back(r);
    retime_backward(r);
    ht_routes_set_largest(r);
    return true;
}

void ht_routes_plan_later(ht_routes *r) {
    r->plans_later = r->problem->whole_shifts;
}

void ht_routes_plan_now(ht_routes *r) {
    r->plans_later = false;
    replan(r);
}

bool ht_routes_settle_starts(ht_routes *r, ht_arena *arena) {
    if (!ht_routes_plan_apart(r, arena))
        return false;
    r->settles_starts = true;
    ht_routes_set_weights(r, r->weights); /* shifts' ends end the calm now: see overtime_cost() */
    for (int32_t s = 0; s < r->problem->shifts; s++)
        ht_route_queue_push(&r->backward, s, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    int32_t culprit;
    ht_routes_retime(r, &culprit); /* nothing is out of date but the slack and the planned starts */
    ht_routes_begin(r);
    return true;
}
