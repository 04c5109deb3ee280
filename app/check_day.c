#include "app/check_day.h"

#include "base/words.h"
#include "io/csv_folder.h"

/* What the plan file is held against: the visits of its day and team, by symbol 1 where a row plans the visit. */
typedef struct due_visits {
    const ht_day_data *day;
    ht_index clients;
    uint8_t *planned;
} due_visits;

static bool find_due(due_visits *due, const ht_day_data *day, const ht_plan *plan, ht_arena *scratch) {
    due->day = day;
    due->planned = HT_ARENA_NEW(scratch, ht_strings_count(&day->data.text), uint8_t);
    if (due->planned == NULL || !ht_index_build(&due->clients, &day->data, HT_CLIENTS, scratch))
        return false;
    const ht_plan_entry *entry = plan->entries.items;
    for (int32_t i = 0; i < plan->entries.count; i++)
        due->planned[entry[i].visit] = 1;
    return true;
}

static bool is_left_out(const due_visits *due, const ht_visit_row *visit, int32_t date) {
    const ht_client_row *client = ht_dataset_rows(&due->day->data, HT_CLIENTS);
    int32_t row = ht_index_find(&due->clients, visit->client_id);
    ht_sym team = due->day->team;
    return visit->date == date && !due->planned[visit->visit_id] &&
           (team == HT_NO_TEXT || (row >= 0 && client[row].team == team));
}

/* A plan.csv lists what is planned; every other visit of the day it leaves unplanned. */
static ht_status list_unplanned(const ht_day_data *day, ht_plan *plan, ht_err *err) {
    ht_arena scratch;
    ht_arena_init(&scratch, &ht_allocator_system);
    due_visits due;
    ht_status status = find_due(&due, day, plan, &scratch) ? HT_OK : ht_fail_memory(err);
    const ht_visit_row *visit = ht_dataset_rows(&day->data, HT_VISITS);
    for (int32_t i = 0; !status && i < ht_dataset_count(&day->data, HT_VISITS); i++) {
        if (!is_left_out(&due, &visit[i], plan->date))
            continue;
        ht_unplanned *unplanned = ht_array_push(&plan->unplanned);
        if (unplanned == NULL)
            status = ht_fail_memory(err);
        else
            *unplanned =
                (ht_unplanned){.visit = visit[i].visit_id, .rule = HT_RULE_NONE, .reason = "", .would_help = ""};
    }
    ht_arena_release(&scratch);
    return status;
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
