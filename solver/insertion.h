/* solver/insertion.h: finds the cheapest place for a visit in the routes as they stand, and puts it there.
 *
 * A visit of one person looks at the legs of every route that can take it; one of several persons joins the cheapest
 * places of each; the cost of delays further on is exact along the route, and seen through shared visits where it
 * matters.
 *
 * Source: greedy insertion with blinks: Christiaens and Vanden Berghe (2020), Transportation Science 54(2):417-433,
 *         section 4.4.
 */
#ifndef HT_SOLVER_INSERTION_H
#define HT_SOLVER_INSERTION_H

#include "base/rng.h"
#include "solver/routes.h"

/* One leg of one route that can take a task. */
typedef struct ht_position {
    int32_t shift, after, break_after;
    int32_t start;        /* earliest start there */
    int32_t latest, calm; /* last start that keeps the hard rules; that costs nothing further on */
    ht_cost cost;         /* travel and who; lateness not included */
    ht_cost least;        /* no more than it costs, lateness included */
} ht_position;

typedef struct ht_insertion {
    ht_cost cost;
    ht_position at[HT_NEED_MAX];
} ht_insertion;

/* Which shifts can ever take which visit, whatever the plan. */
typedef struct ht_takers {
    int32_t *first_shift; /* those of visit v: shift_of[first_shift[v] .. first_shift[v + 1]) */
    int32_t *shift_of;
} ht_takers;

/* Of the visits that are absent from routes. False when memory is out. */
bool ht_takers_init(ht_takers *takers, const ht_routes *routes, ht_arena *arena);

typedef struct ht_inserter {
    ht_routes *routes;
    const ht_takers *takers;
    ht_rng *rng;
    double blink;                   /* probability that a position is passed over */
    int32_t blink_in;               /* positions until the next blink */
    ht_position *list[HT_NEED_MAX]; /* positions of each task of a visit of several */
    int32_t listed[HT_NEED_MAX], room;
    int64_t evaluations; /* places for a task whose cost was worked out */
} ht_inserter;

/* Borrows all it is given. False when memory is out. */
bool ht_inserter_init(ht_inserter *inserter, ht_routes *routes, const ht_takers *takers, ht_rng *rng, double blink,
                      ht_arena *arena);

/* The cheapest insertion of an absent visit; false where there is none. */
bool ht_insertion_find(ht_inserter *inserter, int32_t visit, ht_insertion *best);

/* Puts the visit there and retimes; false (and the plan as it was) where a tie between routes does not allow it. */
bool ht_insertion_apply(ht_routes *routes, int32_t visit, const ht_insertion *insertion);

#endif
