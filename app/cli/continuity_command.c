#include <math.h>

#include "app/cli/table.h"
#include "app/continuity_report.h"
#include "base/calendar.h"
#include "base/words.h"
#include "io/json.h"

#define CONTINUITY_OPTIONS(X)                                                                                          \
    X(from, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("first day"))                                                   \
    X(to, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("last day"))                                                      \
    X(team, 0, TEXT, OPTIONAL, "T", NULL, 0, 0, NULL, N_("only this team's clients"))

HT_OPTION_TABLE(CONTINUITY_OPTIONS, OPTIONS)

enum { ONE_DIGIT = 10 };

/* One head for clients, teams and the whole, told apart by the first column. */
static const ht_table_head HEAD[] = {{"level", N_("level"), HT_WORDS},
                                     {"id", N_("id"), HT_LEFT},
                                     {"visits", N_("visits"), HT_RIGHT},
                                     {"distinct", N_("distinct staff"), HT_RIGHT},
                                     {"floor", N_("least possible"), HT_RIGHT},
                                     {"median", N_("median"), HT_RIGHT},
                                     {"p90", N_("P90"), HT_RIGHT},
                                     {"share_above_20", N_("share above 20"), HT_RIGHT},
                                     {"contact_share", N_("contact share"), HT_RIGHT},
                                     {"contact_ceiling", N_("contact at most"), HT_RIGHT},
                                     {"upc", N_("UPC"), HT_RIGHT},
                                     {"coc", N_("COC"), HT_RIGHT},
                                     {"secon", N_("SECON"), HT_RIGHT}};
enum { COLUMNS = sizeof HEAD / sizeof HEAD[0] };

static double share(int32_t part, int32_t whole) {
    return whole > 0 ? (double)part / whole : NAN;
}

static void put_tenths(ht_table_out *table, double value, char mark) {
    if (isfinite(value))
        ht_cell_decimal(table, llround(value * ONE_DIGIT), ONE_DIGIT, 1, mark);
    else
        ht_cell_text(table, "");
}

static void put_blank(ht_table_out *table, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        ht_cell_text(table, "");
}

static void put_client(ht_table_out *table, const ht_dataset *data, const ht_client_continuity *client, char mark) {
    ht_cell_text(table, N_("client"));
    ht_cell_text(table, ht_dataset_text(data, client->client));
    ht_cell_integer(table, client->visits);
    ht_cell_integer(table, client->distinct);
    ht_cell_integer(table, client->floor);
    put_blank(table, 3);
    ht_cell_share(table, share(client->by_contact, client->visits), mark);
    ht_cell_share(table, share(client->contact_ceiling, client->visits), mark);
    ht_cell_share(table, client->upc, mark);
    ht_cell_share(table, client->coc, mark);
    ht_cell_share(table, client->secon, mark);
}

/* Of a team or the whole; distinct staff is the mean over clients. */
static void put_group(ht_table_out *table, const char *level, const char *id, const ht_continuity *group, char mark) {
    ht_cell_text(table, level);
    ht_cell_text(table, id);
    ht_cell_integer(table, group->visits);
    put_tenths(table, group->mean_distinct, mark);
    put_blank(table, 1);
    put_tenths(table, group->median_distinct, mark);
    put_tenths(table, group->p90_distinct, mark);
    ht_cell_share(table, group->share_above_20, mark);
    ht_cell_share(table, group->contact_share, mark);
    ht_cell_share(table, group->contact_ceiling_share, mark);
    put_blank(table, 3);
}

static ht_status print_rows(const ht_call *call, const ht_continuity_report *report, ht_err *err) {
    const ht_dataset *data = &report->day.data;
    const ht_client_continuity *client = report->whole.clients.items;
    const ht_team_continuity *team = report->teams.items;
    char mark = ht_decimal_mark(call);
    ht_table_out table;
    ht_table_out_init(&table, HEAD, COLUMNS);
    for (int32_t i = 0; i < report->whole.clients.count; i++)
        put_client(&table, data, &client[i], mark);
    for (int32_t i = 0; i < report->teams.count; i++)
        put_group(&table, N_("team"), ht_dataset_text(data, team[i].team), &team[i].measures, mark);
    put_group(&table, N_("all"), "", &report->whole, mark);
    ht_status status = ht_table_out_print(&table, call->format, err);
    ht_table_out_release(&table);
    return status;
}

