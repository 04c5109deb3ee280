/* model/vrptw.h: a published instance of the vehicle routing problem with time windows, and what a solution costs.
 *
 * Units:     demands as given; times, distances and costs in tenths of the set's unit: each distance is cut to one
 *            decimal, the convention of the DIMACS challenge and CVRPLIB.
 * Ownership: an instance owns its arena; ht_vrptw_release() ends it.
 * Errors:    broken rules are no errors: they are counted, and the first is told.
 * Source:    Solomon (1987), Operations Research 35:254-265; Gehring, Homberger (1999); 12th DIMACS Implementation
 *            Challenge (2022), VRPTW track.
 */
#ifndef HT_MODEL_VRPTW_H
#define HT_MODEL_VRPTW_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { HT_VRPTW_SCALE = 10 };

typedef struct ht_vrptw_place {
    int32_t x, y, demand, ready, due, service; /* ready, due, service in tenths */
} ht_vrptw_place;

typedef struct ht_vrptw {
    ht_arena arena;
    char name[32];
    int32_t vehicles, capacity;
    int32_t places; /* the depot is 0 */
    const ht_vrptw_place *place;
} ht_vrptw;

/* Tenths, cut. */
int32_t ht_vrptw_distance(const ht_vrptw *instance, int32_t from, int32_t to);
void ht_vrptw_release(ht_vrptw *instance);

/* Customers route by route: those of route i are stop[first[i]] .. stop[first[i + 1] - 1]. */
typedef struct ht_vrptw_solution {
    int32_t routes;
    const int32_t *first; /* routes + 1 */
    const int32_t *stop;
} ht_vrptw_solution;

typedef struct ht_vrptw_cost {
    int64_t distance; /* tenths */
    int32_t broken;
    char first[160];
} ht_vrptw_cost;

ht_status ht_vrptw_evaluate(const ht_vrptw *instance, const ht_vrptw_solution *solution, ht_vrptw_cost *cost,
                            ht_err *err);

#endif
