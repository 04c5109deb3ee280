/* solver/routes_plan.c: the working plan as values and as a solution. See solver/routes.h. */
#include "solver/routes.h"

#include <assert.h>

static int64_t max64(int64_t a, int64_t b) {
    return a > b ? a : b;
}

bool ht_routes_weighs(const ht_problem *p, ht_component component) {
    for (int32_t l = 0; l < p->objective.levels; l++)
        if (p->objective.level[l].weight[component] != 0)
            return true;
    return false;
}

/* The leg behind a stop has room for the break at the times as they are. */
static bool break_fits(const ht_routes *r, int32_t shift, int32_t node) {
    const ht_shift *s = &r->problem->shift[shift];
    int32_t follower = r->next[node], leave = r->planned[node] + r->service[node];
    return ht_routes_after_break(s, leave, ht_routes_leg(r, shift, node, follower)) <= r->planned[follower];
}

/* The first leg between two stops that the break fits, else the first leg, else the one it is on. */
static int32_t settled_leg(const ht_routes *r, int32_t shift) {
    int32_t first = ht_routes_first(r, shift), last = ht_routes_last(r, shift);
    for (int32_t n = r->next[first]; r->next[n] != last; n = r->next[n])
        if (r->break_after[shift] == n || break_fits(r, shift, n))
            return n;
    return break_fits(r, shift, first) ? first : r->break_after[shift];
}

/* Waiting of a used route: what lies between its first and last stop and is no visit, office, travel or break, the break
 * being where a reader of the plan sees it. */
static int64_t waiting(const ht_routes *r, int32_t shift) {
    int32_t first = ht_routes_first(r, shift), last = ht_routes_last(r, shift);
    int32_t rest = r->break_after[shift] >= 0 ? settled_leg(r, shift) : -1;
    int64_t sum = 0;
    for (int32_t n = r->next[first]; r->next[n] != last; n = r->next[n]) {
        int32_t follower = r->next[n];
        sum += r->planned[follower] - r->planned[n] - r->service[n] - ht_routes_leg(r, shift, n, follower);
        if (rest == n)
            sum -= r->problem->shift[shift].break_length;
    }
    return sum;
}

void ht_routes_settle_breaks(ht_routes *r) {
    for (int32_t s = 0; s < r->problem->shifts; s++)
        if (r->stops[s] > 0 && r->break_after[s] >= 0 && !r->problem->shift[s].break_at_visit)
            ht_routes_set_break(r, s, settled_leg(r, s));
    ht_routes_repair(r);
    ht_routes_begin(r);
}

static void add_waiting(const ht_routes *r, ht_values *values) {
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        int64_t idle = r->stops[s] > 0 ? waiting(r, s) : 0;
        values->component[HT_C_WAITING] += idle;
        values->component[HT_C_IDLE_MAX] = max64(values->component[HT_C_IDLE_MAX], idle);
    }
}

/* Visits, travel and office time of a used route. */
static int64_t worked(const ht_routes *r, int32_t shift) {
    int64_t sum = r->travel[shift];
    for (int32_t n = ht_routes_first(r, shift); n >= 0; n = r->next[n])
        sum += r->service[n];
    return sum;
}

static void add_staff(const ht_routes *r, ht_values *values) {
    int64_t least = INT64_MAX, most = 0;
    for (int32_t person = 0; person < r->problem->staff; person++) {
        int64_t sum = 0;
        for (int32_t s = 0; s < r->problem->shifts; s++)
            if (r->problem->shift[s].staff == person && r->stops[s] > 0)
                sum += worked(r, s);
        if (sum == 0)
            continue;
        values->component[HT_C_STAFF_USED]++;
        least = sum < least ? sum : least;
        most = max64(most, sum);
    }
    values->component[HT_C_SPREAD] = values->component[HT_C_STAFF_USED] > 0 ? most - least : 0;
}

void ht_routes_values(const ht_routes *r, ht_values *values) {
    const ht_problem *p = r->problem;
    memset(values, 0, sizeof *values);
    memcpy(values->component, r->component, sizeof values->component);
    if (!p->whole_shifts && (ht_routes_weighs(p, HT_C_WAITING) || ht_routes_weighs(p, HT_C_IDLE_MAX)))
        add_waiting(r, values);
    if (ht_routes_weighs(p, HT_C_SPREAD) || ht_routes_weighs(p, HT_C_STAFF_USED))
        add_staff(r, values);
    ht_err ignored; /* an overflow cannot pass the limits of weights and times; the independent check reports one */
    ht_err_init(&ignored);
    ht_values_levels(values, &p->objective, &ignored);
}

