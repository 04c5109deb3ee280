#include "app/export.h"

#include <errno.h>
#include <sys/stat.h>

#include "app/current_plan.h"
#include "app/export_files.h"
#include "app/load.h"
#include "base/calendar.h"
#include "base/words.h"

/* What the export of several days shares. */
typedef struct exporter {
    const ht_export_job *job;
    ht_store *store;
    ht_day_data day;
    ht_export_files files;
    ht_array records;      /* of ht_plan_record: the current plans to export */
    ht_array appointments; /* of ht_appointment */
    ht_arena arena;
    ht_index visits, clients;
    ht_export_summary *summary;
} exporter;

static ht_status make_folder(const char *folder, ht_err *err) {
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, _("cannot make the folder %s: %s"), folder, strerror(errno));
}

/* Everything the store has: rosters and visits of all dates, and those of the history that plans need. */
static ht_status read_data(exporter *e, ht_err *err) {
    ht_store_range range = {.from = HT_DATE_MIN, .to = HT_DATE_MAX, .with_travel = true};
    if (e->job->date != HT_BLANK)
        range = ht_day_range(e->job->date);
    ht_status status = ht_day_data_read(e->store, &range, NULL, &e->day, err);
    if (status)
        return status;
    if (!ht_index_build(&e->visits, &e->day.data, HT_VISITS, &e->arena) ||
        !ht_index_build(&e->clients, &e->day.data, HT_CLIENTS, &e->arena))
        return ht_fail_memory(err);
    return HT_OK;
}

/* ---- one day ---- */

static bool add_appointment(exporter *e, int32_t date, const ht_stop *stop) {
    int32_t row = ht_index_find(&e->visits, stop->ref);
    ht_appointment *appointment = ht_array_push(&e->appointments);
    if (appointment == NULL)
        return false;
    const ht_visit_row *visit = ht_dataset_rows(&e->day.data, HT_VISITS);
    *appointment = (ht_appointment){.client = row < 0 ? HT_NO_TEXT : visit[row].client_id,
                                    .staff = stop->staff,
                                    .date = date,
                                    .start = stop->start,
                                    .end = stop->end,
                                    .role = stop->role};
    return true;
}

static ht_status export_stops(exporter *e, const ht_plan *plan, ht_err *err) {
    ht_array stops;
    ht_array_init(&stops, sizeof(ht_stop), &ht_allocator_system);
    ht_status status = ht_timetable(&e->day.data, &e->day.settings, plan, &stops, err);
    if (!status)
        e->summary->planned_rows += ht_export_stops(&e->files, &e->day.data, &e->visits, plan->date, &stops);
    const ht_stop *stop = stops.items;
    for (int32_t i = 0; !status && i < stops.count; i++)
        if (stop[i].kind == HT_STOP_VISIT && !add_appointment(e, plan->date, &stop[i]))
            status = ht_fail_memory(err);
    ht_array_release(&stops);
    return status;
}

static ht_status breach_found(const ht_plan *plan, const ht_check_report *report, ht_err *err) {
    const ht_breach *first = report->breaches.items;
    char date[HT_DATE_TEXT];
    ht_date_print(plan->date, date, sizeof date);
    return ht_fail(err, HT_ERULE,
                   _("the plan of %s breaks a hard rule, nothing is exported: %s: %s; plan the whole day again with "
                     "`hemtur plan --date %s`"),
                   date, ht_named(ht_hard_rule_name(first->rule)), first->text, date);
}

/* The parts of a day were checked each by itself when they were made: together they may break a rule. An outdated plan is
 * written as it stands, and said to be outdated: people work by it until there is a new one. */
static ht_status export_deviations(exporter *e, const ht_plan *plan, bool outdated, ht_err *err) {
    ht_check_report report;
    ht_status status = ht_check_plan(&e->day.data, &e->day.settings, plan, &report, err);
    if (!status && report.breaches.count > 0 && !outdated)
        status = breach_found(plan, &report, err);
    if (!status)
        ht_export_deviations(&e->files, plan->date, &report);
    ht_check_report_release(&report);
    return status;
}

/* One day: count records from record on. */
static ht_status export_day(exporter *e, const ht_plan_record *record, int32_t count, ht_err *err) {
    ht_plan plan;
    bool outdated = false;
    for (int32_t i = 0; i < count; i++)
        outdated = outdated || record[i].outdated;
    e->summary->outdated += outdated;
    ht_status status = ht_current_join(e->store, record, count, &e->day.data, &plan, err);
    if (!status)
        status = ht_day_data_profile(&e->day, record->profile, err);
    if (!status)
        status = export_deviations(e, &plan, outdated, err);
    if (!status)
        status = export_stops(e, &plan, err);
    if (!status)
        ht_export_unplanned(&e->files, &e->day.data, &plan);
    ht_plan_release(&plan);
    e->summary->plans += count;
    return status;
}

/* ---- all of them ---- */

static int before(const exporter *e, const ht_appointment *a, const ht_appointment *b) {
    int order = strcmp(ht_dataset_text(&e->day.data, a->client), ht_dataset_text(&e->day.data, b->client));
    if (order == 0)
        order = (a->date > b->date) - (a->date < b->date);
    if (order == 0)
        order = (a->start > b->start) - (a->start < b->start);
    return order != 0 ? order
                      : strcmp(ht_dataset_text(&e->day.data, a->staff), ht_dataset_text(&e->day.data, b->staff));
}

