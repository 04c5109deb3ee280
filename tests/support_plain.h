/* tests/support_plain.h: a plan timed, judged and valued as slowly and plainly as its definition reads.
 *
 * Shares no code with solver/. Starts are the earliest that routes, the lags of a visit's tasks and links allow, found by
 * raising them from the windows' own until nothing changes, or until they have been raised round a cycle.
 *
 * Source: model/problem.h, model/objective.h; shortest paths with a test for cycles: Bellman (1958), Quarterly of Applied
 *         Mathematics 16(1):87-90.
 */
#ifndef HT_TESTS_SUPPORT_PLAIN_H
#define HT_TESTS_SUPPORT_PLAIN_H

#include "tests/support_problem.h"

enum { PLAIN_STOPS = PROBLEM_VISITS + 4, PLAIN_NO_BREAK = -1 };

typedef struct plain_route {
    int32_t count;
    int32_t item[PLAIN_STOPS]; /* a task, or -1 - a block */
    int32_t break_leg;         /* 0: from the start place to the first item */
} plain_route;

typedef struct plain_plan {
    const ht_problem *problem;
    plain_route route[PROBLEM_SHIFTS];
    int32_t shift[PROBLEM_TASKS]; /* of each task; HT_NOBODY while it is on no route */
    int32_t start[PROBLEM_TASKS];
    int32_t floor[PROBLEM_TASKS]; /* no start before, whatever else: 0 in an ordinary plan */
    int32_t end[PROBLEM_SHIFTS];  /* when the shift is back; of no use while it is unused */
} plain_plan;

/* No visit; the blocks lie on their routes. */
void plain_clear(plain_plan *plan, const ht_problem *problem);
/* task may be a block too. */
void plain_insert(plain_plan *plan, int32_t task, int32_t shift, int32_t at);
void plain_remove(plain_plan *plan, int32_t shift, int32_t at);

bool plain_is_planned(const plain_plan *plan, int32_t visit);
bool plain_uses(const plain_plan *plan, int32_t shift);

/* Who goes where: all staff of a visit or none, able, different, the tags held, a break on each used shift that has
 * one. */
bool plain_allowed(const plain_plan *plan);

/* Earliest starts and ends; false where a window, a block, a break or a shift's end does not hold, where a shift carries
 * too much, or where stops wait for each other in a circle. */
bool plain_time(plain_plan *plan);

/* All components and levels of a timed plan. */
void plain_values(const plain_plan *plan, ht_values *values);
/* Only what the order of stops tells: a lower bound of each component. */
void plain_values_untimed(const plain_plan *plan, ht_values *values);

/* The plan of a solution, breaks where its starts leave room, `start` and `end` the solution's own. False where a hard
 * rule is broken. */
bool plain_from_solution(plain_plan *plan, const ht_problem *problem, const ht_solution *solution);

#endif
