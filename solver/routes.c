#include "solver/routes.h"

#include <assert.h>

enum { JOURNAL_FIELDS = 7 }; /* node, ready, start, latest, calm, own_latest, own_calm */

static int32_t max32(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static int32_t min32(int32_t a, int32_t b) {
    return a < b ? a : b;
}

/* ---- making ---- */

static bool make_queue(ht_route_queue *queue, int32_t size, ht_arena *arena) {
    queue->size = size;
    queue->item = HT_ARENA_NEW(arena, size, int32_t);
    queue->holds = HT_ARENA_NEW(arena, size, uint8_t);
    return queue->item && queue->holds;
}

static bool make_arrays(ht_routes *r, ht_arena *arena) {
    const ht_problem *p = r->problem;
    int32_t blocks = 0;
    for (int32_t s = 0; s < p->shifts; s++)
        blocks += p->shift[s].blocks;
    r->nodes = p->tasks + 2 * p->shifts + blocks;
    int32_t **of_node[] = {&r->place, &r->service, &r->earliest, &r->due,    &r->limit, &r->prev,       &r->next,
                           &r->shift, &r->ready,   &r->start,    &r->latest, &r->calm,  &r->own_latest, &r->own_calm};
    for (size_t i = 0; i < sizeof of_node / sizeof of_node[0]; i++) {
        *of_node[i] = HT_ARENA_NEW(arena, r->nodes, int32_t);
        if (!*of_node[i])
            return false;
    }
    int32_t **of_shift[] = {&r->break_after, &r->empty_break, &r->stops, &r->base_travel, &r->touched};
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
    r->journal = HT_ARENA_NEW(arena, (size_t)r->nodes * JOURNAL_FIELDS + 3 * (size_t)p->shifts, int32_t);
    r->journal_travel = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_late = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_overtime = HT_ARENA_NEW(arena, p->shifts, int64_t);
    r->journal_absent = HT_ARENA_NEW(arena, p->visits, int32_t);
    return r->late_cost && r->coupled && r->first_link && r->link_of && r->travel && r->late && r->overtime &&
           r->closed && r->meetings && r->faces && r->absent && r->is_touched && r->journal && r->journal_travel &&
           r->journal_late && r->journal_overtime && r->journal_absent && make_queue(&r->forward, p->shifts, arena) &&
           make_queue(&r->backward, p->shifts, arena);
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

static void fill_tasks(ht_routes *r) {
    const ht_problem *p = r->problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        const ht_visit *v = &p->visit[p->visit_of_task[t]];
        int32_t index = p->visit_of_task[t];
        r->place[t] = v->place;
        r->service[t] = v->service;
        r->earliest[t] = v->earliest;
        r->limit[t] = v->latest;
        r->due[t] = v->due;
        r->late_cost[t] = t == v->first_task ? r->weights->component[HT_C_LATE] : -1;
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

static void join(ht_routes *r, int32_t before, int32_t after) {
    r->next[before] = after;
    r->prev[after] = before;
}

static bool retime_route(ht_routes *r, int32_t shift, int32_t *culprit);

/* The first leg of the empty route that can hold the break. */
static bool place_break(ht_routes *r, int32_t shift) {
    int32_t ignored, last = ht_routes_last(r, shift);
    if (r->problem->shift[shift].break_length == 0) {
        r->break_after[shift] = -1;
        return retime_route(r, shift, &ignored);
    }
    for (int32_t n = ht_routes_first(r, shift); n != last; n = r->next[n]) {
        r->break_after[shift] = n;
        if (retime_route(r, shift, &ignored))
            return true;
    }
    return false;
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
        r->limit[last] = s->latest_end;
        r->late_cost[last] = r->weights->component[HT_C_OVERTIME];
        r->prev[first] = r->next[last] = -1;
        for (int32_t b = 0; b < s->blocks; b++, node++) {
            const ht_block *block = &p->block[s->first_block + b];
            fill_node(r, node, block->place, block->start, block->end - block->start, i);
            join(r, before, node);
            before = node;
        }
        join(r, before, last);
        for (int32_t n = first; n != last; n = r->next[n])
            r->base_travel[i] += ht_routes_leg(r, i, n, r->next[n]);
        r->closed[i] = !place_break(r, i);
        r->empty_break[i] = r->break_after[i];
    }
}

void ht_routes_set_weights(ht_routes *r, const ht_weights *weights) {
    const ht_problem *p = r->problem;
    r->weights = weights;
    for (int32_t v = 0; v < p->visits; v++)
        r->late_cost[p->visit[v].first_task] = weights->component[HT_C_LATE];
    for (int32_t s = 0; s < p->shifts; s++)
        r->late_cost[ht_routes_last(r, s)] = weights->component[HT_C_OVERTIME];
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
    fill_shifts(r);
    for (int32_t v = 0; v < problem->visits; v++) {
        r->absent[r->absents++] = v;
        r->component[HT_C_UNPLANNED] += (int64_t)problem->visit[v].weight * problem->visit[v].need;
    }
    r->cost = r->component[HT_C_UNPLANNED] * weights->component[HT_C_UNPLANNED];
    ht_routes_begin(r);
    return r;
}

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
           r->weights->component[HT_C_WISHES] * r->problem->wishes_unmet[pair];
}

/* Counts one visit more (change 1) or less (-1) of a person, points and wishes included. */
static void count_meeting(ht_routes *r, int32_t visit, int32_t staff, int32_t change) {
    const ht_visit *v = &r->problem->visit[visit];
    size_t pair = (size_t)v->client * (size_t)r->problem->staff + (size_t)staff;
    r->component[HT_C_WISHES] += change * r->problem->wishes_unmet[pair];
    if (!v->counts)
        return;
    bool new_face = !r->problem->seen[pair];
    if (change > 0) {
        r->component[HT_C_CONTINUITY] += points(r, v, staff, r->meetings[pair], r->faces[v->client]);
        r->faces[v->client] += new_face && r->meetings[pair] == 0;
        r->meetings[pair]++;
    } else {
        r->meetings[pair]--;
        r->faces[v->client] -= new_face && r->meetings[pair] == 0;
        r->component[HT_C_CONTINUITY] -= points(r, v, staff, r->meetings[pair], r->faces[v->client]);
    }
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
    r->journal_length += JOURNAL_FIELDS;
}

static const int32_t *restore_node(ht_routes *r, const int32_t *at) {
    int32_t n = at[0];
    r->ready[n] = at[1];
    r->start[n] = at[2];
    r->latest[n] = at[3];
    r->calm[n] = at[4];
    r->own_latest[n] = at[5];
    r->own_calm[n] = at[6];
    return at + JOURNAL_FIELDS;
}

static void touch(ht_routes *r, int32_t shift) {
    if (r->is_touched[shift])
        return;
    r->is_touched[shift] = 1;
    r->touched[r->touches++] = shift;
    r->journal[r->journal_length++] = r->break_after[shift];
    r->journal[r->journal_length++] = r->stops[shift];
    for (int32_t n = ht_routes_first(r, shift); n >= 0; n = r->next[n])
        save_node(r, n);
    r->journal[r->journal_length++] = -1;
    r->journal_travel[shift] = r->travel[shift];
    r->journal_late[shift] = r->late[shift];
    r->journal_overtime[shift] = r->overtime[shift];
}

static void enqueue(ht_route_queue *queue, int32_t shift) {
    if (queue->holds[shift])
        return;
    queue->holds[shift] = 1;
    int32_t at = queue->head + queue->count++;
    queue->item[at < queue->size ? at : at - queue->size] = shift;
}

static int32_t dequeue(ht_route_queue *queue) {
    int32_t shift = queue->item[queue->head];
    queue->head = queue->head + 1 < queue->size ? queue->head + 1 : 0;
    queue->count--;
    queue->holds[shift] = 0;
    return shift;
}

static void empty_queues(ht_routes *r) {
    while (r->forward.count > 0)
        dequeue(&r->forward);
    while (r->backward.count > 0)
        dequeue(&r->backward);
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

/* Takes the tasks of a route off their counts and lists. */
static void empty_route(ht_routes *r, int32_t shift) {
    for (int32_t n = ht_routes_first(r, shift); n >= 0;) {
        int32_t after = r->next[n];
        if (n < r->problem->tasks) {
            count_meeting(r, r->problem->visit_of_task[n], r->problem->shift[shift].staff, -1);
            r->shift[n] = HT_NOBODY;
            r->prev[n] = r->next[n] = -1;
        }
        n = after;
    }
}

static const int32_t *restore_route(ht_routes *r, int32_t shift, const int32_t *at) {
    r->break_after[shift] = *at++;
    r->stops[shift] = *at++;
    r->travel[shift] = r->journal_travel[shift];
    r->late[shift] = r->journal_late[shift];
    r->overtime[shift] = r->journal_overtime[shift];
    int32_t before = -1;
    for (; *at >= 0; at = restore_node(r, at)) {
        int32_t n = *at;
        if (before >= 0)
            join(r, before, n);
        before = n;
        if (n >= r->problem->tasks)
            continue;
        r->shift[n] = shift;
        count_meeting(r, r->problem->visit_of_task[n], r->problem->shift[shift].staff, 1);
    }
    return at + 1;
}

void ht_routes_rollback(ht_routes *r) {
    empty_queues(r);
    for (int32_t i = 0; i < r->touches; i++)
        empty_route(r, r->touched[i]);
    const int32_t *at = r->journal;
    for (int32_t i = 0; i < r->touches; i++)
        at = restore_route(r, r->touched[i], at);
    r->cost = r->journal_cost;
    memcpy(r->component, r->journal_component, sizeof r->component);
    memcpy(r->absent, r->journal_absent, (size_t)r->journal_absents * sizeof r->absent[0]);
    r->absents = r->journal_absents;
    ht_routes_begin(r);
}

/* ---- changing ---- */

static ht_cost soft_cost(const ht_routes *r) {
    const ht_cost *w = r->weights->component;
    return w[HT_C_UNPLANNED] * r->component[HT_C_UNPLANNED] + w[HT_C_CONTINUITY] * r->component[HT_C_CONTINUITY] +
           w[HT_C_WISHES] * r->component[HT_C_WISHES];
}

void ht_routes_link(ht_routes *r, int32_t task, int32_t shift, int32_t after, int32_t break_after) {
    assert(r->shift[task] == HT_NOBODY && r->next[after] >= 0);
    touch(r, shift);
    enqueue(&r->forward, shift);
    ht_cost before = soft_cost(r);
    int32_t follower = r->next[after];
    join(r, after, task);
    join(r, task, follower);
    r->shift[task] = shift;
    r->stops[shift]++;
    r->break_after[shift] = break_after;
    count_meeting(r, r->problem->visit_of_task[task], r->problem->shift[shift].staff, 1);
    r->cost += soft_cost(r) - before;
}

void ht_routes_set_break(ht_routes *r, int32_t shift, int32_t break_after) {
    if (r->break_after[shift] == break_after)
        return;
    touch(r, shift);
    enqueue(&r->forward, shift);
    r->break_after[shift] = break_after;
}

static void unlink_task(ht_routes *r, int32_t task) {
    int32_t shift = r->shift[task];
    touch(r, shift);
    enqueue(&r->forward, shift);
    if (r->break_after[shift] == task)
        r->break_after[shift] = r->prev[task];
    join(r, r->prev[task], r->next[task]);
    r->prev[task] = r->next[task] = -1;
    r->shift[task] = HT_NOBODY;
    if (--r->stops[shift] == 0)
        r->break_after[shift] = r->empty_break[shift];
    count_meeting(r, r->problem->visit_of_task[task], r->problem->shift[shift].staff, -1);
}

void ht_routes_unlink_visit(ht_routes *r, int32_t visit) {
    const ht_visit *v = &r->problem->visit[visit];
    ht_cost before = soft_cost(r);
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

/* ---- times ---- */

static bool is_planned(const ht_routes *r, int32_t visit) {
    return r->shift[r->problem->visit[visit].first_task] != HT_NOBODY;
}

/* Start of a planned visit: all its staff there, links kept. */
static int32_t visit_start(const ht_routes *r, int32_t visit) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    int32_t start = v->earliest;
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY)
            start = max32(start, r->ready[v->first_task + i]);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        int32_t other = link->before == visit ? link->after : link->before;
        if (!is_planned(r, other))
            continue;
        int32_t at = r->start[p->visit[other].first_task];
        if (link->after == visit)
            start = max32(start, at + p->visit[other].service + link->gap_min);
        else if (link->gap_max < HT_NEVER)
            start = max32(start, at - link->gap_max - v->service);
    }
    return start;
}

