/* The commands that keep the store: backup and purge. */
#include "app/cli/table.h"
#include "base/words.h"
#include "io/json.h"

/* ---- backup ---- */

static const ht_table_head BACKUP_HEAD[] = {{"store", N_("the store"), HT_LEFT}, {"copy", N_("copy"), HT_LEFT}};

static ht_status print_backup(const ht_call *call, ht_err *err) {
    ht_status status;
    if (call->format == HT_FORMAT_TABLE) {
        printf(_("%s is copied to %s\n"), call->db, call->operand[0]);
        return HT_OK;
    }
    if (call->format == HT_FORMAT_JSON) {
        ht_json *json = ht_json_create();
        if (json == NULL)
            return ht_fail_memory(err);
        ht_json_text(json, BACKUP_HEAD[0].name, call->db);
        ht_json_text(json, BACKUP_HEAD[1].name, call->operand[0]);
        status = ht_json_write(json, stdout, err);
        ht_json_destroy(json);
        return status;
    }
    ht_table_out table;
    ht_table_out_init(&table, BACKUP_HEAD, 2);
    ht_cell_text(&table, call->db);
    ht_cell_text(&table, call->operand[0]);
    status = ht_table_out_print(&table, HT_FORMAT_CSV, err);
    ht_table_out_release(&table);
    return status;
}

static int run_backup(const ht_call *call) {
    ht_err err;
    ht_err_init(&err);
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = ht_store_backup(store, call->operand[0], &err);
    ht_store_close(store);
    if (!status)
        status = print_backup(call, &err);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_backup = {
    .name = "backup",
    .operands = "FILE",
    .operands_least = 1,
    .operands_most = 1,
    .summary = N_("copies the store, also while it is in use"),
    .more = N_("The copy is whole and consistent. FILE must not exist yet."),
    .run = run_backup,
};

/* ---- purge ---- */

#define PURGE_OPTIONS(X) X(before, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("what is older than this day goes"))

HT_OPTION_TABLE(PURGE_OPTIONS, OPTIONS)

static const ht_table_head HEAD[] = {{"what", N_("deleted"), HT_WORDS}, {"rows", N_("rows"), HT_RIGHT}};

typedef struct purged_row {
    const char *name;
    int64_t count;
} purged_row;

enum { PURGED_KINDS = 8 };

static void list_purged(const ht_purged *purged, purged_row rows[PURGED_KINDS]) {
    const purged_row list[PURGED_KINDS] = {{N_("visits"), purged->visits},       {N_("series"), purged->series},
                                           {N_("roster"), purged->roster},       {N_("absences"), purged->absences},
                                           {N_("performed"), purged->performed}, {N_("plans"), purged->plans},
                                           {N_("clients"), purged->clients},     {N_("staff"), purged->staff}};
    memcpy(rows, list, sizeof list);
}

static ht_status print_json(const purged_row *rows, ht_err *err) {
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < PURGED_KINDS; i++)
        ht_json_integer(json, rows[i].name, rows[i].count);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print_purged(const ht_call *call, const ht_purged *purged, ht_err *err) {
    purged_row rows[PURGED_KINDS];
    list_purged(purged, rows);
    if (call->format == HT_FORMAT_JSON)
        return print_json(rows, err);
    ht_table_out table;
    ht_table_out_init(&table, HEAD, 2);
    for (int32_t i = 0; i < PURGED_KINDS; i++) {
        ht_cell_text(&table, rows[i].name);
        ht_cell_integer(&table, rows[i].count);
    }
    ht_status status = ht_table_out_print(&table, call->format, err);
    ht_table_out_release(&table);
    return status;
}

static int run_purge(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    ht_purged purged = {.visits = 0};
    ht_store *store = ht_store_open(call->db, HT_STORE_WRITE, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = ht_store_purge(store, (int32_t)given->before.number, &purged, &err);
    ht_store_close(store);
    if (!status)
        status = print_purged(call, &purged, &err);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_purge = {
    .name = "purge",
    .operands = "",
    .summary = N_("removes old personal data from the store"),
    .more = N_(
        "Deletes visits, roster rows, absences, performed visits and plans before the day, series that ended before "
        "it,\n"
        "and clients and staff who left before it and are named nowhere else; the freed room is overwritten. It does\n"
        "not ask: make a backup first if you are not sure."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run_purge,
};
