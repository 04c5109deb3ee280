/* model/day.h: one day of a dataset as a problem: which visits, which shifts, who may do what, what it is worth.
 *
 * A row that cannot be kept never fails the day: a shift whose break fits nowhere is left out, a visit whose window a link
 * empties, or whose lock nobody can keep, cannot be planned.
 *
 * Ownership: the day owns an arena with the problem and the maps back to the dataset's symbols; it borrows the dataset.
 *            Nothing is left to release after a failure.
 * Errors:    HT_ENOMEM; HT_EINPUT where a visit asks for more tags of skill_one than a problem can hold.
 * Source:    model/README.md.
 */
#ifndef HT_MODEL_DAY_H
#define HT_MODEL_DAY_H

#include "model/plan.h"
#include "model/problem.h"
#include "model/settings.h"

/* The starts that a link to a visit of another day leaves: all of the day where there is none. */
typedef struct ht_start_limits {
    int32_t earliest, latest;
} ht_start_limits;

typedef struct ht_day {
    const ht_dataset *data;
    const ht_settings *settings;
    int32_t date;
    ht_sym team; /* HT_NO_TEXT: all teams */
    ht_problem problem;
    const ht_visit_row **visit_row;   /* by visit */
    const ht_staff_row **staff_row;   /* by staff */
    const ht_roster_row **roster_row; /* by shift */
    int32_t *free_until;              /* by shift: when the person is wanted elsewhere or away; INT32_MAX: never */
    ht_start_limits *linked;          /* by visit; its window is within them already */
    const uint8_t *forbids; /* visits x staff: bits 1 << ht_rule of SKILL, WINDOW, BLOCKED, AVOIDS, LOCK that forbid */
    int32_t cancelled;      /* visits of clients who are away */
    ht_arena arena;
} ht_day;

ht_status ht_day_build(ht_day *day, const ht_dataset *data, const ht_settings *settings, int32_t date, ht_sym team,
                       const ht_allocator *allocator, ht_err *err);
void ht_day_release(ht_day *day);

/* The plan that a solution of day->problem is. plan is init'ed. */
ht_status ht_day_plan(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err);

/* How many persons a visit is locked to, and whether this one is of them. */
int32_t ht_day_locks(const ht_day *day, int32_t visit);
bool ht_day_is_locked_to(const ht_day *day, int32_t visit, int32_t staff);

#endif
