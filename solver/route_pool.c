#include "solver/route_pool.h"

#include "base/hash.h"
#include "base/numbers.h"

bool ht_route_pool_init(ht_route_pool *pool, int32_t room, const ht_allocator *allocator) {
    memset(pool, 0, sizeof *pool);
    ht_array_init(&pool->routes, sizeof(ht_pool_route), allocator);
    ht_array_init(&pool->stops, sizeof(ht_pool_stop), allocator);
    pool->room = room;
    pool->slots = 1;
    while (pool->slots < 2 * room)
        pool->slots *= 2;
    pool->slot = allocator->resize(allocator->context, NULL, (size_t)pool->slots * sizeof(int32_t));
    if (pool->slot)
        memset(pool->slot, -1, (size_t)pool->slots * sizeof(int32_t));
    return pool->slot != NULL;
}

void ht_route_pool_release(ht_route_pool *pool) {
    if (pool->slot)
        pool->routes.allocator->release(pool->routes.allocator->context, pool->slot);
    ht_array_release(&pool->routes);
    ht_array_release(&pool->stops);
}

/* Of the class of the shift, the order of stops, their starts where other routes depend on them, and the place of the
 * break. */
static uint64_t hash_route(const ht_routes *r, int32_t shift, int32_t *break_at) {
    uint64_t hash = ht_hash_add(0, r->classes.of_shift[shift]);
    int32_t nodes = 0;
    *break_at = -1;
    for (int32_t n = ht_routes_first(r, shift); n >= 0; n = r->next[n], nodes++) {
        hash = ht_hash_add(hash, n < r->problem->tasks ? n : -1);
        if (r->coupled[n])
            hash = ht_hash_add(hash, r->start[n]);
        if (r->break_after[shift] == n)
            *break_at = nodes;
    }
    return ht_hash_add(hash, *break_at);
}

/* The slot of the hash: of the route that has it, or a free one. */
static int32_t find(const ht_route_pool *pool, uint64_t hash) {
    int32_t at = (int32_t)(hash & (uint64_t)(pool->slots - 1));
    const ht_pool_route *route = pool->routes.items;
    while (pool->slot[at] >= 0 && route[pool->slot[at]].hash != hash)
        at = (at + 1) & (pool->slots - 1);
    return at;
}

/* Makes room for `wanted` routes: the newest half stays, or as many as there is room for. */
static void forget_oldest(ht_route_pool *pool, int32_t wanted) {
    int32_t kept = ht_min32(pool->routes.count / 2, ht_max32(0, pool->room - wanted));
    ht_pool_route *route = pool->routes.items;
    ht_pool_stop *stop = pool->stops.items;
    int32_t gone = pool->routes.count - kept, stops_gone = kept > 0 ? route[gone].first : pool->stops.count;
    int32_t stops_kept = pool->stops.count - stops_gone;
    memset(pool->slot, -1, (size_t)pool->slots * sizeof(int32_t));
    for (int32_t i = 0; i < stops_kept; i++)
        stop[i] = stop[stops_gone + i];
    for (int32_t i = 0; i < kept; i++) {
        route[i] = route[gone + i];
        route[i].first -= stops_gone;
        pool->slot[find(pool, route[i].hash)] = i;
    }
    ht_array_shrink(&pool->routes, kept);
    ht_array_shrink(&pool->stops, stops_kept);
}

static bool add_stops(ht_route_pool *pool, const ht_routes *r, int32_t shift) {
    for (int32_t n = ht_routes_first(r, shift); n >= 0; n = r->next[n]) {
        if (n >= r->problem->tasks)
            continue;
        ht_pool_stop *stop = ht_array_push(&pool->stops);
        if (!stop)
            return false;
        *stop = (ht_pool_stop){n, r->start[n]};
    }
    return true;
}

static void add_route(ht_route_pool *pool, const ht_routes *r, int32_t shift) {
    int32_t break_at, first = pool->stops.count;
    uint64_t hash = hash_route(r, shift, &break_at);
    int32_t slot = find(pool, hash);
    if (pool->slot[slot] >= 0)
        return;
    if (!add_stops(pool, r, shift)) {
        ht_array_shrink(&pool->stops, first);
        return;
    }
    ht_pool_route *route = ht_array_push(&pool->routes);
    if (!route) {
        ht_array_shrink(&pool->stops, first);
        return;
    }
    *route = (ht_pool_route){.hash = hash,
                             .shift = shift,
                             .first = first,
                             .stops = pool->stops.count - first,
                             .break_at = break_at,
                             .travel = r->travel[shift],
                             .overtime = r->overtime[shift],
                             .whole = r->whole[shift],
                             .moved = r->moved ? r->moved[shift] : 0};
    pool->slot[slot] = pool->routes.count - 1;
}

void ht_route_pool_add(ht_route_pool *pool, const ht_routes *r) {
    if (pool->routes.count + r->problem->shifts > pool->room)
        forget_oldest(pool, r->problem->shifts);
    for (int32_t s = 0; s < r->problem->shifts; s++)
        if (r->stops[s] > 0)
            add_route(pool, r, s);
}

int32_t ht_route_pool_find(const ht_route_pool *pool, const ht_routes *r, int32_t shift) {
    int32_t break_at;
    return pool->slot[find(pool, hash_route(r, shift, &break_at))];
}
