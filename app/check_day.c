#include "app/check_day.h"

#include "app/current_plan.h"
#include "base/words.h"
#include "io/csv_folder.h"

/* A plan.csv lists what is planned; every other visit of the day it leaves unplanned. */
static ht_status read_file(const ht_check_job *job, ht_issues *issues, ht_checked_day *result, ht_err *err) {
    ht_status status =
        ht_plan_csv_read(job->plan_file, job->date, &result->day.data, &result->plan.entries, issues, err);
    if (!status && issues->failed)
        return ht_fail_memory(err);
    if (!status && issues->count > 0)
        return ht_fail(err, HT_EINPUT, _("%s cannot be read as a plan"), job->plan_file);
    return status;
}

static ht_status read_plan(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                           ht_err *err) {
    result->has_plan = true;
    if (job->plan_file != NULL) {
        ht_plan_init(&result->plan, job->date, result->day.team, &ht_allocator_system);
        return read_file(job, issues, result, err);
    }
    ht_dataset *data = &result->day.data;
    if (job->team == NULL)
        return ht_current_plan(store, job->date, data, &result->plan, &result->record, err);
    return ht_store_load_plan(store, job->date, job->team, 0, data, &result->plan, &result->record, err);
}

/* Data and plan as of one moment. */
static ht_status read_both(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                           ht_err *err) {
    ht_snapshot snapshot;
    ht_store_range range = ht_day_range(job->date);
    ht_status status = ht_store_snapshot_begin(store, &snapshot, err);
    if (status)
        return status;
    status = ht_day_data_read(store, &range, job->team, &result->day, err);
    if (!status)
        status = read_plan(store, job, issues, result, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

ht_status ht_check_day(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                       ht_err *err) {
    *result = (ht_checked_day){.has_plan = false};
    ht_status status = read_both(store, job, issues, result, err);
    if (!status)
        status = ht_day_data_profile(&result->day, job->profile != NULL ? job->profile : result->record.profile, err);
    if (status)
        return status;
    result->has_report = true;
    return ht_check_plan(&result->day.data, &result->day.settings, &result->plan, &result->report, err);
}

void ht_checked_day_release(ht_checked_day *result) {
    if (result->has_report)
        ht_check_report_release(&result->report);
    if (result->has_plan)
        ht_plan_release(&result->plan);
    ht_day_data_release(&result->day);
    *result = (ht_checked_day){.has_plan = false};
}
