/* model/uhhc_problem.h: a published home health care instance as a problem for the search, and the search's solution back.
 *
 * Units:     the instance's: parts of its scale.
 * Ownership: the problem and its maps live in the arena; the instance is borrowed.
 * Differs:   the services of an independent pair are visits of their own where both must be made; where the patient is
 *            optional they are one visit, made by two caregivers or not at all.
 */
#ifndef HT_MODEL_UHHC_PROBLEM_H
#define HT_MODEL_UHHC_PROBLEM_H

#include "model/problem.h"
#include "model/uhhc.h"

typedef struct ht_uhhc_problem {
    const ht_uhhc *instance;
    ht_problem problem;
    int32_t *patient_of_task, *need_of_task;
} ht_uhhc_problem;

ht_status ht_uhhc_problem_build(const ht_uhhc *instance, ht_arena *arena, ht_uhhc_problem *built, ht_err *err);

/* The routes of a solution, in time order; arrays in arena. False when memory is out. */
bool ht_uhhc_problem_solution(const ht_uhhc_problem *built, const ht_solution *solution, ht_arena *arena,
                              ht_uhhc_solution *out);

/* The cost of the search's values as the set counts it, in parts of scale * divisor. False where they are of no feasible
 * plan: one that leaves out who must be served, or in which a part that must be 0 is not. */
bool ht_uhhc_problem_cost(const ht_uhhc_problem *built, const ht_values *values, int64_t *cost);

#endif