/* Last start (of kind latest or calm, as the array says) that the visit's staff and links allow. */
static int32_t visit_latest(const ht_routes *r, int32_t visit, const int32_t *own, const int32_t *all) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    int32_t latest = HT_NEVER;
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY)
            latest = min32(latest, own[v->first_task + i]);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        int32_t other = link->before == visit ? link->after : link->before;
        if (!is_planned(r, other))
            continue;
        int32_t at = all[p->visit[other].first_task];
        if (link->before == visit)
            latest = min32(latest, at - link->gap_min - v->service);
        else if (link->gap_max < HT_NEVER)
            latest = min32(latest, at + p->visit[other].service + link->gap_max);
    }
    return latest;
}

static void enqueue_visit(ht_routes *r, int32_t visit, ht_route_queue *queue) {
    const ht_visit *v = &r->problem->visit[visit];
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY)
            enqueue(queue, r->shift[v->first_task + i]);
}

/* Routes whose times depend on the start of a coupled visit. */
static void enqueue_tied(ht_routes *r, int32_t visit, ht_route_queue *queue) {
    enqueue_visit(r, visit, queue);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        const ht_link *link = &r->problem->link[r->link_of[i]];
        enqueue_visit(r, link->before == visit ? link->after : link->before, queue);
    }
}

