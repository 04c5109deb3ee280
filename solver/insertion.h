/* solver/insertion.h: finds the cheapest place for a visit in the routes as they stand, and puts it there.
 *
 * A visit of one person looks at the legs of every route that can take it; of one of several persons the places of each
 * are joined. What a place costs at least comes from slack; in the order of that, places are weighed exactly, delays
 * followed to their ends (solver/delays.h), until none can beat the best. A task of two windows has places in both.
 *
 * Source:  greedy insertion with blinks: Christiaens and Vanden Berghe (2020), Transportation Science 54(2):417-433,
 *          section 4.4.
 * Differs: of the joint places of several persons only the most promising are weighed exactly.
 */
#ifndef HT_SOLVER_INSERTION_H
#define HT_SOLVER_INSERTION_H

#include "solver/delays.h"
#include "solver/scan.h"

typedef struct ht_insertion {
    ht_cost cost;
    ht_position at[HT_NEED_MAX];
} ht_insertion;

/* Which classes of shifts can ever take which visit, whatever the plan. */
typedef struct ht_takers {
    int32_t *first_class; /* those of visit v: class_of[first_class[v] .. first_class[v + 1]) */
    int32_t *class_of;
    int32_t *shifts; /* of each visit: how many they have between them */
} ht_takers;

/* Of the visits that are absent from routes. False when memory is out. */
bool ht_takers_init(ht_takers *takers, const ht_routes *routes, ht_arena *arena);

/* Positions of one task, those that cost least first as far as they have been asked for. */
typedef struct ht_position_list {
    ht_position *at;
    struct ht_ranked {
        ht_cost least;
        int32_t at;
    } * order; /* of `ranked` positions: those asked for sorted, then a heap of the rest from the end on */
    int32_t count, ranked, sorted;
} ht_position_list;

typedef struct ht_inserter {
    ht_routes *routes;
    const ht_takers *takers;
    ht_scanner scanner;
    ht_delays delays;
    int32_t *shift;                     /* that are looked at for a visit */
    ht_position_list list[HT_NEED_MAX]; /* of each task of the visit */
} ht_inserter;

/* Borrows all it is given. False when memory is out. */
bool ht_inserter_init(ht_inserter *inserter, ht_routes *routes, const ht_takers *takers, ht_rng *rng, double blink,
                      ht_arena *arena);

/* The cheapest insertion of an absent visit; false where none costs less than the bound. */
bool ht_insertion_find(ht_inserter *inserter, int32_t visit, ht_cost bound, ht_insertion *best);

/* Puts the visit there and retimes; false (and the plan as it was) where a tie between routes does not allow it. */
bool ht_insertion_apply(ht_routes *routes, int32_t visit, const ht_insertion *insertion);

#endif
