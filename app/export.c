#include "app/export.h"

#include "app/appointments.h"
#include "app/current_plan.h"
#include "app/export_calendars.h"
#include "app/export_day.h"
#include "app/export_files.h"
#include "app/export_weeks.h"
#include "base/calendar.h"
#include "base/words.h"

/* What the export of several days shares. Weeks are read one after the other, each with just what it needs. */
typedef struct exporter {
    const ht_export_job *job;
    ht_store *store;
    ht_export_files files;
    ht_file_batch batch;
    ht_array records;      /* of ht_plan_record: the current plans to read, by date */
    ht_array days;         /* of int32_t: their dates */
    int32_t last;          /* the last date to export; HT_BLANK: there is no plan to export */
    ht_strings names;      /* texts that outlive a day's data */
    ht_array appointments; /* of ht_appointment */
    const char *contact;   /* of job->client, "" for none */
    ht_calendars calendars;
    ht_export_summary *summary;
} exporter;

static bool stopped(exporter *e) {
    e->summary->stopped = e->job->stop != NULL && atomic_load(e->job->stop) != 0;
    return e->summary->stopped;
}

/* ---- which days ---- */

/* The others are read for the weeks alone. */
static bool is_exported(const exporter *e, int32_t date) {
    return e->job->date == HT_BLANK || e->job->date == date;
}

/* A week on paper is whole, also where a single day is exported. */
static bool is_read(const exporter *e, int32_t date) {
    return is_exported(e, date) ||
           (e->job->weeks == HT_WEEKS_WRITTEN && ht_date_monday(date) == ht_date_monday(e->job->date));
}

static ht_status find_days(exporter *e, ht_err *err) {
    ht_status status = ht_current_records(e->store, HT_BLANK, &e->records, err);
    ht_plan_record *record = e->records.items;
    int32_t kept = 0;
    e->last = HT_BLANK;
    for (int32_t i = 0; !status && i < e->records.count; i++) {
        if (!is_read(e, record[i].date))
            continue;
        if (is_exported(e, record[i].date))
            e->last = record[i].date;
        record[kept++] = record[i];
    }
    ht_array_shrink(&e->records, kept);
    return status;
}

/* ---- one day ---- */

/* By the standard definition of the key figure. */
static ht_status export_continuity(exporter *e, const ht_export_day *day, ht_err *err) {
    int32_t to = day->date, from = to - HT_KEY_FIGURE_DAYS + 1;
    ht_definition definition;
    ht_continuity measure;
    ht_array clients;
    ht_array_init(&clients, sizeof(ht_client_continuity), &ht_allocator_system);
    ht_definition_find(HT_DEFINITION_STANDARD, &definition); /* is there: a test holds it */
    bool done = ht_continuity_open(&measure, ht_export_day_data(day), &definition, from, to, HT_NO_TEXT) &&
                ht_continuity_measure(&measure, from, to, &clients);
    if (done)
        ht_export_continuity(&e->files, ht_export_day_data(day), &clients);
    ht_continuity_close(&measure);
    ht_array_release(&clients);
    return done ? HT_OK : ht_fail_memory(err);
}

static ht_status export_rows(exporter *e, const ht_export_day *day, ht_err *err) {
    e->summary->outdated += day->outdated;
    e->summary->impossible += day->report.breaches.count > 0;
    ht_export_deviations(&e->files, day->date, &day->report);
    e->summary->planned_rows +=
        ht_export_stops(&e->files, ht_export_day_data(day), &day->week->visits, day->date, &day->stops);
    ht_export_unplanned(&e->files, ht_export_day_data(day), &day->plan);
    ht_status status = e->job->calendars == HT_CALENDARS_WRITTEN ? ht_calendars_add(&e->calendars, day, err) : HT_OK;
    return status || day->date != e->last ? status : export_continuity(e, day, err);
}

