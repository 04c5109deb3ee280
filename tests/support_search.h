/* tests/support_search.h: a drawn problem with a working plan, an inserter and a ruiner, as the search holds them.
 */
#ifndef HT_TESTS_SUPPORT_SEARCH_H
#define HT_TESTS_SUPPORT_SEARCH_H

#include "solver/tuning.h"
#include "tests/support_plain.h"

typedef struct search {
    uint64_t seed;
    ht_arena arena;
    ht_rng rng;
    const ht_problem *problem;
    ht_tuning tuning;
    ht_routes *routes;
    ht_takers takers;
    ht_neighbours neighbours;
    ht_inserter inserter; /* without blinks */
    ht_ruiner ruiner;
} search;

/* search must stay where it is. The first draws the problem; all visits are unplanned. */
void search_draw(search *s, uint64_t seed, const problem_shape *shape);
void search_begin(search *s, const ht_problem *problem, uint64_t seed);
void search_end(search *s);

/* Inserts the absent visits, in a drawn order, where they are cheapest. */
void search_recreate(search *s);
/* Ruins and recreates so often. */
void search_shake(search *s, int32_t times);

/* The routes' lists and breaks as a plain plan, not timed yet. */
void search_plain(const ht_routes *r, plain_plan *plan);

#endif