static void set_visit(ht_routes *r, int32_t visit, int32_t *array, int32_t value) {
    const ht_visit *v = &r->problem->visit[visit];
    for (int32_t i = 0; i < v->need; i++)
        if (r->shift[v->first_task + i] != HT_NOBODY) {
            touch(r, r->shift[v->first_task + i]);
            array[v->first_task + i] = value;
        }
}

/* When node's follower can be ready, the break of the shift being taken where it lies. */
static int32_t ready_at(const ht_routes *r, int32_t shift, int32_t node, int32_t follower) {
    int32_t leave = r->start[node] + r->service[node], travel = ht_routes_leg(r, shift, node, follower);
    int32_t there = r->break_after[shift] == node ? ht_routes_after_break(&r->problem->shift[shift], leave, travel)
                                                  : leave + travel;
    return max32(there, r->earliest[follower]);
}

/* The start of a planned coupled visit whose task is ready; routes it is tied to come on the queue where it has
 * changed. */
static int32_t start_coupled(ht_routes *r, int32_t task) {
    int32_t visit = r->problem->visit_of_task[task], start = visit_start(r, visit);
    if (start != r->start[task] && start <= r->limit[task]) {
        set_visit(r, visit, r->start, start);
        enqueue_tied(r, visit, &r->forward);
    }
    return start;
}

