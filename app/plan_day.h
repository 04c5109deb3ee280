/* app/plan_day.h: plans one day: store -> problem -> search -> plan -> reasons -> independent check -> store.
 *
 * Units:  seconds.
 * Errors: HT_ERULE where the check finds a broken rule: a fault of ours, the plan is not stored. HT_EINPUT where the
 *         day has no visits.
 */
#ifndef HT_APP_PLAN_DAY_H
#define HT_APP_PLAN_DAY_H

#include "app/load.h"
#include "solver/solve.h"

typedef struct ht_plan_job {
    int32_t date;
    const char *team, *profile; /* NULL: all, the default */
    ht_solve_options solve;     /* time_limit is that of the whole run: reading and checking are taken off here */
} ht_plan_job;

typedef struct ht_planned_day {
    ht_day_data day;
    ht_plan plan;
    ht_check_report report;
    ht_plan_record record;
    double first_full_s, wall_s, cpu_s; /* first_full_s: -1 where no clock was read */
    double search_s;                    /* the search's part of wall_s */
    int64_t evaluations;                /* of the search: ht_solve_result */
    int32_t shifts;                     /* that could be used */
    char note[256];                     /* what the search survived, or what the plan does not go with; "" */
    bool no_visits;                     /* why HT_EINPUT came */
    bool has_plan, has_report;          /* what there is to release */
} ht_planned_day;

/* Release result always. */
ht_status ht_plan_day(ht_store *store, const ht_plan_job *job, ht_planned_day *result, ht_err *err);
void ht_planned_day_release(ht_planned_day *result);

#endif
