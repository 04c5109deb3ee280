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
    int32_t apart;                     /* further tasks with a lag; above 0 all have a service and due of their own */
    int32_t endless;                   /* visits and shifts that may end however late */
    int32_t windows;                   /* tasks with a second window; only where some start apart */
    bool whole;                        /* whole shifts are counted, breaks are at visits and may be missed */
    int32_t loaded;                    /* problems with loads */
    int32_t alike;                     /* shifts that are like another, the person too */
    const char *const *profile;        /* lists of levels, one is drawn; ends with NULL */
} problem_shape;

enum { PROBLEM_VISITS = 40, PROBLEM_SHIFTS = 8, PROBLEM_TASKS = 4 * PROBLEM_VISITS };

/* The product's profiles, and lists that weigh every component. Levels are divided by '|'. */
extern const char *const problem_profiles[];
extern const char *const problem_profiles_of_all[];
/* What published sets ask for: one sum of all, the largest lateness in it, overtime free in some. */
extern const char *const problem_profiles_of_sums[];

/* Everything but a base plan and tasks that start apart; that with a base plan that is weighed; no links or several
 * persons; small enough for brute force; pairs that start apart, as in published sets, and small enough for brute force;
 * with two windows and whole shifts besides, which the plain plan (tests/support_plain.h) does not know. */
extern const problem_shape problem_any, problem_usual, problem_plain, problem_tiny, problem_apart, problem_tiny_apart,
    problem_whole;

/* "coverage: 1*unplanned|cost: 1*travel" */
ht_objective problem_objective(const char *levels);

/* What a task does, of a problem whose tasks are alike too: read from the words of model/problem.h. */
ht_task problem_task(const ht_problem *problem, int32_t task);

const ht_problem *problem_draw(uint64_t seed, const problem_shape *shape, ht_arena *arena);

#endif
