#include "app/continuity_report.h"

#include "app/current_plan.h"

static ht_status measure(const ht_continuity_job *job, const ht_dataset *data, ht_sym team, ht_continuity *result,
                         ht_err *err) {
    return ht_continuity_measure(data, job->from, job->to, team, result) ? HT_OK : ht_fail_memory(err);
}

static ht_status add_team(const ht_continuity_job *job, ht_continuity_report *report, ht_sym team, ht_err *err) {
    ht_team_continuity *row = ht_array_push(&report->teams);
    if (row == NULL)
        return ht_fail_memory(err);
    row->team = team;
    return measure(job, &report->day.data, team, &row->measures, err);
}

static ht_status measure_teams(const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    ht_array teams;
    ht_status status = ht_teams_of_clients(&report->day.data, &teams, err);
    const ht_sym *team = teams.items;
    for (int32_t i = 0; !status && i < teams.count; i++)
        if (report->day.team == HT_NO_TEXT || report->day.team == team[i])
            status = add_team(job, report, team[i], err);
    ht_array_release(&teams);
    return status;
}

/* Which of the period's unplanned visits count: those of the team's clients. */
typedef struct unplanned_count {
    ht_store *store;
    ht_continuity_report *report;
    ht_index visits, clients;
} unplanned_count;

static bool is_of_team(const unplanned_count *count, ht_sym visit) {
    const ht_dataset *data = &count->report->day.data;
    const ht_visit_row *visits = ht_dataset_rows(data, HT_VISITS);
    const ht_client_row *clients = ht_dataset_rows(data, HT_CLIENTS);
    if (count->report->day.team == HT_NO_TEXT)
        return true;
    int32_t row = ht_index_find(&count->visits, visit);
    int32_t client = row < 0 ? -1 : ht_index_find(&count->clients, visits[row].client_id);
    return client >= 0 && clients[client].team == count->report->day.team;
}

static ht_status count_day(unplanned_count *count, const ht_plan_record *records, int32_t parts, ht_err *err) {
    ht_plan plan;
    ht_status status = ht_current_join(count->store, records, parts, &count->report->day.data, &plan, err);
    const ht_unplanned *unplanned = plan.unplanned.items;
    for (int32_t i = 0; !status && i < plan.unplanned.count; i++)
        count->report->unplanned += is_of_team(count, unplanned[i].visit);
    ht_plan_release(&plan);
    return status;
}

static ht_status count_days(const ht_continuity_job *job, unplanned_count *count, const ht_array *records,
                            ht_err *err) {
    const ht_plan_record *record = records->items;
    ht_status status = HT_OK;
    for (int32_t first = 0, parts; !status && first < records->count; first += parts) {
        parts = ht_current_day(&record[first], records->count - first);
        if (record[first].date >= job->from && record[first].date <= job->to)
            status = count_day(count, &record[first], parts, err);
    }
    return status;
}

static ht_status count_unplanned(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report,
                                 ht_err *err) {
    unplanned_count count = {.store = store, .report = report};
    ht_array records;
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_array_init(&records, sizeof(ht_plan_record), &ht_allocator_system);
    bool indexed = ht_index_build(&count.visits, &report->day.data, HT_VISITS, &arena) &&
                   ht_index_build(&count.clients, &report->day.data, HT_CLIENTS, &arena);
    ht_status status = indexed ? ht_current_records(store, HT_BLANK, &records, err) : ht_fail_memory(err);
    if (!status)
        status = count_days(job, &count, &records, err);
    ht_array_release(&records);
    ht_arena_release(&arena);
    return status;
}

ht_status ht_continuity_read(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    *report = (ht_continuity_report){.unplanned = 0};
    ht_array_init(&report->teams, sizeof(ht_team_continuity), &ht_allocator_system);
    ht_store_range range = {.from = job->from, .to = job->to, .with_travel = false};
    ht_status status = ht_day_data_read(store, &range, job->team, &report->day, err);
    if (status)
        return status;
    report->has_whole = true;
    status = measure(job, &report->day.data, report->day.team, &report->whole, err);
    if (!status)
        status = measure_teams(job, report, err);
    return status ? status : count_unplanned(store, job, report, err);
}

void ht_continuity_report_release(ht_continuity_report *report) {
    ht_team_continuity *row = report->teams.items;
    for (int32_t i = 0; i < report->teams.count; i++)
        ht_continuity_release(&row[i].measures);
    ht_array_release(&report->teams);
    if (report->has_whole)
        ht_continuity_release(&report->whole);
    ht_day_data_release(&report->day);
}
