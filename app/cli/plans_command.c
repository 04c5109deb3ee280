#include "app/cli/table.h"
#include "app/current_plan.h"
#include "app/load.h"
#include "base/calendar.h"
#include "base/words.h"
#include "io/json.h"
#include "model/timetable.h"

enum { VERSION_MAX = 1000000, MOMENT_TEXT = 32 };

#define PLANS_OPTIONS(X)                                                                                               \
    X(date, 0, DATE, OPTIONAL, "D", NULL, 0, 0, NULL, N_("the day; 'list' takes every day without it"))                \
    X(version, 0, INT, OPTIONAL, "N", NULL, 1, VERSION_MAX, NULL,                                                      \
      N_("which of the day's plans; 'show' takes the current one without it"))                                         \
    X(team, 0, TEXT, OPTIONAL, "T", NULL, 0, 0, NULL, N_("the plans of this team"))

HT_OPTION_TABLE(PLANS_OPTIONS, OPTIONS)

/* ---- list ---- */

/* People: without what only repeating a run needs, and with the time on the wall. */
static const ht_table_head PEOPLE_HEAD[] = {
    {"date", N_("date"), HT_LEFT},      {"team", N_("team"), HT_LEFT},       {"version", N_("version"), HT_RIGHT},
    {"state", N_("state"), HT_WORDS},   {"visits", N_("visits"), HT_RIGHT},  {"unplanned", N_("unplanned"), HT_RIGHT},
    {"levels", N_("levels"), HT_WORDS}, {"profile", N_("profile"), HT_LEFT}, {"created", N_("made"), HT_LEFT}};
static const ht_table_head CSV_HEAD[] = {
    {"date", "", HT_LEFT},    {"team", "", HT_LEFT},       {"version", "", HT_RIGHT}, {"state", "", HT_WORDS},
    {"visits", "", HT_RIGHT}, {"unplanned", "", HT_RIGHT}, {"levels", "", HT_WORDS},  {"profile", "", HT_LEFT},
    {"seed", "", HT_RIGHT},   {"work", "", HT_RIGHT},      {"created", "", HT_LEFT}};

/* "current|published" */
static void state_text(const ht_plan_record *record, char *out, size_t size) {
    const struct {
        bool holds;
        const char *name;
    } states[] = {
        {record->current, N_("current")}, {record->published, N_("published")}, {record->outdated, N_("outdated")}};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (states[i].holds && used < size)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? "|" : "", states[i].name);
}

static void level_text(const ht_plan_record *record, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (int32_t i = 0; i < record->levels && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s=%lld", i > 0 ? "|" : "", record->level_name[i],
                                 (long long)record->level_value[i]);
}

/* "2025-03-05T07:30:00" of Universal Time, as programs tell it: with a Z. */
static void universal_text(const ht_plan_record *record, char *out, size_t size) {
    snprintf(out, size, "%sZ", record->created);
}

/* "2025-03-05 08:30" by a Swedish clock. */
static void swedish_text(const ht_plan_record *record, char *out, size_t size) {
    char day[HT_DATE_TEXT], clock[HT_TIME_TEXT];
    int32_t date = 0, time = 0;
    snprintf(day, sizeof day, "%.10s", record->created);
    if (!ht_date_parse(day, &date) || !ht_time_parse(record->created + sizeof day, &time)) {
        universal_text(record, out, size);
        return;
    }
    ht_to_swedish_clock(&date, &time);
    ht_date_print(date, day, sizeof day);
    ht_time_print(time / 60 * 60, clock, sizeof clock);
    snprintf(out, size, "%s %s", day, clock);
}

static void put_figures(ht_table_out *table, const ht_plan_record *record) {
    char text[512];
    ht_cell_date(table, record->date);
    ht_cell_text(table, record->team);
    ht_cell_integer(table, record->version);
    state_text(record, text, sizeof text);
    ht_cell_text(table, text);
    ht_cell_integer(table, record->visits);
    ht_cell_integer(table, record->unplanned);
    level_text(record, text, sizeof text);
    ht_cell_text(table, text);
}

