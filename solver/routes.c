#include "solver/routes_internal.h"

#include <assert.h>

/* ---- who meets whom ---- */

/* Points of one more (sign 1) or of the last (sign -1) visit of the client by the person. */
static int32_t points(const ht_routes *r, const ht_visit *v, int32_t staff, int32_t meetings, int32_t faces) {
    const ht_problem *p = r->problem;
    if (!v->counts)
        return 0;
    size_t pair = (size_t)v->client * (size_t)p->staff + (size_t)staff;
    if (meetings > 0)
        return p->points_again[pair];
    bool over = !p->seen[pair] && faces >= p->cap[v->client];
    return p->points_first[pair] + (over ? p->points_over_cap : 0);
}

ht_cost ht_routes_assign_cost(const ht_routes *r, int32_t visit, int32_t staff) {
    const ht_visit *v = &r->problem->visit[visit];
    size_t pair = (size_t)v->client * (size_t)r->problem->staff + (size_t)staff;
    return r->weights->component[HT_C_CONTINUITY] * points(r, v, staff, r->meetings[pair], r->faces[v->client]) +
           r->weights->component[HT_C_WISHES] * r->problem->wishes_unmet[pair] +
           r->weights->component[HT_C_UNUSUAL] * ht_routes_unusual(r, visit, staff);
}

/* One visit more (change 1) or less (-1) of a person. */
static void change_meetings(ht_routes *r, const ht_visit *v, int32_t staff, int32_t change) {
    if (!v->counts)
        return;
    size_t pair = (size_t)v->client * (size_t)r->problem->staff + (size_t)staff;
    int32_t was = r->meetings[pair], is = was + change;
    r->meetings[pair] = (int16_t)is;
    if (!r->problem->seen[pair])
        r->faces[v->client] += (is > 0) - (was > 0);
}

/* The same, points and wishes included. */
static void count_meeting(ht_routes *r, int32_t visit, int32_t staff, int32_t change) {
    const ht_visit *v = &r->problem->visit[visit];
    size_t pair = (size_t)v->client * (size_t)r->problem->staff + (size_t)staff;
    if (change < 0)
        change_meetings(r, v, staff, change);
    r->component[HT_C_WISHES] += change * r->problem->wishes_unmet[pair];
    r->component[HT_C_UNUSUAL] += change * ht_routes_unusual(r, visit, staff);
    r->component[HT_C_CONTINUITY] += change * points(r, v, staff, r->meetings[pair], r->faces[v->client]);
    if (change > 0)
        change_meetings(r, v, staff, change);
}

/* ---- which shifts are used ---- */

/* Puts a shift at a place among those of its class, the one that stands there at its own. */
static void swap_members(ht_routes *r, int32_t shift, int32_t at) {
    int32_t was = r->member_at[shift], other = r->member[at];
    r->member[at] = shift;
    r->member[was] = other;
    r->member_at[shift] = at;
    r->member_at[other] = was;
}

static void set_stops(ht_routes *r, int32_t shift, int32_t stops) {
    int32_t class = r->classes.of_shift[shift], first = r->classes.first[class];
    r->tasks_planned += stops - r->stops[shift];
    if (r->stops[shift] == 0 && stops > 0) {
        swap_members(r, shift, first + r->used[class]++);
        r->routes_used++;
    } else if (r->stops[shift] > 0 && stops == 0) {
        swap_members(r, shift, first + --r->used[class]);
        r->routes_used--;
    }
    r->stops[shift] = stops;
}

/* ---- journal ---- */

static void save_node(ht_routes *r, int32_t n) {
    int32_t *at = &r->journal[r->journal_length];
    at[0] = n;
    at[1] = r->ready[n];
    at[2] = r->start[n];
    at[3] = r->latest[n];
    at[4] = r->calm[n];
    at[5] = r->own_latest[n];
    at[6] = r->own_calm[n];
    r->journal_length += HT_JOURNAL_FIELDS;
    if (!r->planned_ready)
        return;
    at[7] = r->planned[n];
    at[8] = r->planned_ready[n];
    r->journal_length += HT_JOURNAL_FIELDS_PLANNED - HT_JOURNAL_FIELDS;
}

static const int32_t *restore_node(ht_routes *r, const int32_t *at) {
    int32_t n = at[0];
    r->ready[n] = at[1];
    r->start[n] = at[2];
    if (n < r->problem->tasks)
        ht_routes_take_window(r, n, at[2]);
    r->latest[n] = at[3];
    r->calm[n] = at[4];
    r->own_latest[n] = at[5];
    r->own_calm[n] = at[6];
    if (!r->planned_ready)
        return at + HT_JOURNAL_FIELDS;
    r->planned[n] = at[7];
    r->planned_ready[n] = at[8];
    return at + HT_JOURNAL_FIELDS_PLANNED;
}