static ht_status find_client(exporter *e, const ht_export_day *day, ht_err *err) {
    const char *client = e->job->client;
    const ht_dataset *data = ht_export_day_data(day);
    if (client == NULL)
        return HT_OK;
    ht_sym id = ht_strings_find(&data->text, client);
    const ht_client_row *row = id == HT_NO_SYMBOL ? NULL : ht_export_day_client(day, id);
    if (row == NULL)
        return ht_fail(err, HT_EINPUT, _("the store knows no client '%s'"), client);
    e->contact = ht_names_keep(&e->names, ht_dataset_text(data, row->contact));
    return e->contact == NULL ? ht_fail_memory(err) : HT_OK;
}

static bool add_date(exporter *e, int32_t date) {
    int32_t *added = ht_array_push(&e->days);
    if (added != NULL)
        *added = date;
    return added != NULL;
}

/* One day: count records from record on. */
static ht_status export_day(exporter *e, ht_export_week *week, const ht_plan_record *record, int32_t count,
                            ht_err *err) {
    ht_export_day day;
    ht_status status = ht_export_day_read(e->store, week, record, count, &day, err);
    if (!status)
        status = find_client(e, &day, err);
    if (!status && !add_date(e, day.date))
        status = ht_fail_memory(err);
    if (!status)
        e->summary->lost += ht_export_day_lost(&day);
    if (!status)
        status = ht_appointments_add(&e->appointments, &day, &e->names, err);
    if (!status && is_exported(e, day.date)) {
        status = export_rows(e, &day, err);
        e->summary->plans += count;
    }
    ht_export_day_release(&day);
    return status;
}

/* The days of the week that the first of count records lies in. *used: how many records they are. */
static ht_status export_week(exporter *e, const ht_plan_record *record, int32_t count, int32_t *used, ht_err *err) {
    ht_export_week week;
    ht_status status = ht_export_week_read(e->store, record->date, &week, err);
    int32_t first = 0;
    while (!status && first < count && record[first].date < week.monday + HT_WEEK_DAYS && !stopped(e)) {
        int32_t parts = ht_current_day(&record[first], count - first);
        status = export_day(e, &week, &record[first], parts, err);
        first += parts;
    }
    ht_export_week_release(&week);
    *used = first;
    return status;
}

static ht_status export_days(exporter *e, ht_err *err) {
    const ht_plan_record *record = e->records.items;
    ht_status status = HT_OK;
    for (int32_t first = 0, used; !status && first < e->records.count && !stopped(e); first += used)
        status = export_week(e, &record[first], e->records.count - first, &used, err);
    ht_appointments_sort(&e->appointments);
    return status;
}

/* ---- all of them ---- */

static ht_status fill_files(exporter *e, ht_err *err) {
    ht_status status = export_days(e, err);
    if (status || stopped(e))
        return status;
    ht_export_appointments(&e->files, &e->appointments, e->job->date);
    return HT_OK;
}

static ht_status write_plans(exporter *e, ht_err *err) {
    ht_status status = ht_export_files_open(&e->files, e->job->folder, e->job->words, err);
    if (status)
        return status;
    status = fill_files(e, err);
    if (status || stopped(e)) {
        ht_export_files_abandon(&e->files);
        return status;
    }
    e->summary->files += HT_EXPORT_FILES;
    return ht_export_files_hand_over(&e->files, &e->batch, err);
}

static ht_status nothing_known(int32_t date, ht_err *err) {
    char text[HT_DATE_TEXT];
    ht_date_print(date, text, sizeof text);
    return ht_fail(err, HT_EINPUT, _("the store has neither a plan nor a roster of %s"), text);
}

