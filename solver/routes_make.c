/* solver/routes_make.c: makes the empty plan: every visit unplanned. See solver/routes.h. */
#include "base/numbers.h"
#include "solver/routes_internal.h"

static bool make_queue(ht_route_queue *queue, int32_t size, ht_arena *arena) {
    queue->size = size;
    queue->item = HT_ARENA_NEW(arena, size, int32_t);
    queue->from = HT_ARENA_NEW(arena, size, int32_t);
    queue->until = HT_ARENA_NEW(arena, size, int32_t);
    queue->holds = HT_ARENA_NEW(arena, size, uint8_t);
    return queue->item && queue->from && queue->until && queue->holds;
}

bool ht_routes_plan_apart(ht_routes *r, ht_arena *arena) {
    if (r->planned_ready)
        return true;
    int32_t *planned = HT_ARENA_NEW(arena, r->nodes, int32_t);
    r->planned_ready = HT_ARENA_NEW(arena, r->nodes, int32_t);
    if (!planned || !r->planned_ready)
        return false;
    memcpy(planned, r->start, (size_t)r->nodes * sizeof *planned);
    r->planned = planned;
    return true;
}

static bool weighs_moved(const ht_problem *p) {
    return p->usual_start && ht_routes_weighs(p, HT_C_MOVED);
}

/* What only plans by usual starts need. */
static bool make_planned(ht_routes *r, ht_arena *arena) {
    const ht_problem *p = r->problem;
    r->weighs_unusual = p->usual_staff && ht_routes_weighs(p, HT_C_UNUSUAL);
    r->planned = r->start;
    if (p->whole_shifts && !ht_routes_plan_apart(r, arena))
        return false;
    if (!weighs_moved(p))
        return true;
    r->usual_from = HT_ARENA_NEW(arena, r->nodes, int32_t);
    r->usual_until = HT_ARENA_NEW(arena, r->nodes, int32_t);
    r->moved = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_moved = HT_ARENA_NEW(arena, p->shifts, int64_t);
    return ht_routes_plan_apart(r, arena) && r->usual_from && r->usual_until && r->moved && r->journal_moved;
}

static bool make_arrays(ht_routes *r, ht_arena *arena) {
    const ht_problem *p = r->problem;
    int32_t blocks = 0;
    for (int32_t s = 0; s < p->shifts; s++)
        blocks += p->shift[s].blocks;
    r->nodes = p->tasks + 2 * p->shifts + blocks;
    int32_t **of_node[] = {&r->place,      &r->service,  &r->earliest, &r->due,     &r->limit,  &r->prev,
                           &r->next,       &r->shift,    &r->ready,    &r->start,   &r->latest, &r->calm,
                           &r->own_latest, &r->own_calm, &r->lag_min,  &r->lag_max, &r->leg};
    for (size_t i = 0; i < sizeof of_node / sizeof of_node[0]; i++) {
        *of_node[i] = HT_ARENA_NEW(arena, r->nodes, int32_t);
        if (!*of_node[i])
            return false;
    }
    int32_t **of_shift[] = {&r->break_after, &r->empty_break, &r->stops,     &r->load, &r->base_travel,
                            &r->touched,     &r->member,      &r->member_at, &r->used};
    for (size_t i = 0; i < sizeof of_shift / sizeof of_shift[0]; i++) {
        *of_shift[i] = HT_ARENA_NEW(arena, p->shifts, int32_t);
        if (!*of_shift[i])
            return false;
    }
    r->late_cost = HT_ARENA_NEW(arena, r->nodes, ht_cost);
    r->coupled = HT_ARENA_NEW(arena, r->nodes, uint8_t);
    r->first_link = HT_ARENA_NEW(arena, p->visits + 1, int32_t);
    r->link_of = HT_ARENA_NEW(arena, 2 * p->links, int32_t);
    r->travel = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->late = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->overtime = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->closed = HT_ARENA_NEW(arena, p->shifts, uint8_t);
    r->meetings = HT_ARENA_NEW(arena, (size_t)p->clients * (size_t)p->staff, int16_t);
    r->faces = HT_ARENA_NEW(arena, p->clients, int32_t);
    r->absent = HT_ARENA_NEW(arena, p->visits, int32_t);
    r->is_touched = HT_ARENA_NEW(arena, p->shifts, uint8_t);
    r->journal = HT_ARENA_NEW(arena, (size_t)r->nodes * HT_JOURNAL_FIELDS_PLANNED + 4 * (size_t)p->shifts, int32_t);
    r->journal_travel = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_late = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_overtime = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_absent = HT_ARENA_NEW(arena, p->visits, int32_t);
    r->late_max = HT_ARENA_NEW(arena, p->shifts, int32_t);
    r->late_changed = HT_ARENA_NEW(arena, p->shifts, uint8_t);
    r->journal_late_max = HT_ARENA_NEW(arena, p->shifts, int32_t);
    r->whole = HT_ARENA_NEW(arena, p->shifts, ht_whole);
    r->journal_whole = HT_ARENA_NEW(arena, p->shifts, ht_whole);
    r->idlest = -1;
    r->weighs_waiting = p->whole_shifts && ht_routes_weighs(p, HT_C_WAITING);
    r->weighs_idle = p->whole_shifts && ht_routes_weighs(p, HT_C_IDLE_MAX);
    r->weighs_late_max = ht_routes_weighs(p, HT_C_LATE_MAX);
    return r->late_cost && r->coupled && r->first_link && r->link_of && r->travel && r->late && r->overtime &&
           r->closed && r->meetings && r->faces && r->absent && r->is_touched && r->journal && r->journal_travel &&
           r->journal_late && r->journal_overtime && r->journal_absent && r->late_max && r->late_changed &&
           r->journal_late_max && r->whole && r->journal_whole && make_queue(&r->forward, p->shifts, arena) &&
           make_queue(&r->backward, p->shifts, arena) && make_queue(&r->shifting, p->shifts, arena) &&
           ht_shift_classes_init(&r->classes, p, arena) && make_planned(r, arena) &&
           (r->sweep = ht_routes_make_sweep(r, arena)) != NULL;
}