void ht_routes_touch(ht_routes *r, int32_t shift) {
    if (r->is_touched[shift])
        return;
    r->is_touched[shift] = 1;
    r->touched[r->touches++] = shift;
    r->journal[r->journal_length++] = r->break_after[shift];
    r->journal[r->journal_length++] = r->stops[shift];
    r->journal[r->journal_length++] = r->load[shift];
    for (int32_t n = ht_routes_first(r, shift); n >= 0; n = r->next[n])
        save_node(r, n);
    r->journal[r->journal_length++] = -1;
    r->journal_travel[shift] = r->travel[shift];
    r->journal_late[shift] = r->late[shift];
    r->journal_overtime[shift] = r->overtime[shift];
    r->journal_late_max[shift] = r->late_max[shift];
    r->journal_whole[shift] = r->whole[shift];
    if (r->moved)
        r->journal_moved[shift] = r->moved[shift];
}

static void empty_queues(ht_routes *r) {
    while (r->forward.count > 0)
        ht_route_queue_pop(&r->forward);
    while (r->backward.count > 0)
        ht_route_queue_pop(&r->backward);
    while (r->shifting.count > 0)
        ht_route_queue_pop(&r->shifting);
}

void ht_routes_begin(ht_routes *r) {
    for (int32_t i = 0; i < r->touches; i++)
        r->is_touched[r->touched[i]] = 0;
    r->touches = 0;
    r->journal_length = 0;
    r->journal_cost = r->cost;
    memcpy(r->journal_component, r->component, sizeof r->component);
    memcpy(r->journal_absent, r->absent, (size_t)r->absents * sizeof r->absent[0]);
    r->journal_absents = r->absents;
}

static const ht_visit *visit_of(const ht_routes *r, int32_t task) {
    return &r->problem->visit[r->problem->visit_of_task[task]];
}

/* Takes the tasks of a route off their counts and lists. */
static void empty_route(ht_routes *r, int32_t shift) {
    for (int32_t n = ht_routes_first(r, shift); n >= 0;) {
        int32_t after = r->next[n];
        if (n < r->problem->tasks) {
            change_meetings(r, visit_of(r, n), r->problem->shift[shift].staff, -1);
            r->shift[n] = HT_NOBODY;
            r->prev[n] = r->next[n] = -1;
        }
        n = after;
    }
}

static const int32_t *restore_route(ht_routes *r, int32_t shift, const int32_t *at) {
    r->break_after[shift] = *at++;
    set_stops(r, shift, *at++);
    r->load[shift] = *at++;
    r->travel[shift] = r->journal_travel[shift];
    r->late[shift] = r->journal_late[shift];
    r->overtime[shift] = r->journal_overtime[shift];
    r->late_max[shift] = r->journal_late_max[shift];
    r->whole[shift] = r->journal_whole[shift];
    if (r->moved)
        r->moved[shift] = r->journal_moved[shift];
    int32_t before = -1;
    for (; *at >= 0; at = restore_node(r, at)) {
        int32_t n = *at;
        if (before >= 0)
            ht_routes_join(r, shift, before, n);
        before = n;
        if (n >= r->problem->tasks)
            continue;
        r->shift[n] = shift;
        change_meetings(r, visit_of(r, n), r->problem->shift[shift].staff, 1);
    }
    return at + 1;
}

void ht_routes_rollback(ht_routes *r) {
    empty_queues(r);
    r->failed = r->eased = false;
    for (int32_t i = 0; i < r->touches; i++)
        empty_route(r, r->touched[i]);
    const int32_t *at = r->journal;
    for (int32_t i = 0; i < r->touches; i++)
        at = restore_route(r, r->touched[i], at);
    r->cost = r->journal_cost;
    memcpy(r->component, r->journal_component, sizeof r->component);
    memcpy(r->absent, r->journal_absent, (size_t)r->journal_absents * sizeof r->absent[0]);
    r->absents = r->journal_absents;
    if (r->problem->whole_shifts)
        ht_routes_find_idlest(r);
    ht_routes_begin(r);
}

/* ---- changing ---- */

static ht_cost soft_cost(const ht_routes *r) {
    const ht_cost *w = r->weights->component;
    return w[HT_C_UNPLANNED] * r->component[HT_C_UNPLANNED] + w[HT_C_CONTINUITY] * r->component[HT_C_CONTINUITY] +
           w[HT_C_WISHES] * r->component[HT_C_WISHES] + w[HT_C_UNUSUAL] * r->component[HT_C_UNUSUAL];
}

