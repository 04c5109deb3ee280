#include "tests/support_plain.h"

#include "tests/support.h"

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* ---- routes ---- */

void plain_clear(plain_plan *plan, const ht_problem *problem) {
    memset(plan, 0, sizeof *plan);
    plan->problem = problem;
    for (int32_t t = 0; t < problem->tasks; t++)
        plan->shift[t] = HT_NOBODY;
    for (int32_t s = 0; s < problem->shifts; s++) {
        const ht_shift *shift = &problem->shift[s];
        plan->route[s].break_leg = shift->break_length > 0 ? 0 : PLAIN_NO_BREAK;
        for (int32_t b = 0; b < shift->blocks; b++)
            plan->route[s].item[plan->route[s].count++] = -1 - (shift->first_block + b);
    }
}

void plain_insert(plain_plan *plan, int32_t task, int32_t shift, int32_t at) {
    plain_route *route = &plan->route[shift];
    for (int32_t i = route->count++; i > at; i--)
        route->item[i] = route->item[i - 1];
    route->item[at] = task;
    if (task >= 0)
        plan->shift[task] = shift;
}

void plain_remove(plain_plan *plan, int32_t shift, int32_t at) {
    plain_route *route = &plan->route[shift];
    plan->shift[route->item[at]] = HT_NOBODY;
    route->count--;
    for (int32_t i = at; i < route->count; i++)
        route->item[i] = route->item[i + 1];
}

bool plain_uses(const plain_plan *plan, int32_t shift) {
    for (int32_t i = 0; i < plan->route[shift].count; i++)
        if (plan->route[shift].item[i] >= 0)
            return true;
    return false;
}

bool plain_is_planned(const plain_plan *plan, int32_t visit) {
    return plan->shift[plan->problem->visit[visit].first_task] != HT_NOBODY;
}

/* ---- who goes where ---- */

static bool staff_allowed(const plain_plan *plan, const ht_visit *v, int32_t index) {
    const ht_problem *p = plan->problem;
    int32_t staff[HT_NEED_MAX], held = 0;
    for (int32_t i = 0; i < v->need; i++) {
        int32_t shift = plan->shift[v->first_task + i];
        if (shift == HT_NOBODY)
            return false;
        staff[i] = p->shift[shift].staff;
        if (!p->able[(v->first_task + i) * p->staff + staff[i]])
            return false;
        held |= v->one_tags ? p->one_held[index * p->staff + staff[i]] : 0;
        for (int32_t k = 0; k < i; k++)
            if (staff[k] == staff[i])
                return false;
    }
    return (held & v->one_tags) == v->one_tags;
}

bool plain_allowed(const plain_plan *plan) {
    const ht_problem *p = plan->problem;
    for (int32_t s = 0; s < p->shifts; s++) {
        int32_t leg = plan->route[s].break_leg;
        bool has = leg >= 0 && leg <= plan->route[s].count;
        if (plain_uses(plan, s) && has != (p->shift[s].break_length > 0))
            return false;
    }
    for (int32_t v = 0; v < p->visits; v++) {
        bool any = false;
        for (int32_t i = 0; i < p->visit[v].need; i++)
            any = any || plan->shift[p->visit[v].first_task + i] != HT_NOBODY;
        if (any && !staff_allowed(plan, &p->visit[v], v))
            return false;
    }
    return true;
}

/* ---- when ---- */

static int32_t place_of(const plain_plan *plan, int32_t item) {
    const ht_problem *p = plan->problem;
    return item >= 0 ? p->visit[p->visit_of_task[item]].place : p->block[-1 - item].place;
}

static int32_t service_of(const plain_plan *plan, int32_t item) {
    const ht_problem *p = plan->problem;
    return item >= 0 ? problem_task(p, item).service : p->block[-1 - item].end - p->block[-1 - item].start;
}

static int32_t leg_travel(const plain_plan *plan, int32_t shift, int32_t leg) {
    const ht_shift *s = &plan->problem->shift[shift];
    const plain_route *route = &plan->route[shift];
    int32_t from = leg == 0 ? s->start_place : place_of(plan, route->item[leg - 1]);
    int32_t to = leg == route->count ? s->end_place : place_of(plan, route->item[leg]);
    return ht_problem_travel(plan->problem, s->mode, from, to);
}

/* When the end of a leg is reached, left at `leave`; false where the break on it cannot begin in time. The break may
 * lie before, inside or after the travel. */