/* The task at or before a node, else the next one; -1 where the route has none. */
static int32_t task_near(const ht_routes *r, int32_t node) {
    for (int32_t n = node; n >= 0; n = r->prev[n])
        if (n < r->problem->tasks)
            return n;
    for (int32_t n = node; n >= 0; n = r->next[n])
        if (n < r->problem->tasks)
            return n;
    return -1;
}

/* Earliest times along one route; false where a stop would start after its limit. */
static bool walk_forward(ht_routes *r, int32_t shift, int32_t *culprit) {
    int32_t n = ht_routes_first(r, shift);
    r->ready[n] = r->start[n] = r->earliest[n];
    for (int32_t follower = r->next[n]; follower >= 0; n = follower, follower = r->next[n]) {
        int32_t start = r->ready[follower] = ready_at(r, shift, n, follower);
        if (r->coupled[follower])
            start = start_coupled(r, follower);
        r->start[follower] = start;
        if (start > r->limit[follower]) {
            *culprit = task_near(r, follower);
            return false;
        }
    }
    return true;
}

/* Last leave of a node so that its follower starts at `latest` or before; below any time where that cannot be. */
static int32_t leave_by(const ht_routes *r, int32_t shift, int32_t node, int32_t latest) {
    int32_t travel = ht_routes_leg(r, shift, node, r->next[node]);
    if (r->break_after[shift] != node)
        return latest - travel;
    const ht_shift *s = &r->problem->shift[shift];
    if (s->break_earliest + s->break_length > latest)
        return -HT_NEVER;
    return min32(s->break_latest, latest - s->break_length - travel);
}

