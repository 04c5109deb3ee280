/* model/day.h: one day of a dataset as a problem: which visits, which shifts, who may do what, what it is worth.
 *
 * Ownership: the day owns an arena with the problem and the maps back to the dataset's symbols; it borrows the dataset.
 * Errors:    HT_ENOMEM; HT_EINPUT where the data cannot make a day (no shift break fits).
 * Source:    model/README.md.
 */
#ifndef HT_MODEL_DAY_H
#define HT_MODEL_DAY_H

#include "model/plan.h"
#include "model/problem.h"
#include "model/settings.h"

typedef struct ht_day {
    const ht_dataset *data;
    const ht_settings *settings;
    int32_t date;
    ht_sym team; /* HT_NO_TEXT: all teams */
    ht_problem problem;
    const ht_visit_row **visit_row;   /* by visit */
    const ht_staff_row **staff_row;   /* by staff */
    const ht_roster_row **roster_row; /* by shift */
    const uint8_t *forbids;           /* visits x staff: bits 1 << ht_rule of SKILL, WINDOW, BLOCKED, AVOIDS, LOCK that forbid */
    int32_t cancelled;                /* visits of clients who are away */
    ht_arena arena;
} ht_day;

ht_status ht_day_build(ht_day *day, const ht_dataset *data, const ht_settings *settings, int32_t date, ht_sym team,
                       const ht_allocator *allocator, ht_err *err);
void ht_day_release(ht_day *day);

/* The plan that a solution of day->problem is. plan is init'ed. */
ht_status ht_day_plan(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err);

#endif
