#include "app/check_day.h"

#include "base/words.h"
#include "io/csv_folder.h"

static bool is_planned(const ht_plan *plan, ht_sym visit) {
    const ht_plan_entry *entry = plan->entries.items;
    for (int32_t i = 0; i < plan->entries.count; i++)
        if (entry[i].visit == visit)
            return true;
    return false;
}

/* A plan.csv lists what is planned; every other visit of the day it leaves unplanned. */
static ht_status list_unplanned(const ht_day_data *day, ht_plan *plan, ht_err *err) {
    const ht_visit_row *visit = ht_dataset_rows(&day->data, HT_VISITS);
    for (int32_t i = 0; i < ht_dataset_count(&day->data, HT_VISITS); i++) {
        if (visit[i].date != plan->date || is_planned(plan, visit[i].visit_id))
            continue;
        ht_unplanned *unplanned = ht_array_push(&plan->unplanned);
        if (unplanned == NULL)
            return ht_fail_memory(err);
        *unplanned = (ht_unplanned){.visit = visit[i].visit_id, .rule = HT_RULE_NONE, .reason = "", .would_help = ""};
    }
    return HT_OK;
}

static ht_status read_file(const ht_check_job *job, ht_issues *issues, ht_checked_day *result, ht_err *err) {
    ht_status status =
        ht_plan_csv_read(job->plan_file, job->date, &result->day.data, &result->plan.entries, issues, err);
    if (!status && issues->failed)
        return ht_fail_memory(err);
    if (!status && issues->count > 0)
        return ht_fail(err, HT_EINPUT, _("%s cannot be read as a plan"), job->plan_file);
    return status ? status : list_unplanned(&result->day, &result->plan, err);
}

static ht_status read_plan(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                           ht_err *err) {
    ht_plan_init(&result->plan, job->date, result->day.team, &ht_allocator_system);
    result->has_plan = true;
    if (job->plan_file != NULL)
        return read_file(job, issues, result, err);
    return ht_store_load_plan(store, job->date, job->team != NULL ? job->team : "", 0, &result->day.data, &result->plan,
                              &result->record, err);
}

ht_status ht_check_day(ht_store *store, const ht_check_job *job, ht_issues *issues, ht_checked_day *result,
                       ht_err *err) {
    *result = (ht_checked_day){.has_plan = false};
    ht_store_range range = ht_day_range(job->date);
    ht_status status = ht_day_data_read(store, &range, job->team, &result->day, err);
    if (!status)
        status = read_plan(store, job, issues, result, err);
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
