#include "app/cli/file_rows.h"
#include "app/import.h"
#include "base/calendar.h"
#include "base/words.h"

#define IMPORT_OPTIONS(X)                                                                                              \
    X(update, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, N_("take any subset of the files"))                           \
    X(map, 0, FILE, OPTIONAL, "FILE", NULL, 0, 0, NULL, N_("a mapping that says what another system's files hold"))

HT_OPTION_TABLE(IMPORT_OPTIONS, OPTIONS)

static ht_status print_json(const ht_import_summary *summary, const char *from, const char *to, ht_err *err) {
    bool removes[HT_TABLES]; /* what an import may take away */
    for (int32_t i = 0; i < HT_TABLES; i++)
        removes[i] = summary->listed[i] && (ht_table_get((ht_table_id)i)->dated || i == HT_SERIES);
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_file_rows_json(json, "rows", summary->listed, summary->rows);
    ht_file_rows_json(json, "removed", removes, summary->done.removed);
    if (summary->from != HT_BLANK) {
        ht_json_text(json, "from", from);
        ht_json_text(json, "to", to);
    }
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

/* What a planner may not expect of an import is told wherever it happened. */
static void print_removed(const ht_import_summary *summary) {
    int32_t visits = summary->done.removed[HT_VISITS], roster = summary->done.removed[HT_ROSTER],
            series = summary->done.removed[HT_SERIES];
    if (visits > 0)
        printf(HT_PLURAL("%d visit that is no longer listed was removed\n",
                         "%d visits that are no longer listed were removed\n", visits),
               (int)visits);
    if (roster > 0)
        printf(HT_PLURAL("%d roster row that is no longer listed was removed\n",
                         "%d roster rows that are no longer listed were removed\n", roster),
               (int)roster);
    if (series > 0)
        printf(HT_PLURAL("%d series that is no longer listed, of a client with others, was removed\n",
                         "%d series that are no longer listed, of clients with others, were removed\n", series),
               (int)series);
}

static ht_status print_summary(const ht_call *call, const ht_import_summary *summary, ht_err *err) {
    char from[HT_DATE_TEXT] = "", to[HT_DATE_TEXT] = "";
    if (summary->from != HT_BLANK) {
        ht_date_print(summary->from, from, sizeof from);
        ht_date_print(summary->to, to, sizeof to);
    }
    if (call->format == HT_FORMAT_JSON)
        return print_json(summary, from, to, err);
    ht_status status = ht_file_rows_print(summary->listed, summary->rows, call->format, err);
    if (!status && call->format == HT_FORMAT_TABLE && summary->from != HT_BLANK)
        printf(_("Visits and roster from %s to %s, stored in %s\n"), from, to, call->db);
    if (!status && call->format == HT_FORMAT_TABLE)
        print_removed(summary);
    return status;
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_import_job job = {.folder = call->operand[0],
                         .db = call->db,
                         .map = given->map.given ? given->map.text : NULL,
                         .mode = given->update.given ? HT_FOLDER_ANY_SUBSET : HT_FOLDER_WHOLE};
    ht_issues issues;
    ht_import_summary summary;
    ht_err err;
    ht_err_init(&err);
    ht_issues_init(&issues, &ht_allocator_system);
    ht_status status = ht_import(&job, &issues, &summary, &err);
    ht_print_issues(call, &issues);
    ht_issues_release(&issues);
    if (!status)
        status = print_summary(call, &summary, &err);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_import = {
    .name = "import",
    .operands = "DIR",
    .operands_least = 1,
    .operands_most = 1,
    .summary = N_("reads a folder of CSV files into the store"),
    .more =
        N_("All files are read and checked before anything is stored, in one transaction. Rows replace by key; visits\n"
           "and roster rows of dates that the folder covers but no longer lists are removed, and, unless --update is\n"
           "given, series that it no longer lists of clients that it lists others of. Plans stay, marked outdated.\n"
           "Needed: clients.csv, staff.csv, roster.csv, and visits.csv or visit_series.csv."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