/* Merges the sorted halves [first, middle) and [middle, last). qsort() could not be told the texts without a global. */
static void merge(const exporter *e, ht_appointment *rows, ht_appointment *spare, int32_t first, int32_t middle,
                  int32_t last) {
    int32_t left = first, right = middle;
    for (int32_t i = first; i < last; i++) {
        bool take_left = left < middle && (right >= last || before(e, &rows[left], &rows[right]) <= 0);
        spare[i] = take_left ? rows[left++] : rows[right++];
    }
    memcpy(rows + first, spare + first, (size_t)(last - first) * sizeof *rows);
}

static bool sort_appointments(exporter *e) {
    int32_t count = e->appointments.count;
    ht_appointment *spare = HT_ARENA_NEW(&e->arena, count, ht_appointment);
    if (spare == NULL)
        return false;
    for (int32_t width = 1; width < count; width *= 2)
        for (int32_t first = 0; first + width < count; first += 2 * width) {
            int32_t last = first + 2 * width < count ? first + 2 * width : count;
            merge(e, e->appointments.items, spare, first, first + width, last);
        }
    return true;
}

static ht_status export_continuity(exporter *e, ht_err *err) {
    const ht_plan_record *record = e->records.items;
    int32_t last = record[e->records.count - 1].date;
    ht_continuity measures;
    ht_status status = HT_OK;
    if (ht_continuity_measure(&e->day.data, last - HT_HISTORY_DAYS + 1, last, HT_NO_TEXT, &measures))
        ht_export_continuity(&e->files, &e->day.data, &measures);
    else
        status = ht_fail_memory(err);
    ht_continuity_release(&measures);
    return status;
}

static bool stopped(exporter *e) {
    e->summary->stopped = e->job->stop != NULL && atomic_load(e->job->stop) != 0;
    return e->summary->stopped;
}

static ht_status fill_files(exporter *e, ht_err *err) {
    const ht_plan_record *record = e->records.items;
    ht_status status = HT_OK;
    for (int32_t first = 0, count; !status && first < e->records.count && !stopped(e); first += count) {
        count = ht_current_day(&record[first], e->records.count - first);
        status = export_day(e, &record[first], count, err);
    }
    if (!status && !sort_appointments(e))
        status = ht_fail_memory(err);
    if (status || stopped(e))
        return status;
    ht_export_appointments(&e->files, &e->day.data, &e->appointments);
    return export_continuity(e, err);
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
    return ht_export_files_close(&e->files, err);
}

/* With a date the roster is that of the day alone, not of the history that was read with it. */
static void keep_roster_of(ht_dataset *data, int32_t date) {
    ht_array *table = &data->table[HT_ROSTER];
    ht_roster_row *row = table->items;
    int32_t kept = 0;
    for (int32_t i = 0; i < table->count; i++)
        if (row[i].date == date)
            row[kept++] = row[i];
    ht_array_shrink(table, kept);
}

static ht_status write_roster(exporter *e, ht_err *err) {
    if (e->job->date != HT_BLANK)
        keep_roster_of(&e->day.data, e->job->date);
    if (e->job->date != HT_BLANK && ht_dataset_count(&e->day.data, HT_ROSTER) == 0 && e->records.count == 0) {
        char text[HT_DATE_TEXT];
        ht_date_print(e->job->date, text, sizeof text);
        return ht_fail(err, HT_EINPUT, _("the store has neither a plan nor a roster of %s"), text);
    }
    e->summary->files++;
    return ht_csv_write_table(e->job->folder, ht_table_get(HT_ROSTER), &e->day.data, e->job->words, err);
}

static ht_status read_and_write(exporter *e, ht_err *err) {
    ht_status status = ht_current_records(e->store, e->job->date, &e->records, err);
    if (!status)
        status = read_data(e, err);
    if (!status)
        status = make_folder(e->job->folder, err);
    e->summary->left_from_before = !status && e->records.count == 0 && ht_export_files_there(e->job->folder);
    if (!status && e->records.count > 0 && !stopped(e))
        status = write_plans(e, err);
    return status || stopped(e) ? status : write_roster(e, err);
}

/* Plans and data as of one moment: somebody may import or plan meanwhile. */
static ht_status run(exporter *e, ht_err *err) {
    ht_snapshot snapshot;
    ht_status status = ht_store_snapshot_begin(e->store, &snapshot, err);
    if (status)
        return status;
    status = read_and_write(e, err);
    ht_store_snapshot_end(e->store, snapshot);
    return status;
}

ht_status ht_export(ht_store *store, const ht_export_job *job, ht_export_summary *summary, ht_err *err) {
    *summary = (ht_export_summary){.plans = 0};
    exporter e = {.job = job, .store = store, .summary = summary};
    ht_arena_init(&e.arena, &ht_allocator_system);
    ht_array_init(&e.records, sizeof(ht_plan_record), &ht_allocator_system);
    ht_array_init(&e.appointments, sizeof(ht_appointment), &ht_allocator_system);
    ht_status status = run(&e, err);
    ht_array_release(&e.appointments);
    ht_array_release(&e.records);
    ht_day_data_release(&e.day);
    ht_arena_release(&e.arena);
    return status;
}