static void list_links(ht_routes *r) {
    const ht_problem *p = r->problem;
    for (int32_t l = 0; l < p->links; l++) {
        r->first_link[p->link[l].before + 1]++;
        r->first_link[p->link[l].after + 1]++;
        r->gaps_bounded = r->gaps_bounded || p->link[l].gap_max < HT_NEVER;
    }
    for (int32_t v = 0; v < p->visits; v++)
        r->first_link[v + 1] += r->first_link[v];
    for (int32_t l = p->links - 1; l >= 0; l--) { /* filled from the back of each range */
        r->link_of[--r->first_link[p->link[l].before + 1]] = l;
        r->link_of[--r->first_link[p->link[l].after + 1]] = l;
    }
    for (int32_t v = 0; v < p->visits; v++) /* each start has moved one to the left */
        r->first_link[v] = r->first_link[v + 1];
    r->first_link[p->visits] = 2 * p->links;
}

/* As the visit says. */
static ht_task plain_task(const ht_visit *v, int32_t task) {
    return (ht_task){.service = v->service, .due = v->due, .latest = v->latest, .counts_late = task == v->first_task};
}

static void fill_tasks(ht_routes *r) {
    const ht_problem *p = r->problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        const ht_visit *v = &p->visit[p->visit_of_task[t]];
        int32_t index = p->visit_of_task[t];
        ht_task task = p->task ? p->task[t] : plain_task(v, t);
        r->place[t] = v->place;
        r->service[t] = task.service;
        r->earliest[t] = v->earliest;
        r->limit[t] = v->latest < HT_NEVER - task.lag_max ? v->latest + task.lag_max : HT_NEVER;
        r->limit[t] = ht_min32(r->limit[t], task.latest);
        r->has_limits = r->has_limits || r->limit[t] < HT_NEVER;
        r->two_windows = r->two_windows || task.second_earliest > 0;
        r->due[t] = task.due;
        r->lag_min[t] = task.lag_min;
        r->lag_max[t] = task.lag_max;
        r->gaps_bounded = r->gaps_bounded || task.lag_max != 0 || task.lag_min != 0;
        r->late_cost[t] = task.counts_late ? r->weights->component[HT_C_LATE] : -1;
        r->coupled[t] = v->need > 1 || r->first_link[index] < r->first_link[index + 1];
        r->shift[t] = HT_NOBODY;
        r->prev[t] = r->next[t] = -1;
    }
}

static void fill_node(ht_routes *r, int32_t node, int32_t place, int32_t start, int32_t service, int32_t shift) {
    r->place[node] = place;
    r->earliest[node] = r->limit[node] = r->due[node] = start;
    r->service[node] = service;
    r->shift[node] = shift;
}

/* Once a visit, at its first task; whatever else is at a node, any start is as usual. */
static void fill_usual(ht_routes *r) {
    const ht_problem *p = r->problem;
    for (int32_t n = 0; r->usual_from && n < r->nodes; n++) {
        r->usual_from[n] = -HT_NEVER;
        r->usual_until[n] = HT_NEVER;
    }
    for (int32_t v = 0; r->usual_from && v < p->visits; v++) {
        if (p->usual_start[v] == HT_BLANK)
            continue;
        r->usual_from[p->visit[v].first_task] = p->usual_start[v] - HT_USUAL_START_TOLERANCE;
        r->usual_until[p->visit[v].first_task] = p->usual_start[v] + HT_USUAL_START_TOLERANCE;
    }
}