bool ht_snapshot_init(ht_snapshot *snapshot, const ht_routes *r, ht_arena *arena) {
    snapshot->next = HT_ARENA_NEW(arena, r->nodes, int32_t);
    snapshot->start = HT_ARENA_NEW(arena, r->problem->tasks, int32_t);
    snapshot->shift = HT_ARENA_NEW(arena, r->problem->tasks, int32_t);
    snapshot->break_after = HT_ARENA_NEW(arena, r->problem->shifts, int32_t);
    if (!snapshot->next || !snapshot->start || !snapshot->shift || !snapshot->break_after)
        return false;
    ht_routes_save(r, snapshot);
    return true;
}

void ht_routes_save(const ht_routes *r, ht_snapshot *snapshot) {
    size_t tasks = (size_t)r->problem->tasks * sizeof(int32_t);
    memcpy(snapshot->next, r->next, (size_t)r->nodes * sizeof(int32_t));
    memcpy(snapshot->start, r->planned, tasks);
    memcpy(snapshot->shift, r->shift, tasks);
    memcpy(snapshot->break_after, r->break_after, (size_t)r->problem->shifts * sizeof(int32_t));
    snapshot->cost = r->cost;
    ht_routes_values(r, &snapshot->values);
}

void ht_routes_repair(ht_routes *r) {
    int32_t culprit = -1;
    while (!ht_routes_retime(r, &culprit)) {
        assert(culprit >= 0);
        ht_routes_unlink_visit(r, r->problem->visit_of_task[culprit]);
    }
}

static void load_route(ht_routes *r, const ht_snapshot *snapshot, int32_t shift) {
    int32_t before = ht_routes_first(r, shift), last = ht_routes_last(r, shift);
    for (int32_t n = snapshot->next[before]; n != last; n = snapshot->next[n]) {
        if (n < r->problem->tasks) {
            ht_routes_take_window(r, n, snapshot->start[n]);
            ht_routes_link(r, n, shift, before, r->break_after[shift]);
        }
        before = n;
    }
    ht_routes_set_break(r, shift, snapshot->break_after[shift]);
}

void ht_routes_load(ht_routes *r, const ht_snapshot *snapshot) {
    const ht_problem *p = r->problem;
    for (int32_t v = 0; v < p->visits; v++)
        if (r->shift[p->visit[v].first_task] != HT_NOBODY)
            ht_routes_unlink_visit(r, v);
    for (int32_t s = 0; s < p->shifts; s++)
        load_route(r, snapshot, s);
    for (int32_t v = 0; v < p->visits; v++)
        if (snapshot->shift[p->visit[v].first_task] != HT_NOBODY)
            ht_routes_mark_planned(r, v);
    ht_routes_repair(r);
    ht_routes_begin(r);
}

/* ---- from a solution ---- */

/* The node that a task starting at `start` comes behind. */
static int32_t node_before(const ht_routes *r, const ht_solution *solution, int32_t shift, int32_t start) {
    int32_t n = ht_routes_first(r, shift), last = ht_routes_last(r, shift);
    for (int32_t follower = r->next[n]; follower != last; n = follower, follower = r->next[n])
        if ((follower < r->problem->tasks ? solution->start[follower] : r->earliest[follower]) > start)
            break;
    return n;
}

/* The first leg with room for the break at the solution's times. */
static int32_t break_leg(const ht_routes *r, const ht_solution *solution, int32_t shift) {
    const ht_shift *s = &r->problem->shift[shift];
    int32_t leave = s->start, last = ht_routes_last(r, shift);
    for (int32_t n = ht_routes_first(r, shift); n != last; n = r->next[n]) {
        int32_t follower = r->next[n], limit = r->limit[last];
        if (follower != last)
            limit = follower < r->problem->tasks ? solution->start[follower] : r->earliest[follower];
        if (ht_routes_after_break(s, leave, ht_routes_leg(r, shift, n, follower)) <= limit)
            return n;
        leave = limit + r->service[follower];
    }
    return r->break_after[shift];
}

void ht_routes_load_solution(ht_routes *r, const ht_solution *solution) {
    const ht_problem *p = r->problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        int32_t shift = solution->shift[t];
        if (shift == HT_NOBODY)
            continue;
        ht_routes_take_window(r, t, solution->start[t]);
        ht_routes_link(r, t, shift, node_before(r, solution, shift, solution->start[t]), r->break_after[shift]);
    }
    for (int32_t s = 0; s < p->shifts; s++)
        if (r->stops[s] > 0 && p->shift[s].break_length > 0)
            ht_routes_set_break(r, s, break_leg(r, solution, s));
    for (int32_t v = 0; v < p->visits; v++)
        if (solution->shift[p->visit[v].first_task] != HT_NOBODY)
            ht_routes_mark_planned(r, v);
    ht_routes_repair(r);
    ht_routes_begin(r);
}