/* The usual profile is not told, so that the column is there where another was used. */
static void put_for_people(ht_table_out *table, const ht_plan_record *record) {
    char text[MOMENT_TEXT];
    put_figures(table, record);
    ht_cell_text(table, strcmp(record->profile, HT_PROFILE_STANDARD) == 0 ? "" : record->profile);
    swedish_text(record, text, sizeof text);
    ht_cell_text(table, text);
}

static void put_for_programs(ht_table_out *table, const ht_plan_record *record) {
    char text[MOMENT_TEXT];
    put_figures(table, record);
    ht_cell_text(table, record->profile);
    ht_cell_integer(table, record->seed);
    ht_cell_integer(table, record->work);
    universal_text(record, text, sizeof text);
    ht_cell_text(table, text);
}

static void record_json(ht_json *json, const ht_plan_record *record) {
    char date[HT_DATE_TEXT], created[MOMENT_TEXT];
    ht_date_print(record->date, date, sizeof date);
    universal_text(record, created, sizeof created);
    ht_json_text(json, "date", date);
    ht_json_text(json, "team", record->team);
    ht_json_integer(json, "version", record->version);
    ht_json_flag(json, "current", record->current);
    ht_json_flag(json, "published", record->published);
    ht_json_flag(json, "outdated", record->outdated);
    ht_json_integer(json, "visits", record->visits);
    ht_json_integer(json, "unplanned", record->unplanned);
    ht_json_text(json, "profile", record->profile);
    ht_json_integer(json, "seed", record->seed);
    ht_json_integer(json, "work", record->work);
    ht_json_text(json, "created", created);
    ht_json_begin_array(json, "levels");
    for (int32_t i = 0; i < record->levels; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "name", record->level_name[i]);
        ht_json_integer(json, "value", record->level_value[i]);
        ht_json_end(json);
    }
    ht_json_end(json);
}