/* The first leg of the empty route that can hold the break. */
static bool place_break(ht_routes *r, int32_t shift) {
    int32_t ignored, last = ht_routes_last(r, shift);
    if (r->problem->shift[shift].break_length == 0) {
        r->break_after[shift] = -1;
        return ht_routes_retime_alone(r, shift, &ignored);
    }
    for (int32_t n = ht_routes_first(r, shift); n != last; n = r->next[n]) {
        r->break_after[shift] = n;
        if (ht_routes_retime_alone(r, shift, &ignored))
            return true;
    }
    r->break_after[shift] = -1;
    return r->problem->shift[shift].break_optional && ht_routes_retime_alone(r, shift, &ignored);
}

/* A shift's end ends the calm where overtime is weighed, and where visits wait: they do so within their shifts. */
static ht_cost overtime_cost(const ht_routes *r) {
    return r->weights->component[HT_C_OVERTIME] > 0 || r->planned_ready ? r->weights->component[HT_C_OVERTIME] : -1;
}

static void fill_shifts(ht_routes *r) {
    const ht_problem *p = r->problem;
    int32_t node = p->tasks + 2 * p->shifts;
    for (int32_t i = 0; i < p->shifts; i++) {
        const ht_shift *s = &p->shift[i];
        int32_t first = ht_routes_first(r, i), last = ht_routes_last(r, i), before = first;
        fill_node(r, first, s->start_place, s->start, 0, i);
        fill_node(r, last, s->end_place, s->start, 0, i);
        r->due[last] = s->end;
        r->limit[last] = ht_min32(s->latest_end, HT_NEVER);
        r->has_limits = r->has_limits || r->limit[last] < HT_NEVER || s->break_length > 0 || s->blocks > 0;
        r->late_cost[last] = overtime_cost(r);
        r->prev[first] = r->next[last] = -1;
        for (int32_t b = 0; b < s->blocks; b++, node++) {
            const ht_block *block = &p->block[s->first_block + b];
            r->whole[i].served += block->end - block->start;
            fill_node(r, node, block->place, block->start, block->end - block->start, i);
            ht_routes_join(r, i, before, node);
            before = node;
        }
        ht_routes_join(r, i, before, last);
        for (int32_t n = first; n != last; n = r->next[n])
            r->base_travel[i] += r->leg[n];
        r->closed[i] = !place_break(r, i);
        r->empty_break[i] = r->break_after[i];
        r->member[i] = r->classes.member[i];
        r->member_at[r->classes.member[i]] = i;
    }
}

/* Beyond its calm a start makes a visit later, or a shift, or a start unusual: that costs by the piece. */
static ht_cost least_delay_cost(const ht_routes *r) {
    ht_cost late = r->weights->component[HT_C_LATE], overtime = r->weights->component[HT_C_OVERTIME];
    return r->usual_from ? 0 : overtime == 0 || late < overtime ? late : overtime;
}

void ht_routes_set_weights(ht_routes *r, const ht_weights *weights) {
    const ht_problem *p = r->problem;
    r->weights = weights;
    r->least_delay_cost = least_delay_cost(r);
    for (int32_t t = 0; t < p->tasks; t++)
        if (r->late_cost[t] >= 0)
            r->late_cost[t] = weights->component[HT_C_LATE];
    for (int32_t s = 0; s < p->shifts; s++)
        r->late_cost[ht_routes_last(r, s)] = overtime_cost(r);
    r->cost = 0;
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        r->cost += weights->component[c] * r->component[c];
    ht_routes_begin(r);
}

ht_routes *ht_routes_create(const ht_problem *problem, const ht_weights *weights, ht_arena *arena) {
    ht_routes *r = HT_ARENA_NEW(arena, 1, ht_routes);
    if (!r)
        return NULL;
    r->problem = problem;
    r->weights = weights;
    if (!make_arrays(r, arena))
        return NULL;
    list_links(r);
    fill_tasks(r);
    fill_usual(r);
    r->least_delay_cost = least_delay_cost(r);
    fill_shifts(r);
    for (int32_t v = 0; v < problem->visits; v++) {
        r->absent[r->absents++] = v;
        r->component[HT_C_UNPLANNED] += (int64_t)problem->visit[v].weight * problem->visit[v].need;
    }
    ht_routes_set_largest(r);
    ht_routes_set_weights(r, weights);
    return r;
}
