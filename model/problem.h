/* model/problem.h: the general problem the search works on; a product's day and the published sets both fill it.
 *
 * A visit needs `need` different staff, all or none; each of them is a task, a stop on a route. A route is one shift. The
 * tasks of a visit start together, or one so long behind the first as its ht_task says.
 *
 * Whole shifts (ht_problem.whole_shifts): published sets count more of a shift than a day does. A route then leaves just
 * in time for its first stop. waiting is what lies between its stops and is no service, travel or break; where the break
 * comes before the first visit, what lies between these two does not count. idle_max is the largest of all shifts, unused
 * ones too: from the shift's start to its end, or to the return where that is later, less service, travel and break. A
 * shift that is to have a break and is not used misses it.
 *
 * Units:     times are seconds of the day, travel seconds, points and weights as in model/objective.h.
 * Ownership: everything lives in the arena it was built in and is const from then on; any number of threads may read it.
 * Indices:   visits, tasks, shifts, staff, clients, places count from 0; HT_NOBODY / HT_NOWHERE (-1) is none.
 */
#ifndef HT_MODEL_PROBLEM_H
#define HT_MODEL_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "model/dataset.h"
#include "model/objective.h"

enum { HT_NOBODY = -1, HT_NOWHERE = -1, HT_NEED_MAX = 4, HT_ONE_TAGS_MAX = 8 };
/* A lag that long, or that long before, holds nothing. */
enum { HT_LAG_NONE = INT32_MAX / 8 };

typedef struct ht_visit {
    int32_t client; /* whose continuity it counts for */
    int32_t place;
    int32_t service;          /* seconds at the client */
    int32_t earliest, latest; /* hard window of the start; earliest > latest: cannot be planned */
    int32_t agreed;           /* a plan starts no earlier where waiting costs nothing */
    int32_t due;              /* a later start is late */
    int32_t need;             /* 1 .. HT_NEED_MAX staff with the same start, all or none */
    int32_t weight;           /* coverage weight for each of them */
    int32_t load;             /* what each of them takes of a shift's capacity; 0 where nothing is carried */
    int32_t first_task;       /* tasks first_task .. first_task + need - 1 */
    uint8_t one_tags;         /* bits of tags that one of its staff must hold: see one_held */
    bool counts;              /* false: no continuity points, nobody met */
} ht_visit;

/* What the tasks of a visit do apart; where a problem has none of these, all are as their visit says, start together, and
 * only the first counts as late. */
typedef struct ht_task {
    int32_t service;
    int32_t due;
    int32_t latest;           /* own last start; the visit's window holds too */
    int32_t lag_min, lag_max; /* of its start behind that of the visit's first task; 0, 0 for that itself */
    bool counts_late;
    /* A second window opens later; a start from then on is late after the second due. 0, 0, 0: there is none. */
    int32_t second_earliest, second_due, second_latest;
} ht_task;

/* From the end of `before` to the start of `after`: at least gap_min, at most gap_max seconds (INT32_MAX: none).
 * Holds while both are planned. */
typedef struct ht_link {
    int32_t before, after;
    int32_t gap_min, gap_max;
} ht_link;

/* Time in a shift spent at a place whatever is planned (office time); start and end are exact. */
typedef struct ht_block {
    int32_t place, start, end;
} ht_block;

typedef struct ht_shift {
    int32_t staff;
    int32_t mode;
    int32_t start_place, end_place; /* HT_NOWHERE: no travel */
    int32_t start, end, latest_end; /* latest_end = end + overtime limit, or when the person is wanted elsewhere */
    int32_t break_length;           /* 0: no break */
    int32_t break_earliest, break_latest; /* of its start, the 5 h rule included */
    bool break_at_visit;         /* it is taken where a visit is, not on the way from or to the shift's places */
    bool break_optional;         /* without one it counts among missed_breaks */
    int32_t first_block, blocks; /* in ht_problem.block, by start */
    int32_t capacity;            /* the most that the loads of its tasks may add up to */
} ht_shift;

typedef struct ht_problem {
    int32_t visits, tasks, shifts, staff, clients, places, links;
    const ht_visit *visit;
    const int32_t *visit_of_task;
    const ht_task *task; /* by task; NULL where the tasks of each visit are alike */
    const ht_shift *shift;
    const ht_block *block;
    const ht_link *link;
    const int32_t *travel[HT_MODES]; /* places x places; NULL for a mode nobody uses */
    const uint8_t *able;     /* tasks x staff: 1 where the person may do the task (skills, blocks, avoids, locks) */
    const uint8_t *one_held; /* visits x staff: bits of the visit's one_tags the person holds */
    const int32_t
        *points_first; /* clients x staff: continuity points of the person's first counted visit there today */
    const int32_t *points_again; /* of each further one */
    const uint8_t *wishes_unmet; /* clients x staff: 0 .. 2 */
    const uint8_t *seen;         /* clients x staff: 1 where the person is of H (staff_cap) */
    const int32_t *cap;          /* clients: max(staff_cap, |H|) - |H| new faces are free; INT32_MAX: no cap */
    int32_t points_over_cap;
    /* The base plan; all NULL where no visit has one. */
    const int32_t *usual_start; /* by visit; HT_BLANK: none */
    const int32_t *usual_staff; /* by visit: a row of `unusual`; HT_NOBODY: anyone is as usual */
    const uint8_t *unusual;     /* lists of usual staff x staff: 1 where the person is not of the list */
    bool whole_shifts;          /* see above */
    ht_objective objective;
} ht_problem;

/* A plan of the problem: where each task is. Travel data may break the triangle inequality: nothing may rely on it. */
typedef struct ht_solution {
    int32_t *shift; /* by task; HT_NOBODY: unplanned */
    int32_t *start; /* by task, seconds */
    ht_values values;
    int32_t *break_at; /* by shift: tasks that come before its break; -1: no break. NULL: where the starts leave room */
} ht_solution;

static inline int32_t ht_problem_travel(const ht_problem *p, int32_t mode, int32_t from, int32_t to) {
    return from < 0 || to < 0 ? 0 : p->travel[mode][(int64_t)from * p->places + to];
}

#endif