static bool drive(const plain_plan *plan, int32_t shift, int32_t leg, int32_t leave, int32_t *there) {
    const ht_shift *s = &plan->problem->shift[shift];
    *there = leave + leg_travel(plan, shift, leg);
    if (plan->route[shift].break_leg != leg)
        return true;
    *there = larger(*there, s->break_earliest) + s->break_length;
    return leave <= s->break_latest;
}

/* Raises the starts of one route; false where a block or the shift's end is missed. */
static bool raise_route(plain_plan *plan, int32_t shift, bool *changed) {
    const ht_problem *p = plan->problem;
    const plain_route *route = &plan->route[shift];
    int32_t leave = p->shift[shift].start, there;
    for (int32_t i = 0; i < route->count; i++) {
        int32_t item = route->item[i];
        if (!drive(plan, shift, i, leave, &there) || (item < 0 && there > p->block[-1 - item].start))
            return false;
        if (item >= 0 && there > plan->start[item]) {
            plan->start[item] = there;
            *changed = true;
        }
        leave = (item >= 0 ? plan->start[item] : p->block[-1 - item].start) + service_of(plan, item);
    }
    if (!drive(plan, shift, route->count, leave, &plan->end[shift]))
        return false;
    return plan->end[shift] <= p->shift[shift].latest_end;
}

static void raise_task(plain_plan *plan, int32_t task, int32_t start, bool *changed) {
    *changed = *changed || plan->start[task] < start;
    plan->start[task] = larger(plan->start[task], start);
}

/* Each task of a visit starts lag_min .. lag_max behind the first. */
static void raise_visit(plain_plan *plan, int32_t visit, bool *changed) {
    const ht_visit *v = &plan->problem->visit[visit];
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        raise_task(plan, v->first_task, plan->start[t] - problem_task(plan->problem, t).lag_max, changed);
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        raise_task(plan, t, plan->start[v->first_task] + problem_task(plan->problem, t).lag_min, changed);
}

static void raise_links(plain_plan *plan, bool *changed) {
    const ht_problem *p = plan->problem;
    for (int32_t l = 0; l < p->links; l++) {
        const ht_link *link = &p->link[l];
        const ht_visit *before = &p->visit[link->before], *after = &p->visit[link->after];
        if (!plain_is_planned(plan, link->before) || !plain_is_planned(plan, link->after))
            continue;
        int32_t left = plan->start[before->first_task] + before->service;
        raise_task(plan, after->first_task, left + link->gap_min, changed);
        if (link->gap_max != INT32_MAX)
            raise_task(plan, before->first_task, plan->start[after->first_task] - link->gap_max - before->service,
                       changed);
    }
}

static bool carries_all(const plain_plan *plan, int32_t shift) {
    const ht_problem *p = plan->problem;
    int32_t load = 0;
    for (int32_t i = 0; i < plan->route[shift].count; i++) {
        int32_t item = plan->route[shift].item[i];
        load += item >= 0 ? p->visit[p->visit_of_task[item]].load : 0;
    }
    return load <= p->shift[shift].capacity;
}

static bool raise_all(plain_plan *plan, bool *changed) {
    const ht_problem *p = plan->problem;
    for (int32_t s = 0; s < p->shifts; s++)
        if (plain_uses(plan, s) && (!carries_all(plan, s) || !raise_route(plan, s, changed)))
            return false;
    for (int32_t v = 0; v < p->visits; v++) {
        if (!plain_is_planned(plan, v))
            continue;
        raise_visit(plan, v, changed);
        if (plan->start[p->visit[v].first_task] > p->visit[v].latest)
            return false;
    }
    raise_links(plan, changed);
    return true;
}

/* Nothing is raised by a chain of more than all tasks, but round a circle. */
bool plain_time(plain_plan *plan) {
    const ht_problem *p = plan->problem;
    bool changed = true;
    for (int32_t t = 0; t < p->tasks; t++)
        plan->start[t] = larger(p->visit[p->visit_of_task[t]].earliest, plan->floor[t]);
    for (int32_t round = 0; changed && round <= p->tasks; round++) {
        changed = false;
        if (!raise_all(plan, &changed))
            return false;
    }
    return !changed;
}

/* ---- what it is worth ---- */