static void slack_of_coupled(ht_routes *r, int32_t n) {
    int32_t visit = r->problem->visit_of_task[n];
    int32_t latest = visit_latest(r, visit, r->own_latest, r->latest);
    int32_t calm = visit_latest(r, visit, r->own_calm, r->calm);
    if (latest == r->latest[n] && calm == r->calm[n])
        return;
    set_visit(r, visit, r->latest, latest);
    set_visit(r, visit, r->calm, calm);
    enqueue_tied(r, visit, &r->backward);
}

static void set_total(ht_routes *r, ht_component component, int64_t *of_route, int64_t value) {
    r->component[component] += value - *of_route;
    r->cost += r->weights->component[component] * (value - *of_route);
    *of_route = value;
}

/* An unused shift costs nothing. */
static void set_route_totals(ht_routes *r, int32_t shift, int64_t travel, int64_t late) {
    bool used = r->stops[shift] > 0;
    int64_t overtime = max32(0, r->start[ht_routes_last(r, shift)] - r->problem->shift[shift].end);
    set_total(r, HT_C_TRAVEL, &r->travel[shift], used ? travel : 0);
    set_total(r, HT_C_LATE, &r->late[shift], used ? late : 0);
    set_total(r, HT_C_OVERTIME, &r->overtime[shift], used ? overtime : 0);
}

/* Slack, travel and lateness of one route, from its end. */
static void walk_backward(ht_routes *r, int32_t shift) {
    int64_t travel = 0, late = 0;
    int32_t latest = HT_NEVER, calm = HT_NEVER;
    for (int32_t n = ht_routes_last(r, shift); n >= 0; n = r->prev[n]) {
        if (r->next[n] >= 0) {
            travel += ht_routes_leg(r, shift, n, r->next[n]);
            latest = leave_by(r, shift, n, latest) - r->service[n];
            calm = leave_by(r, shift, n, calm) - r->service[n];
        }
        latest = min32(latest, r->limit[n]);
        if (r->late_cost[n] >= 0) {
            calm = min32(calm, max32(r->due[n], r->start[n]));
            if (n < r->problem->tasks && r->start[n] > r->due[n])
                late += r->start[n] - r->due[n];
        }
        calm = min32(calm, latest);
        r->own_latest[n] = latest;
        r->own_calm[n] = calm;
        if (r->coupled[n]) {
            slack_of_coupled(r, n);
            latest = r->latest[n];
            calm = r->calm[n];
        } else {
            r->latest[n] = latest;
            r->calm[n] = calm;
        }
    }
    set_route_totals(r, shift, travel, late);
}

/* A route that holds no visit: used while a plan is made. */
static bool retime_route(ht_routes *r, int32_t shift, int32_t *culprit) {
    if (!walk_forward(r, shift, culprit))
        return false;
    walk_backward(r, shift);
    return true;
}

/* With a bounded gap, a start may have been pushed by a stop that is gone: begin again from the earliest. */
static void forget_coupled(ht_routes *r) {
    for (int32_t t = 0; t < r->problem->tasks; t++) {
        if (!r->coupled[t] || r->shift[t] == HT_NOBODY)
            continue;
        touch(r, r->shift[t]);
        r->start[t] = r->ready[t] = r->earliest[t];
        r->latest[t] = r->own_latest[t] = r->calm[t] = r->own_calm[t] = r->limit[t];
        enqueue(&r->forward, r->shift[t]);
    }
}

bool ht_routes_retime(ht_routes *r, int32_t *culprit) {
    if (r->gaps_bounded)
        forget_coupled(r);
    while (r->forward.count > 0) {
        int32_t shift = dequeue(&r->forward);
        touch(r, shift);
        enqueue(&r->backward, shift);
        if (!walk_forward(r, shift, culprit)) {
            enqueue(&r->forward, shift);
            return false;
        }
    }
    while (r->backward.count > 0) {
        int32_t shift = dequeue(&r->backward);
        touch(r, shift);
        walk_backward(r, shift);
    }
    return true;
}