static void change_travel(ht_routes *r, int32_t shift, int32_t more) {
    r->travel[shift] += more;
    r->component[HT_C_TRAVEL] += more;
    r->cost += r->weights->component[HT_C_TRAVEL] * more;
}

void ht_routes_link(ht_routes *r, int32_t task, int32_t shift, int32_t after, int32_t break_after) {
    assert(r->shift[task] == HT_NOBODY && r->next[after] >= 0);
    ht_routes_touch(r, shift);
    ht_route_queue_push(&r->forward, shift, break_after == r->break_after[shift] ? after : HT_WHOLE_ROUTE, after);
    ht_cost before = soft_cost(r);
    int32_t follower = r->next[after], travel = r->stops[shift] == 0 ? r->base_travel[shift] : 0;
    travel -= r->leg[after];
    ht_routes_join(r, shift, after, task);
    ht_routes_join(r, shift, task, follower);
    change_travel(r, shift, travel + r->leg[after] + r->leg[task]);
    r->shift[task] = shift;
    /* Nothing of an earlier place may be taken for news of this one: any true value differs from these. */
    r->ready[task] = r->earliest[task];
    r->start[task] = -HT_NEVER;
    r->latest[task] = r->calm[task] = r->own_latest[task] = r->own_calm[task] = HT_NEVER;
    if (r->planned_ready) {
        r->planned_ready[task] = r->earliest[task];
        r->planned[task] = -1;
    }
    set_stops(r, shift, r->stops[shift] + 1);
    r->load[shift] += r->problem->visit[r->problem->visit_of_task[task]].load;
    r->whole[shift].served += r->service[task];
    r->break_after[shift] = break_after;
    count_meeting(r, r->problem->visit_of_task[task], r->problem->shift[shift].staff, 1);
    r->cost += soft_cost(r) - before;
}

void ht_routes_set_break(ht_routes *r, int32_t shift, int32_t break_after) {
    if (r->break_after[shift] == break_after)
        return;
    ht_routes_touch(r, shift);
    ht_route_queue_push(&r->forward, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    r->break_after[shift] = break_after;
    r->eased = true;
}

static void unlink_task(ht_routes *r, int32_t task) {
    int32_t shift = r->shift[task], before = r->prev[task];
    ht_routes_touch(r, shift);
    ht_route_queue_push(&r->forward, shift, before, before);
    if (r->break_after[shift] == task)
        r->break_after[shift] = before;
    if (r->late_cost[task] >= 0)
        ht_routes_change_late(r, task, r->start[task], -HT_NEVER); /* before any due */
    int32_t travel = -r->leg[before] - r->leg[task];
    ht_routes_join(r, shift, before, r->next[task]);
    change_travel(r, shift, travel + r->leg[before] - (r->stops[shift] == 1 ? r->base_travel[shift] : 0));
    r->prev[task] = r->next[task] = -1;
    r->shift[task] = HT_NOBODY;
    set_stops(r, shift, r->stops[shift] - 1);
    r->load[shift] -= r->problem->visit[r->problem->visit_of_task[task]].load;
    r->whole[shift].served -= r->service[task];
    if (r->stops[shift] == 0 && r->break_after[shift] != r->empty_break[shift]) {
        r->break_after[shift] = r->empty_break[shift];
        ht_route_queue_push(&r->forward, shift, HT_WHOLE_ROUTE, HT_WHOLE_ROUTE);
    }
    count_meeting(r, r->problem->visit_of_task[task], r->problem->shift[shift].staff, -1);
}

void ht_routes_unlink_visit(ht_routes *r, int32_t visit) {
    const ht_visit *v = &r->problem->visit[visit];
    ht_cost before = soft_cost(r);
    r->eased = true;
    if (r->coupled[v->first_task])
        ht_routes_queue_tied(r, visit); /* those it held back may start earlier */
    for (int32_t i = 0; i < v->need; i++)
        unlink_task(r, v->first_task + i);
    r->component[HT_C_UNPLANNED] += (int64_t)v->weight * v->need;
    r->absent[r->absents++] = visit;
    r->cost += soft_cost(r) - before;
}

void ht_routes_mark_planned(ht_routes *r, int32_t visit) {
    const ht_visit *v = &r->problem->visit[visit];
    int32_t at = 0;
    while (r->absent[at] != visit)
        at++;
    r->absent[at] = r->absent[--r->absents];
    int64_t weight = (int64_t)v->weight * v->need;
    r->component[HT_C_UNPLANNED] -= weight;
    r->cost -= weight * r->weights->component[HT_C_UNPLANNED];
}