/* How many counted visits of a client a person makes. */
static int32_t meetings(const plain_plan *plan, int32_t client, int32_t staff) {
    const ht_problem *p = plan->problem;
    int32_t count = 0;
    for (int32_t s = 0; s < p->shifts; s++)
        for (int32_t i = 0; p->shift[s].staff == staff && i < plan->route[s].count; i++) {
            int32_t item = plan->route[s].item[i];
            count += item >= 0 && p->visit[p->visit_of_task[item]].client == client &&
                     p->visit[p->visit_of_task[item]].counts;
        }
    return count;
}

static int64_t continuity(const plain_plan *plan) {
    const ht_problem *p = plan->problem;
    int64_t sum = 0;
    for (int32_t c = 0; c < p->clients; c++) {
        int64_t faces = 0;
        for (int32_t staff = 0; staff < p->staff; staff++) {
            int32_t pair = c * p->staff + staff, count = meetings(plan, c, staff);
            if (count == 0)
                continue;
            sum += p->points_first[pair] + (int64_t)(count - 1) * p->points_again[pair];
            faces += !p->seen[pair];
        }
        if (faces > p->cap[c])
            sum += p->points_over_cap * (faces - p->cap[c]);
    }
    return sum;
}

static void add_route(const plain_plan *plan, int32_t shift, ht_values *values, int64_t *worked) {
    const ht_problem *p = plan->problem;
    const plain_route *route = &plan->route[shift];
    for (int32_t leg = 0; leg <= route->count; leg++) {
        values->component[HT_C_TRAVEL] += leg_travel(plan, shift, leg);
        *worked += leg_travel(plan, shift, leg);
    }
    for (int32_t i = 0; i < route->count; i++) {
        int32_t item = route->item[i];
        *worked += service_of(plan, item);
        if (item < 0)
            continue;
        int32_t visit = p->visit_of_task[item], staff = p->shift[shift].staff;
        values->component[HT_C_WISHES] += p->wishes_unmet[p->visit[visit].client * p->staff + staff];
        if (p->usual_staff && p->usual_staff[visit] != HT_NOBODY)
            values->component[HT_C_UNUSUAL] += p->unusual[p->usual_staff[visit] * p->staff + staff];
    }
}

static void add_staff(const plain_plan *plan, ht_values *values) {
    const ht_problem *p = plan->problem;
    int64_t least = INT64_MAX, most = 0;
    for (int32_t staff = 0; staff < p->staff; staff++) {
        int64_t worked = 0;
        for (int32_t s = 0; s < p->shifts; s++)
            if (p->shift[s].staff == staff && plain_uses(plan, s))
                add_route(plan, s, values, &worked);
        if (worked == 0)
            continue;
        values->component[HT_C_STAFF_USED]++;
        least = worked < least ? worked : least;
        most = worked > most ? worked : most;
    }
    values->component[HT_C_SPREAD] = values->component[HT_C_STAFF_USED] > 0 ? most - least : 0;
}

static void sum_levels(const plain_plan *plan, ht_values *values) {
    const ht_objective *o = &plan->problem->objective;
    for (int32_t l = 0; l < o->levels; l++)
        for (int32_t c = 0; c < HT_COMPONENTS; c++)
            values->level[l] += o->level[l].weight[c] * values->component[c];
}

static void add_untimed(const plain_plan *plan, ht_values *values) {
    const ht_problem *p = plan->problem;
    for (int32_t v = 0; v < p->visits; v++)
        if (!plain_is_planned(plan, v))
            values->component[HT_C_UNPLANNED] += (int64_t)p->visit[v].weight * p->visit[v].need;
    values->component[HT_C_CONTINUITY] = continuity(plan);
    add_staff(plan, values);
}

void plain_values_untimed(const plain_plan *plan, ht_values *values) {
    memset(values, 0, sizeof *values);
    add_untimed(plan, values);
    sum_levels(plan, values);
}

/* From the first stop's end to the last stop's start: what is no stop, travel or break. The break counts as lying there
 * wherever there is room for it. */
static int64_t waiting(const plain_plan *plan, int32_t shift) {
    const ht_problem *p = plan->problem;
    const plain_route *route = &plan->route[shift];
    const ht_shift *s = &p->shift[shift];
    bool rests = false;
    int64_t sum = 0;
    for (int32_t i = 1; i < route->count; i++) {
        int32_t item = route->item[i], former = route->item[i - 1];
        int32_t start = item >= 0 ? plan->start[item] : p->block[-1 - item].start;
        int32_t left = (former >= 0 ? plan->start[former] : p->block[-1 - former].start) + service_of(plan, former);
        int32_t there = left + leg_travel(plan, shift, i);
        rests |= route->break_leg == i ||
                 (left <= s->break_latest && larger(there, s->break_earliest) + s->break_length <= start);
        sum += start - there;
    }
    return rests && s->break_length > 0 ? sum - s->break_length : sum;
}

