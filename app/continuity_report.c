#include "app/continuity_report.h"

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

static ht_status count_unplanned(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report,
                                 ht_err *err) {
    ht_array records;
    ht_array_init(&records, sizeof(ht_plan_record), &ht_allocator_system);
    ht_status status = ht_store_list_plans(store, HT_BLANK, &records, err);
    const ht_plan_record *record = records.items;
    for (int32_t i = 0; !status && i < records.count; i++)
        if (record[i].current && record[i].date >= job->from && record[i].date <= job->to &&
            (job->team == NULL || strcmp(job->team, record[i].team) == 0))
            report->unplanned += record[i].unplanned;
    ht_array_release(&records);
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
