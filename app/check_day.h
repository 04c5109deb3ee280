/* app/check_day.h: the independent check of a stored plan, or of a plan.csv that a person made.
 *
 * Errors: broken rules are no errors, they are the report. HT_EINPUT with issues->count > 0 where the file cannot be
 * read as a plan.
 */
#ifndef HT_APP_CHECK_DAY_H
#define HT_APP_CHECK_DAY_H

#include "app/load.h"
#include "model/issues.h"

typedef struct ht_check_job {
    int32_t date;
    const char *team;      /* NULL: all, as they stand (app/current_plan.h) */
    const char *plan_file; /* NULL: the current plan of the store */
    const char *profile;   /* NULL: the stored plan's, or the default */
} ht_check_job;

typedef struct ht_checked_day {
    ht_day_data day;
    ht_plan plan;
    ht_plan_record record; /* of a stored plan */
    ht_check_report report;
    bool has_plan, has_report; /* what there is to release */
} ht_checked_day;

/* Release result always. */
ht_status ht_check_day(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                       ht_err *err);
void ht_checked_day_release(ht_checked_day *result);

#endif