/* ---- JSON ---- */

static void client_json(ht_json *json, const ht_dataset *data, const ht_client_continuity *client) {
    ht_json_begin_object(json, NULL);
    ht_json_text(json, "client_id", ht_dataset_text(data, client->client));
    ht_json_integer(json, "visits", client->visits);
    ht_json_integer(json, "distinct", client->distinct);
    ht_json_integer(json, "floor", client->floor);
    ht_json_real(json, "contact_share", share(client->by_contact, client->visits));
    ht_json_real(json, "contact_ceiling", share(client->contact_ceiling, client->visits));
    ht_json_real(json, "upc", client->upc);
    ht_json_real(json, "coc", client->coc);
    ht_json_real(json, "secon", client->secon);
    ht_json_end(json);
}

static void group_json(ht_json *json, const ht_continuity *group) {
    ht_json_integer(json, "clients", group->clients.count);
    ht_json_integer(json, "visits", group->visits);
    ht_json_real(json, "mean_distinct", group->mean_distinct);
    ht_json_real(json, "median_distinct", group->median_distinct);
    ht_json_real(json, "p90_distinct", group->p90_distinct);
    ht_json_real(json, "share_above_20", group->share_above_20);
    ht_json_real(json, "contact_share", group->contact_share);
    ht_json_real(json, "contact_ceiling", group->contact_ceiling_share);
}

static void report_json(ht_json *json, const ht_continuity_report *report) {
    const ht_dataset *data = &report->day.data;
    const ht_client_continuity *client = report->whole.clients.items;
    const ht_team_continuity *team = report->teams.items;
    ht_json_begin_array(json, "clients");
    for (int32_t i = 0; i < report->whole.clients.count; i++)
        client_json(json, data, &client[i]);
    ht_json_end(json);
    ht_json_begin_array(json, "teams");
    for (int32_t i = 0; i < report->teams.count; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "team_id", ht_dataset_text(data, team[i].team));
        group_json(json, &team[i].measures);
        ht_json_end(json);
    }
    ht_json_end(json);
    ht_json_begin_object(json, "all");
    group_json(json, &report->whole);
    ht_json_integer(json, "unplanned", report->unplanned);
    ht_json_end(json);
}

static ht_status print_json(const ht_continuity_report *report, ht_err *err) {
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
    ht_date_print(report->whole.from, from, sizeof from);
    ht_date_print(report->whole.to, to, sizeof to);
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_text(json, "from", from);
    ht_json_text(json, "to", to);
    report_json(json, report);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print(const ht_call *call, const ht_continuity_report *report, ht_err *err) {
    if (call->format == HT_FORMAT_JSON)
        return print_json(report, err);
    ht_status status = print_rows(call, report, err);
    if (!status && call->format == HT_FORMAT_TABLE)
        printf(
            _("Distinct staff of teams and of all is the mean of their clients. Unplanned visits in the period: %d\n"),
            report->unplanned);
    return status;
}

static ht_status measure_in(const ht_call *call, ht_store *store, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_continuity_job job = {
        .from = (int32_t)given->from.number, .to = (int32_t)given->to.number, .team = given->team.text};
    ht_continuity_report report;
    ht_status status = ht_continuity_read(store, &job, &report, err);
    if (!status)
        status = print(call, &report, err);
    ht_continuity_report_release(&report);
    return status;
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    if (given->from.number > given->to.number) {
        ht_fail(&err, HT_EUSAGE, _("--from %s is after --to %s"), given->from.text, given->to.text);
        return ht_complain_usage("continuity", &err);
    }
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = measure_in(call, store, &err);
    ht_store_close(store);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_continuity = {
    .name = "continuity",
    .operands = "",
    .summary = N_("measures who meets the clients, and what was possible"),
    .more =
        N_("For each client, each team and the whole: distinct staff with the least that the roster allows, the "
           "contact's\n"
           "share of visits with the most that was possible, UPC, COC and SECON. Days with performed visits count as\n"
           "performed, others as planned."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