static ht_status write_roster(exporter *e, ht_dataset *roster, ht_err *err) {
    int32_t date = e->job->date;
    ht_store_range range = {.from = HT_DATE_MIN, .to = HT_DATE_MAX};
    if (date != HT_BLANK)
        range.from = range.to = date;
    ht_status status = ht_store_read_dated(e->store, HT_ROSTER, &range, roster, err);
    if (status)
        return status;
    if (date != HT_BLANK && e->last == HT_BLANK && ht_dataset_count(roster, HT_ROSTER) == 0)
        return nothing_known(date, err);
    ht_csv_out *out = ht_csv_out_open_table(e->job->folder, ht_table_get(HT_ROSTER), roster, e->job->words, err);
    e->summary->files++;
    return out != NULL ? ht_csv_out_hand_over(out, &e->batch, err) : err->status;
}

static ht_status read_and_write_roster(exporter *e, ht_err *err) {
    ht_dataset roster;
    if (!ht_dataset_init(&roster, &ht_allocator_system))
        return ht_fail_memory(err);
    ht_status status = write_roster(e, &roster, err);
    ht_dataset_release(&roster);
    return status;
}

static ht_status write_calendars(exporter *e, ht_err *err) {
    ht_calendars_written written = {0};
    if (e->job->calendars == HT_CALENDARS_LEFT || stopped(e))
        return HT_OK;
    ht_status status = ht_calendars_write(&e->calendars, e->job->folder, &e->batch, &written, err);
    e->summary->calendars = written.filled;
    e->summary->empty_calendars = written.emptied;
    e->summary->files += written.filled + written.emptied;
    return status;
}

static ht_status write_weeks(exporter *e, ht_err *err) {
    if (e->job->weeks == HT_WEEKS_LEFT || stopped(e))
        return HT_OK;
    ht_weeks_job job = {e->job->folder, e->job->client, e->contact, &e->appointments, &e->days};
    ht_status status = ht_weeks_write(&job, &e->batch, &e->summary->week_pages, err);
    e->summary->files += e->summary->week_pages;
    return status;
}

static ht_status write_all(exporter *e, ht_err *err) {
    e->summary->left_from_before = e->last == HT_BLANK && ht_export_files_there(e->job->folder);
    ht_status status = HT_OK;
    if (e->last != HT_BLANK)
        status = write_plans(e, err);
    else
        status = export_days(e, err);
    if (!status && !stopped(e))
        status = read_and_write_roster(e, err);
    if (!status)
        status = write_calendars(e, err);
    if (!status)
        status = write_weeks(e, err);
    return status;
}

/* Plans and data as of one moment: somebody may import or plan meanwhile. */
static ht_status run(exporter *e, ht_err *err) {
    ht_snapshot snapshot;
    ht_status status = ht_store_snapshot_begin(e->store, &snapshot, err);
    if (status)
        return status;
    status = find_days(e, err);
    if (!status)
        status = ht_file_batch_folder(&e->batch, e->job->folder, err);
    ht_calendars_sweep(e->job->folder);
    if (!status)
        status = write_all(e, err);
    ht_store_snapshot_end(e->store, snapshot);
    return status || stopped(e) ? status : ht_file_batch_place(&e->batch, err);
}

ht_status ht_export(ht_store *store, const ht_export_job *job, ht_export_summary *summary, ht_err *err) {
    *summary = (ht_export_summary){.plans = 0};
    exporter e = {.job = job, .store = store, .contact = "", .summary = summary};
    if (!ht_strings_init(&e.names, &ht_allocator_system))
        return ht_fail_memory(err);
    ht_file_batch_init(&e.batch);
    ht_calendars_init(&e.calendars, &e.names);
    ht_array_init(&e.records, sizeof(ht_plan_record), &ht_allocator_system);
    ht_array_init(&e.days, sizeof(int32_t), &ht_allocator_system);
    ht_array_init(&e.appointments, sizeof(ht_appointment), &ht_allocator_system);
    ht_status status = run(&e, err);
    ht_array_release(&e.appointments);
    ht_array_release(&e.days);
    ht_array_release(&e.records);
    ht_calendars_release(&e.calendars);
    ht_file_batch_release(&e.batch);
    ht_strings_release(&e.names);
    return status;
}
