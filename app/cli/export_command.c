#include "app/cli/table.h"
#include "app/export.h"
#include "base/words.h"
#include "io/json.h"

#define EXPORT_OPTIONS(X)                                                                                              \
    X(out, 0, FOLDER, NEEDED, "DIR", NULL, 0, 0, NULL, N_("the folder to write to, made where it is missing"))         \
    X(date, 0, DATE, OPTIONAL, "D", NULL, 0, 0, NULL, N_("this day alone"))

HT_OPTION_TABLE(EXPORT_OPTIONS, OPTIONS)

static const ht_table_head HEAD[] = {{"plans", N_("plans"), HT_RIGHT},
                                     {"files", N_("files"), HT_RIGHT},
                                     {"planned_rows", N_("rows of plan.csv"), HT_RIGHT}};

static ht_status print_csv(const ht_export_summary *summary, ht_err *err) {
    ht_table_out table;
    ht_table_out_init(&table, HEAD, 3);
    ht_cell_integer(&table, summary->plans);
    ht_cell_integer(&table, summary->files);
    ht_cell_integer(&table, summary->planned_rows);
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
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print(const ht_call *call, const char *folder, const ht_export_summary *summary, ht_err *err) {
    if (call->format == HT_FORMAT_JSON)
        return print_json(folder, summary, err);
    if (call->format == HT_FORMAT_CSV)
        return print_csv(summary, err);
    if (summary->plans > 0)
        printf(_("Plans: %d; rows of plan.csv: %lld; files written to %s: %d\n"), summary->plans,
               (long long)summary->planned_rows, folder, summary->files);
    else
        printf(_("No plan yet: the roster alone is written to %s\n"), folder);
    return HT_OK;
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    ht_export_job job = {.folder = given->out.text,
                         .date = given->date.given ? (int32_t)given->date.number : HT_BLANK,
                         .words = call->words,
                         .stop = ht_catch_stop()};
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_export_summary summary;
    ht_status status = ht_export(store, &job, &summary, &err);
    ht_store_close(store);
    if (!status && summary.stopped) {
        ht_note(call, "%s", _("stopped: nothing is exported"));
        return HT_EXIT_STOPPED;
    }
    if (!status && summary.outdated > 0)
        ht_note(call, _("days whose plan is older than the data: %d; plan them again"), (int)summary.outdated);
    if (!status && summary.left_from_before)
        ht_note(call, _("%s still holds files of an earlier export; they do not belong to this roster"), job.folder);
    if (!status)
        status = print(call, job.folder, &summary, &err);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_export = {
    .name = "export",
    .operands = "",
    .summary = N_("writes plans as CSV files"),
    .more = N_(
        "Writes plan.csv, routes.csv, roster.csv, unplanned.csv, deviations.csv, continuity.csv (the 14 days up to "
        "the\n"
        "last exported one) and client_schedule.csv; with no plan the roster alone. Only these names are overwritten."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
