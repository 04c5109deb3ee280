/* solver/route_pool.h: routes that a search has found, each once, for set partitioning. What shifts that are alike drive
 * is one route.
 *
 * Ownership: the pool owns its routes.
 * Threads:   one at a time; each stream has its own.
 * Cost:      O(stops) to add. When it is full, the older half goes.
 * Source:    Rochat and Taillard (1995), Journal of Heuristics 1:147-167.
 */
#ifndef HT_SOLVER_ROUTE_POOL_H
#define HT_SOLVER_ROUTE_POOL_H

#include "base/array.h"
#include "solver/routes.h"

typedef struct ht_pool_route {
    uint64_t hash;
    int32_t shift;        /* on which it was found: any of its class can drive it */
    int32_t first, stops; /* its tasks and their starts: ht_route_pool.stop[first .. first + stops) */
    int32_t break_at;     /* how many of its nodes (tasks and blocks) come before the break; -1 no break */
    int64_t travel, overtime;
    ht_whole whole; /* as it was planned when it was found, as moved */
    int64_t moved;  /* starts moved from the usual, as it was planned when it was found */
} ht_pool_route;

typedef struct ht_pool_stop {
    int32_t task, start;
} ht_pool_stop;

typedef struct ht_route_pool {
    ht_array routes; /* of ht_pool_route */
    ht_array stops;  /* of ht_pool_stop */
    int32_t *slot;   /* hash table of routes, -1 free */
    int32_t slots, room;
} ht_route_pool;

/* False when memory is out. */
bool ht_route_pool_init(ht_route_pool *pool, int32_t room, const ht_allocator *allocator);
void ht_route_pool_release(ht_route_pool *pool);

/* Adds all used routes of the plan. A full pool forgets its older half first; where memory is out it keeps what it has. */
void ht_route_pool_add(ht_route_pool *pool, const ht_routes *r);

/* Where the route of the shift is in the pool; -1 where it is not. */
int32_t ht_route_pool_find(const ht_route_pool *pool, const ht_routes *r, int32_t shift);

#endif