static ht_status list_json(const ht_array *records, ht_err *err) {
    const ht_plan_record *record = records->items;
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_begin_array(json, "plans");
    for (int32_t i = 0; i < records->count; i++) {
        ht_json_begin_object(json, NULL);
        record_json(json, &record[i]);
        ht_json_end(json);
    }
    ht_json_end(json);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print_list(const ht_call *call, const ht_array *records, ht_err *err) {
    const ht_plan_record *record = records->items;
    if (call->format == HT_FORMAT_JSON)
        return list_json(records, err);
    if (call->format == HT_FORMAT_TABLE && records->count == 0) {
        printf("%s", _("No plan is stored\n"));
        return HT_OK;
    }
    ht_table_out table;
    bool people = call->format == HT_FORMAT_TABLE;
    ht_table_out_init(&table, people ? PEOPLE_HEAD : CSV_HEAD,
                      people ? sizeof PEOPLE_HEAD / sizeof *PEOPLE_HEAD : sizeof CSV_HEAD / sizeof *CSV_HEAD);
    for (int32_t i = 0; i < records->count; i++)
        (people ? put_for_people : put_for_programs)(&table, &record[i]);
    ht_status status = ht_table_out_print(&table, call->format, err);
    ht_table_out_release(&table);
    return status;
}

/* Keeps the records of one team. */
static void keep_team(ht_array *records, const char *team) {
    ht_plan_record *record = records->items;
    int32_t kept = 0;
    for (int32_t i = 0; i < records->count; i++)
        if (strcmp(record[i].team, team) == 0)
            record[kept++] = record[i];
    ht_array_shrink(records, kept);
}

static ht_status list(const ht_call *call, ht_store *store, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_array records;
    ht_array_init(&records, sizeof(ht_plan_record), &ht_allocator_system);
    ht_status status =
        ht_store_list_plans(store, given->date.given ? (int32_t)given->date.number : HT_BLANK, &records, err);
    if (!status && given->team.given)
        keep_team(&records, given->team.text);
    if (!status)
        status = print_list(call, &records, err);
    ht_array_release(&records);
    return status;
}

/* ---- show ---- */

static const ht_table_head STOP_HEAD[] = {{"staff_id", N_("staff"), HT_LEFT}, {"shift_start", N_("shift"), HT_LEFT},
                                          {"start", N_("start"), HT_LEFT},    {"end", N_("end"), HT_LEFT},
                                          {"kind", N_("what"), HT_WORDS},     {"ref", N_("where"), HT_LEFT},
                                          {"role", N_("role"), HT_WORDS}};

/* People read whole minutes; programs the second. */
static void put_time(ht_table_out *table, ht_format format, int32_t seconds) {
    char text[HT_TIME_TEXT];
    if (format == HT_FORMAT_TABLE)
        ht_time_print(seconds / 60 * 60, text, sizeof text);
    else
        ht_time_print_exact(seconds, text, sizeof text);
    ht_cell_text(table, text);
}

static ht_status show_table(const ht_call *call, const ht_dataset *data, const ht_array *stops, ht_err *err) {
    const ht_stop *stop = stops->items;
    ht_table_out table;
    ht_table_out_init(&table, STOP_HEAD, sizeof STOP_HEAD / sizeof STOP_HEAD[0]);
    for (int32_t i = 0; i < stops->count; i++) {
        ht_cell_text(&table, ht_dataset_text(data, stop[i].staff));
        put_time(&table, call->format, stop[i].shift_start);
        put_time(&table, call->format, stop[i].start);
        put_time(&table, call->format, stop[i].end);
        ht_cell_text(&table, ht_stop_name(stop[i].kind));
        ht_cell_text(&table, ht_dataset_text(data, stop[i].ref));
        ht_cell_text(&table, stop[i].kind == HT_STOP_VISIT ? ht_role_name(stop[i].role) : "");
    }
    ht_status status = ht_table_out_print(&table, call->format, err);
    ht_table_out_release(&table);
    return status;
}

static void stop_json(ht_json *json, const ht_dataset *data, const ht_stop *stop) {
    char start[HT_TIME_TEXT], end[HT_TIME_TEXT], shift[HT_TIME_TEXT];
    ht_time_print_exact(stop->start, start, sizeof start);
    ht_time_print_exact(stop->end, end, sizeof end);
    ht_time_print_exact(stop->shift_start, shift, sizeof shift);
    ht_json_begin_object(json, NULL);
    ht_json_text(json, "staff_id", ht_dataset_text(data, stop->staff));
    ht_json_text(json, "shift_start", shift);
    ht_json_integer(json, "seq", stop->seq);
    ht_json_text(json, "kind", ht_stop_name(stop->kind));
    ht_json_text(json, "ref", ht_dataset_text(data, stop->ref));
    ht_json_text(json, "start", start);
    ht_json_text(json, "end", end);
    if (stop->kind == HT_STOP_VISIT)
        ht_json_text(json, "role", ht_role_name(stop->role));
    ht_json_end(json);
}

static ht_status show_json(const ht_plan_record *record, const ht_dataset *data, const ht_array *stops, ht_err *err) {
    const ht_stop *stop = stops->items;
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    record_json(json, record);
    ht_json_begin_array(json, "stops");
    for (int32_t i = 0; i < stops->count; i++)
        stop_json(json, data, &stop[i]);
    ht_json_end(json);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status show_plan(const ht_call *call, ht_store *store, ht_day_data *day, ht_plan *plan, ht_array *stops,
                           ht_err *err) {
    const ht_options_here *given = call->options;
    int32_t date = (int32_t)given->date.number;
    ht_plan_record record;
    ht_status status;
    if (given->team.given || given->version.given)
        status = ht_store_load_plan(store, date, given->team.given ? given->team.text : "",
                                    given->version.given ? (int32_t)given->version.number : 0, &day->data, plan,
                                    &record, err);
    else
        status = ht_current_plan(store, date, &day->data, plan, &record, err);
    if (!status)
        status = ht_day_data_profile(day, record.profile, err);
    if (!status)
        status = ht_timetable(&day->data, &day->settings, plan, stops, err);
    if (status)
        return status;
    if (call->format == HT_FORMAT_JSON)
        return show_json(&record, &day->data, stops, err);
    return show_table(call, &day->data, stops, err);
}

static ht_status show(const ht_call *call, ht_store *store, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_store_range range = ht_day_range((int32_t)given->date.number);
    ht_day_data day;
    ht_status status = ht_day_data_read(store, &range, given->team.text, &day, err);
    if (!status) {
        ht_plan plan;
        ht_array stops;
        ht_array_init(&stops, sizeof(ht_stop), &ht_allocator_system);
        status = show_plan(call, store, &day, &plan, &stops, err);
        ht_array_release(&stops);
        ht_plan_release(&plan);
    }
    ht_day_data_release(&day);
    return status;
}

/* ---- restore, publish ---- */

/* For programs the day's plans as they are now, as `list` shows them. */
static ht_status print_moved(const ht_call *call, ht_store *store, ht_err *err) {
    return call->format == HT_FORMAT_TABLE ? HT_OK : list(call, store, err);
}

static ht_status restore(const ht_call *call, ht_store *store, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_status status =
        ht_store_set_current(store, (int32_t)given->date.number, given->team.given ? given->team.text : "",
                             (int32_t)given->version.number, err);
    if (!status && call->format == HT_FORMAT_TABLE)
        printf(_("Version %s is the current plan of %s\n"), given->version.text, given->date.text);
    return status ? status : print_moved(call, store, err);
}

static ht_status publish(const ht_call *call, ht_store *store, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_status status = ht_store_publish(store, (int32_t)given->date.number, given->team.given ? given->team.text : "",
                                        (int32_t)given->version.number, err);
    if (!status && call->format == HT_FORMAT_TABLE)
        printf(_("Version %s is the published plan of %s\n"), given->version.text, given->date.text);
    return status ? status : print_moved(call, store, err);
}

/* ---- the command ---- */

typedef struct action {
    const char *name;
    bool needs_date, needs_version;
    ht_store_mode mode;
    ht_status (*run)(const ht_call *call, ht_store *store, ht_err *err);
} action;

static const action ACTIONS[] = {{"list", false, false, HT_STORE_READ, list},
                                 {"show", true, false, HT_STORE_READ, show},
                                 {"restore", true, true, HT_STORE_WRITE, restore},
                                 {"publish", true, true, HT_STORE_WRITE, publish}};

static const action *find_action(const char *name) {
    size_t i = 0;
    while (strcmp(ACTIONS[i].name, name) != 0) /* main.c has checked that it is one of them */
        i++;
    return &ACTIONS[i];
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    const action *wanted = find_action(call->operand[0]);
    ht_err err;
    ht_err_init(&err);
    if ((wanted->needs_date && !given->date.given) || (wanted->needs_version && !given->version.given)) {
        ht_fail(&err, HT_EUSAGE,
                wanted->needs_version ? _("'plans %s' needs --date and --version") : _("'plans %s' needs --date"),
                wanted->name);
        return ht_complain_usage("plans", &err);
    }
    ht_store *store = ht_store_open(call->db, wanted->mode, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = wanted->run(call, store, &err);
    ht_store_close(store);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_plans = {
    .name = "plans",
    .operands = "list|show|restore|publish",
    .operands_least = 1,
    .operands_most = 1,
    .operand_words = "list|show|restore|publish",
    .summary = N_("lists, shows, restores and publishes stored plans"),
    .more = N_("list     every stored version\n"
               "show     one version, stop by stop\n"
               "restore  makes a version the current plan of its day\n"
               "publish  marks a version as what clients and staff were told"),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
