/* solver/tuning.h: sizes, weights and temperatures of the search, read off the instance.
 *
 * The search adds the levels up, each weighed so heavily that a step of it outweighs what usually changes in the level
 * below: simulated annealing then settles level after level as it cools. The best plan is chosen by the levels
 * themselves, never by this sum.
 *
 * Units: ht_cost; a second of the last level's travel is HT_COST_UNIT, or more where something else would weigh less.
 * Differs: the temperatures of the SISR paper are constants; here they follow the mean leg and the objective, with one
 *          level what an iteration usually costs more (ht_stream_take_heat()).
 */
#ifndef HT_SOLVER_TUNING_H
#define HT_SOLVER_TUNING_H

#include "solver/search_parts.h"
#include "solver/stream.h"

enum { HT_COST_UNIT = 16 };

typedef struct ht_tuning {
    ht_weights fill;   /* lenient weights: find a plan with all visits first */
    ht_weights anneal; /* the search proper */
    ht_stream_options options;
} ht_tuning;

void ht_tune(const ht_problem *problem, ht_tuning *tuning);

/* Sets the options that stand for these parts of the search so that they do nothing. */
void ht_tuning_leave_out(ht_stream_options *options, ht_search_parts parts);

#endif
