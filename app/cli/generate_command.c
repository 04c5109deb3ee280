#include "app/cli/file_rows.h"
#include "app/generate_folder.h"
#include "base/words.h"

_Static_assert((int)HT_OPTION_SHARE_ONE == (int)HT_SHARE_ONE,
               "a share is the same to the options and to the generator");

/* The generator's own table, row by row as one of the command's. */
#define HT_OPTION_FIELD_MADE(name, kind, argument, standard, min, max, unit, help)                                     \
    HT_OPTION_FIELD(name, 0, kind, OPTIONAL, argument, standard, min, max, unit, help)
#define HT_OPTION_ROW_MADE(name, kind, argument, standard, min, max, unit, help)                                       \
    HT_OPTION_ROW(name, 0, kind, OPTIONAL, argument, standard, min, max, unit, help)
#define GENERATE_OPTIONS(X)                                                                                            \
    X(out, 0, FOLDER, NEEDED, "DIR", NULL, 0, 0, NULL, N_("the folder to write to, made where it is missing"))         \
    HT_GENERATE_OPTIONS(X##_MADE)

HT_OPTION_TABLE(GENERATE_OPTIONS, OPTIONS)

static ht_status print_json(const char *folder, const ht_generate_summary *summary, ht_err *err) {
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_text(json, "out", folder);
    ht_file_rows_json(json, "rows", summary->written, summary->rows);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print(const ht_call *call, const char *folder, const ht_generate_summary *summary, ht_err *err) {
    if (call->format == HT_FORMAT_JSON)
        return print_json(folder, summary, err);
    ht_status status = ht_file_rows_print(summary->written, summary->rows, call->format, err);
    if (!status && call->format == HT_FORMAT_TABLE)
        printf(_("Made up and written to %s; %s holds the command\n"), folder, HT_GENERATE_NOTE);
    return status;
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    ht_generate_job job = {.folder = given->out.text, .words = call->words, .stop = ht_catch_stop()};
#define X(name, kind, argument, standard, min, max, unit, help) job.options.name = given->name.number;
    HT_GENERATE_OPTIONS(X)
#undef X
    ht_generate_summary summary;
    ht_status status = ht_generate_folder(&job, &summary, &err);
    if (!status && summary.stopped) {
        ht_note(call, "%s", _("stopped: nothing is written"));
        return HT_EXIT_STOPPED;
    }
    if (!status)
        status = print(call, job.folder, &summary, &err);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_generate = {
    .name = "generate",
    .operands = "",
    .summary = N_("makes up a town's home care as CSV files"),
    .more =
        N_("Teams, clients, staff with delegations, rosters, absences, visits, relations, and performed visits of the\n"
           "days before. The same options make the same files, byte for byte, on every machine. Only a folder without\n"
           "such files, or one that this command wrote, is written to."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
