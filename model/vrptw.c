#include "model/vrptw.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>

#include "base/words.h"

void ht_vrptw_release(ht_vrptw *instance) {
    ht_arena_release(&instance->arena);
}

/* The largest whole number whose square is at most value (below 2^53); the root of a double may be off by one. */
static int64_t whole_root(int64_t value) {
    int64_t root = (int64_t)sqrt((double)value);
    while (root * root > value)
        root--;
    while ((root + 1) * (root + 1) <= value)
        root++;
    return root;
}

int32_t ht_vrptw_distance(const ht_vrptw *instance, int32_t from, int32_t to) {
    int64_t x = (int64_t)instance->place[from].x - instance->place[to].x;
    int64_t y = (int64_t)instance->place[from].y - instance->place[to].y;
    return (int32_t)whole_root((x * x + y * y) * HT_VRPTW_SCALE * HT_VRPTW_SCALE);
}

static void broken(ht_vrptw_cost *cost, const char *format, ...) HT_PRINTF(2, 3);

static void broken(ht_vrptw_cost *cost, const char *format, ...) {
    if (cost->broken++ > 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cost->first, sizeof cost->first, format, arguments);
    va_end(arguments);
}

/* A vehicle leaves as early as it can: waiting costs nothing. */
static void drive(const ht_vrptw *v, const int32_t *stop, int32_t stops, bool *seen, ht_vrptw_cost *cost) {
    int64_t time = v->place[0].ready, load = 0;
    int32_t at = 0;
    for (int32_t i = 0; i <= stops; i++) {
        int32_t next = i < stops ? stop[i] : 0;
        int32_t leg = ht_vrptw_distance(v, at, next);
        time += v->place[at].service + leg;
        time = time > v->place[next].ready ? time : v->place[next].ready;
        cost->distance += leg;
        load += v->place[next].demand;
        if (time > v->place[next].due)
            broken(cost, _("customer %d is reached after its time window"), (int)next);
        if (next > 0 && seen[next])
            broken(cost, _("customer %d is served twice"), (int)next);
        seen[next] = true;
        at = next;
    }
    if (load > v->capacity)
        broken(cost, _("the load of a route exceeds the capacity: %lld"), (long long)load);
}

ht_status ht_vrptw_evaluate(const ht_vrptw *instance, const ht_vrptw_solution *solution, ht_vrptw_cost *cost,
                            ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    bool *seen = HT_ARENA_NEW(&arena, instance->places, bool);
    *cost = (ht_vrptw_cost){.distance = 0};
    int32_t used = 0;
    for (int32_t i = 0; seen != NULL && i < solution->routes; i++) {
        int32_t stops = solution->first[i + 1] - solution->first[i];
        used += stops > 0;
        if (stops > 0)
            drive(instance, &solution->stop[solution->first[i]], stops, seen, cost);
    }
    for (int32_t i = 1; seen != NULL && i < instance->places; i++)
        if (!seen[i])
            broken(cost, _("customer %d is not served"), (int)i);
    if (used > instance->vehicles)
        broken(cost, _("there are more routes than vehicles"));
    ht_status status = seen != NULL ? HT_OK : ht_fail_memory(err);
    ht_arena_release(&arena);
    return status;
}
