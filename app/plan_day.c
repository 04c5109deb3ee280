#include "app/plan_day.h"

#include "app/current_plan.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/words.h"
#include "model/day.h"
#include "solver/explain.h"

/* What is kept of the time limit for the check and the store: they do about what the reading did, twice, and never less
 * than this. */
static const double RESERVE_LEAST = 0.1;
static const double RESERVE_OF_READING = 2.0;
/* The search gets at least this part of the limit, however long the reading took. */
static const double SEARCH_LEAST = 0.1;

static double search_limit(double whole, double read) {
    if (whole <= 0)
        return 0;
    double reserve = RESERVE_OF_READING * read > RESERVE_LEAST ? RESERVE_OF_READING * read : RESERVE_LEAST;
    double left = whole - read - reserve;
    return left > SEARCH_LEAST * whole ? left : SEARCH_LEAST * whole;
}

static ht_status no_visits(int32_t date, const char *team, int32_t removed_before, ht_err *err) {
    char text[HT_DATE_TEXT], before[HT_DATE_TEXT];
    ht_date_print(date, text, sizeof text);
    if (removed_before != HT_BLANK && date < removed_before) {
        ht_date_print(removed_before, before, sizeof before);
        return ht_fail(err, HT_EINPUT, _("there are no visits on %s: data before %s was removed"), text, before);
    }
    if (team != NULL && *team != '\0')
        return ht_fail(err, HT_EINPUT, _("team %s has no visits on %s"), team, text);
    return ht_fail(err, HT_EINPUT, _("there are no visits on %s"), text);
}

static ht_status breach_found(const ht_check_report *report, int32_t date, ht_err *err) {
    const ht_breach *first = report->breaches.items;
    char text[HT_DATE_TEXT];
    ht_date_print(date, text, sizeof text);
    return ht_fail(
        err, HT_ERULE,
        _("the plan of %s breaks hard rules (%d) and was not stored: a fault of hemtur, please report it (%s: %s)"),
        text, report->breaches.count, ht_named(ht_hard_rule_name(first->rule)), first->text);
}

/* The check's values are the ones that count; that the search saw others is worth a report. */
static void compare_levels(const ht_solution *best, ht_planned_day *result) {
    const ht_objective *objective = &result->day.settings.objective;
    for (int32_t i = 0; i < objective->levels; i++)
        if (best->values.level[i] != result->report.values.level[i] && result->note[0] == '\0')
            snprintf(result->note, sizeof result->note,
                     _("the search counted %lld for level %s, the check %lld: a fault of hemtur, please report it"),
                     (long long)best->values.level[i], ht_named(objective->level[i].name),
                     (long long)result->report.values.level[i]);
}

static void fill_record(const ht_plan_job *job, const ht_solve_result *solved, ht_planned_day *result) {
    ht_plan_record *record = &result->record;
    const ht_objective *objective = &result->day.settings.objective;
    record->date = job->date;
    snprintf(record->team, sizeof record->team, "%s", job->team != NULL ? job->team : "");
    snprintf(record->profile, sizeof record->profile, "%s", objective->profile);
    record->seed = job->solve.seed;
    record->work = solved->work;
    record->wall_ms = (int64_t)(result->wall_s * 1000);
    record->levels = objective->levels;
    for (int32_t i = 0; i < objective->levels; i++) {
        snprintf(record->level_name[i], sizeof record->level_name[i], "%s", objective->level[i].name);
        record->level_value[i] = result->report.values.level[i];
    }
    record->visits = result->report.visits;
    record->unplanned = result->report.unplanned;
}

/* From a solved problem to a checked plan. */
static ht_status make_plan(const ht_plan_job *job, const ht_day *day, const ht_solution *best, ht_planned_day *result,
                           ht_err *err) {
    ht_plan_init(&result->plan, job->date, result->day.team, &ht_allocator_system);
    result->has_plan = true;
    ht_status status = ht_day_plan(day, best, &result->plan, err);
    if (!status)
        status = ht_explain_unplanned(day, best, &result->plan, err);
    if (status)
        return status;
    result->has_report = true;
    status = ht_check_plan(&result->day.data, &result->day.settings, &result->plan, &result->report, err);
    if (!status && result->report.breaches.count > 0)
        status = breach_found(&result->report, job->date, err);
    if (!status)
        compare_levels(best, result);
    return status;
}

