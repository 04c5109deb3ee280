#include "app/cli/table.h"
#include "app/export.h"
#include "base/words.h"
#include "io/json.h"

#define EXPORT_OPTIONS(X)                                                                                              \
    X(out, 0, FOLDER, NEEDED, "DIR", NULL, 0, 0, NULL, N_("the folder to write to, made where it is missing"))         \
    X(date, 0, DATE, OPTIONAL, "D", NULL, 0, 0, NULL, N_("this day alone"))                                            \
    X(ics, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, N_("also a calendar for each staff member, in DIR/ics"))         \
    X(weeks, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, N_("also the clients' weeks, to print"))                       \
    X(client, 0, TEXT, OPTIONAL, "ID", NULL, 0, 0, NULL, N_("with --weeks: this client's week alone"))

HT_OPTION_TABLE(EXPORT_OPTIONS, OPTIONS)

static const ht_table_head HEAD[] = {{"plans", N_("plans"), HT_RIGHT},
                                     {"files", N_("files"), HT_RIGHT},
                                     {"planned_rows", N_("rows of plan.csv"), HT_RIGHT},
                                     {"calendars", N_("calendars"), HT_RIGHT},
                                     {"empty_calendars", N_("empty calendars"), HT_RIGHT},
                                     {"week_pages", N_("week pages"), HT_RIGHT}};

static ht_status print_csv(const ht_export_summary *summary, ht_err *err) {
    ht_table_out table;
    ht_table_out_init(&table, HEAD, sizeof HEAD / sizeof *HEAD);
    ht_cell_integer(&table, summary->plans);
    ht_cell_integer(&table, summary->files);
    ht_cell_integer(&table, summary->planned_rows);
    ht_cell_integer(&table, summary->calendars);
    ht_cell_integer(&table, summary->empty_calendars);
    ht_cell_integer(&table, summary->week_pages);
    ht_status status = ht_table_out_print(&table, HT_FORMAT_CSV, err);
    ht_table_out_release(&table);
    return status;
}

static ht_status print_json(const char *folder, const ht_export_summary *summary, ht_err *err) {
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_text(json, "out", folder);
    ht_json_integer(json, "plans", summary->plans);
    ht_json_integer(json, "files", summary->files);
    ht_json_integer(json, "planned_rows", summary->planned_rows);
    ht_json_integer(json, "calendars", summary->calendars);
    ht_json_integer(json, "empty_calendars", summary->empty_calendars);
    ht_json_integer(json, "week_pages", summary->week_pages);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static void print_people(const ht_export_job *job, const ht_export_summary *summary) {
    if (summary->plans > 0)
        printf(_("Plans: %d; rows of plan.csv: %lld; files written to %s: %d\n"), summary->plans,
               (long long)summary->planned_rows, job->folder, summary->files);
    else
        printf(_("No plan yet: the roster alone is written to %s\n"), job->folder);
    if (job->calendars == HT_CALENDARS_WRITTEN)
        printf(_("Calendars in %s/ics: %d; of people with nothing left, emptied: %d\n"), job->folder,
               summary->calendars, summary->empty_calendars);
    if (job->weeks == HT_WEEKS_WRITTEN)
        printf(_("Pages of clients' weeks: %d\n"), summary->week_pages);
}

static ht_status print(const ht_call *call, const ht_export_job *job, const ht_export_summary *summary, ht_err *err) {
    if (call->format == HT_FORMAT_JSON)
        return print_json(job->folder, summary, err);
    if (call->format == HT_FORMAT_CSV)
        return print_csv(summary, err);
    print_people(job, summary);
    return HT_OK;
}

static int finish(const ht_call *call, const ht_export_job *job, const ht_export_summary *summary) {
    ht_err err;
    ht_err_init(&err);
    if (summary->stopped) {
        ht_note(call, "%s", _("stopped: nothing is exported"));
        return HT_EXIT_STOPPED;
    }
    if (summary->outdated > 0)
        ht_note(call, _("days whose plan is older than the data: %d; plan them again"), (int)summary->outdated);
    if (summary->impossible > 0)
        ht_note(call, _("days whose plan cannot be kept any more: %d; 'hemtur check' says why"),
                (int)summary->impossible);
    if (summary->lost > 0 && (job->calendars == HT_CALENDARS_WRITTEN || job->weeks == HT_WEEKS_WRITTEN))
        ht_note(call, _("appointments that cannot be kept any more, left out of calendars and clients' weeks: %d"),
                (int)summary->lost);
    if (summary->left_from_before)
        ht_note(call, _("%s still holds files of an earlier export; they do not belong to this roster"), job->folder);
    return print(call, job, summary, &err) == HT_OK ? HT_EXIT_DONE : ht_complain(&err);
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    ht_export_job job = {.folder = given->out.text,
                         .date = given->date.given ? (int32_t)given->date.number : HT_BLANK,
                         .words = call->words,
                         .calendars = given->ics.given ? HT_CALENDARS_WRITTEN : HT_CALENDARS_LEFT,
                         .weeks = given->weeks.given ? HT_WEEKS_WRITTEN : HT_WEEKS_LEFT,
                         .client = given->client.text,
                         .stop = ht_catch_stop()};
    if (given->client.given && !given->weeks.given) {
        ht_fail(&err, HT_EUSAGE, _("--client needs --weeks"));
        return ht_complain_usage("export", &err);
    }
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_export_summary summary;
    ht_status status = ht_export(store, &job, &summary, &err);
    ht_store_close(store);
    return status ? ht_complain(&err) : finish(call, &job, &summary);
}

const ht_command ht_command_export = {
    .name = "export",
    .operands = "",
    .summary = N_("writes plans as CSV files, calendars and pages to print"),
    .more = N_(
        "Writes plan.csv, routes.csv, roster.csv, unplanned.csv, deviations.csv, continuity.csv (the 14 days up to "
        "the\n"
        "last exported one) and client_schedule.csv; with no plan the roster alone. Only these names are overwritten.\n"
        "--ics writes ics/STAFF_ID.ics: visits, breaks and office time; a calendar there whose owner has none of these "
        "is\n"
        "emptied. --weeks writes client_weeks-YEAR-WEEK.html, a sheet for each client, with --client\n"
        "client_week-ID-YEAR-WEEK.html; also with --date the whole week."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
