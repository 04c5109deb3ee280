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

/* Queues the routes whose times depend on the start of a coupled visit. */
void ht_routes_queue_tied(ht_routes *r, int32_t visit, ht_route_queue *queue);

/* Times and slack of a route without coupled visits; false where a stop would start after its limit. */
bool ht_routes_retime_alone(ht_routes *r, int32_t shift, int32_t *culprit);

static inline void ht_routes_join(ht_routes *r, int32_t shift, int32_t before, int32_t after) {
    r->next[before] = after;
    r->prev[after] = before;
    r->leg[before] = ht_routes_leg(r, shift, before, after);
}

static inline void ht_route_queue_push(ht_route_queue *queue, int32_t shift) {
    if (queue->holds[shift])
        return;
    queue->holds[shift] = 1;
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
