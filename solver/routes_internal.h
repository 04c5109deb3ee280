/* solver/routes_internal.h: what the files of solver/routes.h share.
 */
#ifndef HT_SOLVER_ROUTES_INTERNAL_H
#define HT_SOLVER_ROUTES_INTERNAL_H

#include "solver/routes.h"

/* node, ready, start, latest, calm, own_latest, own_calm; where moved starts are weighed planned, planned_ready too */
enum { HT_JOURNAL_FIELDS = 7, HT_JOURNAL_FIELDS_PLANNED = 9 };

/* Keeps the route as it is in the journal, before its first change since ht_routes_begin(). */
void ht_routes_touch(ht_routes *r, int32_t shift);

/* Gives the planned starts arrays of their own, so that they may differ from the earliest. False when memory is out. */
bool ht_routes_plan_apart(ht_routes *r, ht_arena *arena);

/* The routes of a visit, planned or not, are out of date from its tasks on. */
void ht_routes_queue_visit(ht_routes *r, int32_t visit, ht_route_queue *queue);
/* Queues the routes whose starts or slack depend on those of a coupled visit, its own among them. */
void ht_routes_queue_tied(ht_routes *r, int32_t visit);

/* Start of a planned visit's first task: nobody has to wait longer than its lag allows, links kept; the earliest times or
 * the planned ones, as the arrays say. */
int32_t ht_routes_visit_start(const ht_routes *r, int32_t visit, const int32_t *ready_of, const int32_t *start_of);
/* Start of a task whose visit's first one starts at `first`. */
int32_t ht_routes_task_start(const ht_routes *r, int32_t task, int32_t first, const int32_t *ready_of);
/* When node's follower can be ready, the break of the shift being taken where it lies. */
int32_t ht_routes_ready_at(const ht_routes *r, const int32_t *start_of, int32_t shift, int32_t node, int32_t follower);
void ht_routes_set_overtime(ht_routes *r, int32_t shift);

/* What the route of a node says to its last starts. */
void ht_routes_own_slack(const ht_routes *r, int32_t shift, int32_t node, int32_t *own_latest, int32_t *own_calm);
/* Last start of the visit's first task (of kind latest or calm, as the arrays say) that the visit's staff and links allow.
 */
int32_t ht_routes_visit_latest(const ht_routes *r, int32_t visit, const int32_t *own, const int32_t *all);
/* Last start of a task of a visit whose first task's is `first`. */
int32_t ht_routes_task_latest(const ht_routes *r, int32_t task, int32_t first, const int32_t *own);
/* The task at or before a node, else the next one; -1 where the route has none. */
int32_t ht_routes_task_near(const ht_routes *r, int32_t node);

/* Room for ht_routes_sweep(). NULL when memory is out. */
struct ht_sweep *ht_routes_make_sweep(const ht_routes *r, ht_arena *arena);
/* Times all routes from nothing, each stop once in an order that routes and shared visits allow; where these go round in
 * a circle the forward queue holds what is not settled yet. False where a hard rule breaks. */
bool ht_routes_sweep(ht_routes *r, int32_t *culprit);
/* The slack of all routes, after ht_routes_sweep() and what it left for the queue; the backward queue holds what is not
 * settled yet. */
void ht_routes_sweep_back(ht_routes *r);

/* Of a task: its lateness counts. */
static inline void ht_routes_change_late(ht_routes *r, int32_t task, int32_t from, int32_t to) {
    int32_t due = r->due[task], shift = r->shift[task];
    int64_t more = (to > due ? to - due : 0) - (from > due ? from - due : 0);
    if (more == 0)
        return;
    r->late[shift] += more;
    r->late_changed[shift] = 1;
    r->component[HT_C_LATE] += more;
    r->cost += r->weights->component[HT_C_LATE] * more;
}

static inline void ht_routes_set_start(ht_routes *r, int32_t node, int32_t start) {
    if (node < r->problem->tasks && r->late_cost[node] >= 0)
        ht_routes_change_late(r, node, r->start[node], start);
    r->start[node] = start;
}

/* Times and slack of a route without coupled visits; false where a stop would start after its limit. */
bool ht_routes_retime_alone(ht_routes *r, int32_t shift, int32_t *culprit);

/* Sets what a component comes to on one route. */
static inline void ht_routes_set_total(ht_routes *r, ht_component component, int64_t *of_route, int64_t value) {
    r->component[component] += value - *of_route;
    r->cost += r->weights->component[component] * (value - *of_route);
    *of_route = value;
}

/* Sets what a route comes to whose earliest starts are right; only where whole shifts count. So are those below. */
void ht_routes_count_work(ht_routes *r, int32_t shift);
/* Sets the waiting of a route by its planned starts. */
void ht_routes_count_waiting(ht_routes *r, int32_t shift);
/* Finds the shift of the largest idle time. */
void ht_routes_find_idlest(ht_routes *r);
/* Sets the components that are the largest of all routes. */
void ht_routes_set_largest(ht_routes *r);

static inline void ht_routes_join(ht_routes *r, int32_t shift, int32_t before, int32_t after) {
    r->next[before] = after;
    r->prev[after] = before;
    r->leg[before] = ht_routes_leg(r, shift, before, after);
}

static inline void ht_route_queue_push(ht_route_queue *queue, int32_t shift, int32_t from, int32_t until) {
    if (queue->holds[shift]) {
        if (queue->from[shift] != from || queue->until[shift] != until)
            queue->from[shift] = queue->until[shift] = HT_WHOLE_ROUTE;
        return;
    }
    queue->holds[shift] = 1;
    queue->from[shift] = from;
    queue->until[shift] = until;
    int32_t at = queue->head + queue->count++;
    queue->item[at < queue->size ? at : at - queue->size] = shift;
}

static inline int32_t ht_route_queue_pop(ht_route_queue *queue) {
    int32_t shift = queue->item[queue->head];
    queue->head = queue->head + 1 < queue->size ? queue->head + 1 : 0;
    queue->count--;
    queue->holds[shift] = 0;
    return shift;
}

#endif