static void add_timed(const plain_plan *plan, ht_values *values) {
    const ht_problem *p = plan->problem;
    int64_t *sum = values->component;
    for (int32_t t = 0; t < p->tasks; t++) {
        ht_task task = problem_task(p, t);
        int64_t late = plan->shift[t] != HT_NOBODY && task.counts_late ? (int64_t)plan->start[t] - task.due : 0;
        sum[HT_C_LATE] += late > 0 ? late : 0;
        sum[HT_C_LATE_MAX] = late > sum[HT_C_LATE_MAX] ? late : sum[HT_C_LATE_MAX];
    }
    for (int32_t v = 0; v < p->visits; v++)
        if (plain_is_planned(plan, v) && p->usual_start && p->usual_start[v] != HT_BLANK)
            sum[HT_C_MOVED] += abs(plan->start[p->visit[v].first_task] - p->usual_start[v]) > 15 * 60;
    for (int32_t s = 0; s < p->shifts; s++) {
        if (!plain_uses(plan, s))
            continue;
        sum[HT_C_OVERTIME] += larger(0, plan->end[s] - p->shift[s].end);
        int64_t idle = waiting(plan, s);
        sum[HT_C_WAITING] += idle;
        sum[HT_C_IDLE_MAX] = idle > sum[HT_C_IDLE_MAX] ? idle : sum[HT_C_IDLE_MAX];
    }
}

void plain_values(const plain_plan *plan, ht_values *values) {
    memset(values, 0, sizeof *values);
    add_untimed(plan, values);
    add_timed(plan, values);
    sum_levels(plan, values);
}

/* ---- a solution ---- */

/* Puts the task on the route of its shift by its start. */
static void place_task(plain_plan *plan, int32_t task, int32_t shift) {
    const plain_route *route = &plan->route[shift];
    int32_t at = 0;
    while (at < route->count) {
        int32_t item = route->item[at];
        if ((item >= 0 ? plan->start[item] : plan->problem->block[-1 - item].start) >= plan->start[task])
            break;
        at++;
    }
    plain_insert(plan, task, shift, at);
}

/* The route holds at exactly these starts. */
static bool route_holds(plain_plan *plan, int32_t shift) {
    bool changed = false;
    return raise_route(plan, shift, &changed) && !changed;
}

/* The leg of the break that brings the shift back soonest. */
static bool settle_break(plain_plan *plan, int32_t shift) {
    plain_route *route = &plan->route[shift];
    int32_t best = PLAIN_NO_BREAK, end = INT32_MAX;
    if (plan->problem->shift[shift].break_length == 0)
        return route_holds(plan, shift);
    int32_t start[PROBLEM_TASKS];
    memcpy(start, plan->start, sizeof start);
    for (route->break_leg = 0; route->break_leg <= route->count; route->break_leg++) {
        if (route_holds(plan, shift) && plan->end[shift] < end) {
            best = route->break_leg;
            end = plan->end[shift];
        }
        memcpy(plan->start, start, sizeof start);
    }
    route->break_leg = best;
    plan->end[shift] = end;
    return best != PLAIN_NO_BREAK;
}

static bool starts_hold(plain_plan *plan) {
    const ht_problem *p = plan->problem;
    bool changed = false;
    for (int32_t v = 0; v < p->visits; v++) {
        const ht_visit *visit = &p->visit[v];
        if (!plain_is_planned(plan, v))
            continue;
        int32_t start = plan->start[visit->first_task];
        if (start < visit->earliest || start > visit->latest)
            return false;
        raise_visit(plan, v, &changed);
    }
    raise_links(plan, &changed);
    return !changed;
}

bool plain_from_solution(plain_plan *plan, const ht_problem *problem, const ht_solution *solution) {
    plain_clear(plan, problem);
    for (int32_t t = 0; t < problem->tasks; t++) {
        plan->start[t] = solution->start[t];
        if (solution->shift[t] != HT_NOBODY)
            place_task(plan, t, solution->shift[t]);
    }
    for (int32_t s = 0; s < problem->shifts; s++)
        if (plain_uses(plan, s) && (!carries_all(plan, s) || !settle_break(plan, s)))
            return false;
    return plain_allowed(plan) && starts_hold(plan);
}
