/* model/vrptw_problem.h: a published instance of vehicle routing with time windows as a problem for the search, and the
 * search's solution back.
 *
 * Each vehicle is a shift of a person of its own, each customer a visit of a client of its own.
 *
 * Units:     the instance's: tenths.
 * Ownership: the problem lives in the arena; the instance is borrowed.
 */
#ifndef HT_MODEL_VRPTW_PROBLEM_H
#define HT_MODEL_VRPTW_PROBLEM_H

#include "model/problem.h"
#include "model/vrptw.h"

typedef struct ht_vrptw_problem {
    const ht_vrptw *instance;
    ht_problem problem;
} ht_vrptw_problem;

ht_status ht_vrptw_problem_build(const ht_vrptw *instance, ht_arena *arena, ht_vrptw_problem *built, ht_err *err);

/* The routes of a solution, used ones alone, each in time order; arrays in arena. False when memory is out. */
bool ht_vrptw_problem_solution(const ht_vrptw_problem *built, const ht_solution *solution, ht_arena *arena,
                               ht_vrptw_solution *out);

#endif