static ht_status solve_day(const ht_plan_job *job, const ht_day *day, double started, ht_planned_day *result,
                           ht_solve_result *solved, ht_arena *arena, ht_err *err) {
    result->no_visits = day->problem.visits + day->cancelled == 0;
    if (result->no_visits)
        return no_visits(job->date, job->team, result->day.removed_before, err);
    ht_solve_options options = job->solve;
    double read = ht_clock_wall() - started;
    options.time_limit = search_limit(job->solve.time_limit, read);
    ht_status status = ht_solve(&day->problem, &options, arena, solved, err);
    if (status)
        return status;
    result->search_s = ht_clock_wall() - started - read;
    result->evaluations = solved->evaluations;
    result->shifts = day->problem.shifts;
    snprintf(result->note, sizeof result->note, "%s", solved->note);
    result->first_full_s = solved->first_full_s < 0 ? -1 : read + solved->first_full_s;
    return make_plan(job, day, &solved->best, result, err);
}

static ht_status build_and_solve(const ht_plan_job *job, double started, ht_planned_day *result,
                                 ht_solve_result *solved, ht_err *err) {
    ht_day day;
    ht_day_data *read = &result->day;
    ht_status status =
        ht_day_build(&day, &read->data, &read->settings, job->date, read->team, &ht_allocator_system, err);
    if (status)
        return status;
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    status = solve_day(job, &day, started, result, solved, &arena, err);
    ht_arena_release(&arena);
    ht_day_release(&day);
    return status;
}

/* Another team's visits with this team's staff are in the plan of the whole day only: this one did not see them. */
static ht_status look_at_whole(ht_store *store, ht_planned_day *result, ht_err *err) {
    ht_plan whole;
    ht_plan_record record;
    ht_check_report report;
    ht_dataset *data = &result->day.data;
    ht_status status = ht_current_plan(store, result->record.date, data, &whole, &record, err);
    if (!status) {
        status = ht_check_plan(data, &result->day.settings, &whole, &report, err);
        if (!status && report.breaches.count > 0)
            snprintf(result->note, sizeof result->note,
                     _("with the rest of the day's plan this breaks hard rules (%s): it cannot be exported before the "
                       "whole day is planned again"),
                     ht_named(ht_hard_rule_name(((const ht_breach *)report.breaches.items)->rule)));
        ht_check_report_release(&report);
    }
    ht_plan_release(&whole);
    return status;
}

ht_status ht_plan_day(ht_store *store, const ht_plan_job *job, ht_planned_day *result, ht_err *err) {
    double started = ht_clock_wall(), cpu = ht_clock_cpu();
    *result = (ht_planned_day){.first_full_s = -1};
    ht_solve_result solved = {.work = 0};
    ht_store_range range = ht_day_range(job->date);
    ht_status status = ht_day_data_read(store, &range, job->team, &result->day, err);
    if (!status)
        status = ht_day_data_profile(&result->day, job->profile, err);
    if (!status)
        status = build_and_solve(job, started, result, &solved, err);
    if (status)
        return status;
    result->wall_s = ht_clock_wall() - started;
    result->cpu_s = ht_clock_cpu() - cpu;
    fill_record(job, &solved, result);
    status = ht_store_save_plan(store, &result->day.data, &result->plan, &result->record, err);
    return status || result->record.team[0] == '\0' ? status : look_at_whole(store, result, err);
}

void ht_planned_day_release(ht_planned_day *result) {
    if (result->has_report)
        ht_check_report_release(&result->report);
    if (result->has_plan)
        ht_plan_release(&result->plan);
    ht_day_data_release(&result->day);
    *result = (ht_planned_day){.first_full_s = -1};
}
