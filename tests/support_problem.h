/* tests/support_problem.h: small general problems, drawn from a seed.
 *
 * Units:     as model/problem.h. Every visit takes at least 5 min, every block 10.
 * Ownership: all memory is the arena's. A test ends where memory is out.
 */
#ifndef HT_TESTS_SUPPORT_PROBLEM_H
#define HT_TESTS_SUPPORT_PROBLEM_H

#include "base/arena.h"
#include "base/rng.h"
#include "model/problem.h"

/* What the drawn problem may hold; parts are of 0 .. 100 %. */
typedef struct problem_shape {
    int32_t visits_least, visits_most; /* at most PROBLEM_VISITS */
    int32_t shifts_least, shifts_most; /* at most PROBLEM_SHIFTS */
    int32_t several;                   /* visits of two persons or more */
    int32_t tags;                      /* visits with one_tags */
    int32_t linked;                    /* visits that are behind another */
    int32_t bounded;                   /* links with a gap_max */
    int32_t breaks, blocks;            /* shifts with them */
    int32_t second_shifts;             /* persons with two shifts */
    int32_t caps;                      /* clients with a staff_cap */
    int32_t crooked;                   /* legs that break the triangle inequality */
    int32_t overtime;                  /* shifts that may end late */
    int32_t usual;                     /* visits with a usual start, and with usual staff */
    const char *const *profile;        /* lists of levels, one is drawn; ends with NULL */
} problem_shape;

enum { PROBLEM_VISITS = 40, PROBLEM_SHIFTS = 8, PROBLEM_TASKS = 4 * PROBLEM_VISITS };

/* The product's profiles, and lists that weigh every component. Levels are divided by '|'. */
extern const char *const problem_profiles[];
extern const char *const problem_profiles_of_all[];

/* Everything but a base plan; that with a base plan that is weighed; no links or several persons; small enough for brute
 * force. */
extern const problem_shape problem_any, problem_usual, problem_plain, problem_tiny;

/* "coverage: 1*unplanned|cost: 1*travel" */
ht_objective problem_objective(const char *levels);

const ht_problem *problem_draw(uint64_t seed, const problem_shape *shape, ht_arena *arena);

#endif
