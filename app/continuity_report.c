#include "app/continuity_report.h"

/* ---- reading ---- */

static bool add_rows(const ht_performed_row *row, int32_t count, const bool *spoken_of, ht_array *rows) {
    for (int32_t i = 0; i < count; i++) {
        if (spoken_of[row[i].visit_id])
            continue;
        ht_performed_row *copy = ht_array_push(rows);
        if (copy == NULL)
            return false;
        *copy = row[i];
    }
    return true;
}

static void speak_of(const ht_array *rows, bool *spoken_of) {
    const ht_performed_row *row = rows->items;
    for (int32_t i = 0; i < rows->count; i++)
        spoken_of[row[i].visit_id] = true;
}

/* To the published plans the current ones are added, for visits that those do not speak of. */
static ht_status add_current(const ht_dataset *data, const ht_array *left_out, ht_array *plans, ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    bool *spoken_of = HT_ARENA_NEW(&arena, ht_strings_count(&data->text), bool);
    bool done = spoken_of != NULL;
    if (done) {
        speak_of(plans, spoken_of);
        speak_of(left_out, spoken_of);
        done = add_rows(data->planned.items, data->planned.count, spoken_of, plans);
    }
    ht_arena_release(&arena);
    return done ? HT_OK : ht_fail_memory(err);
}

static ht_status read_plans(ht_store *store, const ht_store_range *range, ht_continuity_report *report, ht_err *err) {
    ht_array left_out;
    ht_dataset *data = &report->day.data;
    ht_array_init(&left_out, sizeof(ht_performed_row), &ht_allocator_system);
    ht_status status = ht_store_read_published(store, range, data, &report->plans, err);
    if (!status)
        status = ht_store_read_left_out(store, range, HT_PLANS_PUBLISHED, data, &left_out, err);
    if (!status)
        status = add_current(data, &left_out, &report->plans, err);
    ht_array_release(&left_out);
    return status;
}

static ht_status read_parts(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    ht_store_range range = {.from = job->from, .to = job->to, .with_travel = false};
    ht_status status = ht_day_data_read(store, &range, job->team, &report->day, err);
    if (!status)
        status = ht_store_read_left_out(store, &range, HT_PLANS_CURRENT, &report->day.data, &report->unplanned, err);
    if (!status && job->subject == HT_CONTINUITY_AGAINST_PLAN)
        status = read_plans(store, &range, report, err);
    return status;
}

/* Data and plans as of one moment. */
static ht_status read_all(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    ht_snapshot snapshot;
    ht_status status = ht_store_snapshot_begin(store, &snapshot, err);
    if (status)
        return status;
    status = read_parts(store, job, report, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

/* ---- measuring ---- */

static ht_status add_period(const ht_continuity_job *job, ht_continuity_report *report, int32_t from, int32_t to,
                            ht_err *err) {
    ht_continuity_period *period = ht_array_push(&report->periods);
    if (period == NULL)
        return ht_fail_memory(err);
    period->from = from;
    period->to = to;
    ht_array_init(&period->clients, sizeof(ht_client_continuity), &ht_allocator_system);
    ht_array_init(&period->groups, sizeof(ht_group_continuity), &ht_allocator_system);
    if (!ht_continuity_measure(&report->measure, from, to, &period->clients) ||
        !ht_continuity_groups(&report->day.data, &period->clients, &period->groups))
        return ht_fail_memory(err);
    if (job->readers == HT_READERS_OUTSIDE) {
        ht_groups_suppress(&period->groups);
        ht_array_empty(&period->clients);
    }
    return HT_OK;
}

static ht_status add_periods(const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    if (job->window == 0)
        return add_period(job, report, job->from, job->to, err);
    ht_status status = HT_OK;
    for (int32_t from = job->from; !status && from + job->window - 1 <= job->to; from += job->step)
        status = add_period(job, report, from, from + job->window - 1, err);
    return status;
}

static ht_status measure(const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    report->is_open = true;
    bool open =
        ht_continuity_open(&report->measure, &report->day.data, &job->definition, job->from, job->to, report->day.team);
    report->measure.unplanned = &report->unplanned;
    if (open && job->subject == HT_CONTINUITY_AGAINST_PLAN)
        open = ht_continuity_compare(&report->measure, &report->plans);
    return open ? add_periods(job, report, err) : ht_fail_memory(err);
}

ht_status ht_continuity_read(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err) {
    *report = (ht_continuity_report){.is_open = false};
    ht_array_init(&report->unplanned, sizeof(ht_performed_row), &ht_allocator_system);
    ht_array_init(&report->plans, sizeof(ht_performed_row), &ht_allocator_system);
    ht_array_init(&report->periods, sizeof(ht_continuity_period), &ht_allocator_system);
    ht_status status = read_all(store, job, report, err);
    return status ? status : measure(job, report, err);
}

void ht_continuity_report_release(ht_continuity_report *report) {
    ht_continuity_period *period = report->periods.items;
    for (int32_t i = 0; i < report->periods.count; i++) {
        ht_array_release(&period[i].clients);
        ht_array_release(&period[i].groups);
    }
    ht_array_release(&report->periods);
    if (report->is_open)
        ht_continuity_close(&report->measure);
    ht_array_release(&report->plans);
    ht_array_release(&report->unplanned);
    ht_day_data_release(&report->day);
}
