#include "app/export_day.h"

#include "app/current_plan.h"
#include "base/calendar.h"
#include "base/words.h"

ht_status ht_export_week_read(ht_store *store, int32_t date, ht_export_week *week, ht_err *err) {
    *week = (ht_export_week){.monday = ht_date_monday(date)};
    ht_arena_init(&week->arena, &ht_allocator_system);
    ht_store_range range = {
        .from = ht_day_range(week->monday).from, .to = week->monday + HT_WEEK_DAYS - 1, .with_travel = true};
    ht_status status = ht_day_data_read(store, &range, NULL, &week->rows, err);
    if (status)
        return status;
    bool indexed = ht_index_build(&week->visits, &week->rows.data, HT_VISITS, &week->arena) &&
                   ht_index_build(&week->clients, &week->rows.data, HT_CLIENTS, &week->arena) &&
                   ht_attendance_build(&week->attendance, &week->rows.data, &week->arena);
    return indexed ? HT_OK : ht_fail_memory(err);
}

void ht_export_week_release(ht_export_week *week) {
    ht_arena_release(&week->arena);
    ht_day_data_release(&week->rows);
}

/* Counted over all plans of the day, so that going back to an earlier one, or to one team's, counts no less. */
static ht_status read_plans(ht_store *store, ht_export_day *day, ht_err *err) {
    ht_array all;
    ht_array_init(&all, sizeof(ht_plan_record), &ht_allocator_system);
    ht_status status = ht_store_list_plans(store, day->date, &all, err);
    const ht_plan_record *record = all.items;
    for (int32_t i = 0; !status && i < all.count; i++)
        if (strcmp(record[i].created, day->last_made) > 0)
            memcpy(day->last_made, record[i].created, sizeof day->last_made);
    day->plans = all.count;
    ht_array_release(&all);
    return status;
}

static ht_status breach_found(const ht_export_day *day, ht_err *err) {
    const ht_breach *first = day->report.breaches.items;
    char date[HT_DATE_TEXT];
    ht_date_print(day->date, date, sizeof date);
    return ht_fail(err, HT_ERULE,
                   _("the plan of %s breaks a hard rule, nothing is exported: %s: %s; plan the whole day again with "
                     "`hemtur plan --date %s`"),
                   date, ht_named(ht_hard_rule_name(first->rule)), first->text, date);
}

/* The parts of a day were checked each by itself when they were made: together they may break a rule. An outdated plan
 * is passed on as it stands, and said to be outdated. */
static ht_status check(ht_export_day *day, ht_err *err) {
    ht_status status = ht_check_plan(ht_export_day_data(day), &day->week->rows.settings, &day->plan, &day->report, err);
    if (!status && day->report.breaches.count > 0 && !day->outdated)
        status = breach_found(day, err);
    return status;
}

ht_status ht_export_day_read(ht_store *store, ht_export_week *week, const ht_plan_record *records, int32_t count,
                             ht_export_day *day, ht_err *err) {
    *day = (ht_export_day){.date = records[0].date, .week = week};
    for (int32_t i = 0; i < count; i++)
        day->outdated = day->outdated || records[i].outdated;
    ht_array_init(&day->stops, sizeof(ht_stop), &ht_allocator_system);
    ht_status status = read_plans(store, day, err);
    if (!status)
        status = ht_current_join(store, records, count, &week->rows.data, &day->plan, err);
    if (!status)
        status = ht_day_data_profile(&week->rows, records[0].profile, err);
    if (!status)
        status = check(day, err);
    if (!status)
        status = ht_timetable(&week->rows.data, &week->rows.settings, &day->plan, &day->stops, err);
    return status;
}

/* What was never filled is all zero, which is empty. */
void ht_export_day_release(ht_export_day *day) {
    ht_array_release(&day->stops);
    ht_check_report_release(&day->report);
    ht_plan_release(&day->plan);
}

const ht_dataset *ht_export_day_data(const ht_export_day *day) {
    return &day->week->rows.data;
}

const ht_visit_row *ht_export_day_visit(const ht_export_day *day, ht_sym visit) {
    int32_t row = ht_index_find(&day->week->visits, visit);
    return row < 0 ? NULL : (const ht_visit_row *)ht_dataset_rows(ht_export_day_data(day), HT_VISITS) + row;
}

const ht_client_row *ht_export_day_client(const ht_export_day *day, ht_sym client) {
    int32_t row = ht_index_find(&day->week->clients, client);
    return row < 0 ? NULL : (const ht_client_row *)ht_dataset_rows(ht_export_day_data(day), HT_CLIENTS) + row;
}

/* What is said of a person alone, a break without room, takes no visit from anybody. */
bool ht_export_day_can_keep(const ht_export_day *day, ht_sym visit, ht_sym staff) {
    const ht_breach *breach = day->report.breaches.items;
    for (int32_t i = 0; i < day->report.breaches.count; i++)
        if (breach[i].visit == visit && (breach[i].staff == staff || breach[i].staff == HT_NO_TEXT))
            return false;
    return true;
}

int32_t ht_export_day_lost(const ht_export_day *day) {
    const ht_stop *stop = day->stops.items;
    int32_t lost = 0;
    for (int32_t i = 0; i < day->stops.count; i++)
        lost += stop[i].kind == HT_STOP_VISIT && !ht_export_day_can_keep(day, stop[i].ref, stop[i].staff);
    return lost;
}
