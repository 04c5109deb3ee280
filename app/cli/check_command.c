#include "app/check_day.h"
#include "app/cli/colour.h"
#include "app/cli/table.h"
#include "base/calendar.h"
#include "base/words.h"
#include "io/json.h"

#define CHECK_OPTIONS(X)                                                                                               \
    X(date, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("the day"))                                                     \
    X(plan, 0, FILE, OPTIONAL, "FILE", NULL, 0, 0, NULL, N_("a plan.csv to check instead of the stored plan"))         \
    X(team, 0, TEXT, OPTIONAL, "T", NULL, 0, 0, NULL, N_("the plan of this team"))                                     \
    X(profile, 0, TEXT, OPTIONAL, "P", NULL, 0, 0, HT_PROFILE_NAMES, N_("the objective; without it the stored plan's"))

HT_OPTION_TABLE(CHECK_OPTIONS, OPTIONS)

static const ht_table_head HEAD[] = {{"rule", N_("rule"), HT_WORDS},
                                     {"visit_id", N_("visit"), HT_LEFT},
                                     {"staff_id", N_("staff"), HT_LEFT},
                                     {"text", N_("what is wrong"), HT_LEFT}};

static ht_status print_breaches(const ht_checked_day *checked, ht_err *err) {
    const ht_breach *breach = checked->report.breaches.items;
    ht_table_out table;
    ht_table_out_init(&table, HEAD, 4);
    for (int32_t i = 0; i < checked->report.breaches.count; i++) {
        ht_cell_text(&table, ht_hard_rule_name(breach[i].rule));
        ht_cell_text(&table, ht_dataset_text(&checked->day.data, breach[i].visit));
        ht_cell_text(&table, ht_dataset_text(&checked->day.data, breach[i].staff));
        ht_cell_text(&table, breach[i].text);
    }
    ht_status status = ht_table_out_print(&table, HT_FORMAT_TABLE, err);
    ht_table_out_release(&table);
    return status;
}

/* For programs: the figures of the levels, then what is broken. */
static const ht_table_head CSV_HEAD[] = {{"kind", "", HT_LEFT},     {"name", "", HT_LEFT},     {"value", "", HT_RIGHT},
                                         {"visit_id", "", HT_LEFT}, {"staff_id", "", HT_LEFT}, {"text", "", HT_LEFT}};

static void csv_row(ht_table_out *table, const char *kind, const char *name, const char *value, const char *visit,
                    const char *staff, const char *text) {
    const char *const cells[] = {kind, name, value, visit, staff, text};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        ht_cell_text(table, cells[i]);
}

static ht_status print_csv(const ht_checked_day *checked, ht_err *err) {
    const ht_objective *objective = &checked->day.settings.objective;
    const ht_dataset *data = &checked->day.data;
    const ht_breach *breach = checked->report.breaches.items;
    char value[32];
    ht_table_out table;
    ht_table_out_init(&table, CSV_HEAD, sizeof CSV_HEAD / sizeof CSV_HEAD[0]);
    for (int32_t i = 0; i < objective->levels; i++) {
        snprintf(value, sizeof value, "%lld", (long long)checked->report.values.level[i]);
        csv_row(&table, "level", objective->level[i].name, value, "", "", "");
    }
    for (int32_t i = 0; i < checked->report.breaches.count; i++)
        csv_row(&table, "breach", ht_hard_rule_name(breach[i].rule), "", ht_dataset_text(data, breach[i].visit),
                ht_dataset_text(data, breach[i].staff), breach[i].text);
    ht_status status = ht_table_out_print(&table, HT_FORMAT_CSV, err);
    ht_table_out_release(&table);
    return status;
}

static void print_levels(const ht_checked_day *checked) {
    const ht_objective *objective = &checked->day.settings.objective;
    printf(_("Levels (%s):"), objective->profile);
    for (int32_t i = 0; i < objective->levels; i++)
        printf("%s %s %lld", i > 0 ? "," : "", ht_named(objective->level[i].name),
               (long long)checked->report.values.level[i]);
    printf("\n");
}

/* Planning another day, or importing, may have changed what the same plan is worth. */
static void compare_record(const ht_call *call, const ht_checked_day *checked) {
    const ht_plan_record *record = &checked->record;
    if (record->outdated)
        ht_note(call, "%s", _("the data has changed since the plan was made"));
    for (int32_t i = 0; i < record->levels && i < checked->day.settings.objective.levels; i++)
        if (strcmp(record->level_name[i], checked->day.settings.objective.level[i].name) == 0 &&
            record->level_value[i] != checked->report.values.level[i])
            ht_note(call,
                    _("level %s is %lld now and was %lld when the plan was stored: the data, or the days before, have "
                      "changed since"),
                    ht_named(record->level_name[i]), (long long)checked->report.values.level[i],
                    (long long)record->level_value[i]);
}

static ht_status print_table(const ht_checked_day *checked, ht_err *err) {
    const ht_check_report *report = &checked->report;
    char date[HT_DATE_TEXT];
    ht_date_print(checked->plan.date, date, sizeof date);
    printf(HT_PLURAL("%s: %d of %d visit planned", "%s: %d of %d visits planned", report->visits), date,
           report->planned, report->visits);
    printf(HT_PLURAL(", %d of %d staff visit by the contact", ", %d of %d staff visits by the contact",
                     report->staff_visits),
           report->by_contact, report->staff_visits);
    printf(HT_PLURAL(", %d late\n", ", %d late\n", report->late_visits), report->late_visits);
    print_levels(checked);
    if (report->breaches.count == 0) {
        ht_colour_begin(stdout, HT_COLOUR_GOOD);
        printf("%s", _("No hard rule is broken"));
        ht_colour_end(stdout);
        printf("\n");
        return HT_OK;
    }
    ht_colour_begin(stdout, HT_COLOUR_ERROR);
    printf(_("Hard rules broken: %d"), report->breaches.count);
    ht_colour_end(stdout);
    printf("\n");
    return print_breaches(checked, err);
}

static void breaches_json(ht_json *json, const ht_checked_day *checked) {
    const ht_breach *breach = checked->report.breaches.items;
    ht_json_begin_array(json, "breaches");
    for (int32_t i = 0; i < checked->report.breaches.count; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "rule", ht_hard_rule_name(breach[i].rule));
        ht_json_text(json, "visit_id", ht_dataset_text(&checked->day.data, breach[i].visit));
        ht_json_text(json, "staff_id", ht_dataset_text(&checked->day.data, breach[i].staff));
        ht_json_text(json, "text", breach[i].text);
        ht_json_end(json);
    }
    ht_json_end(json);
}

static void deviations_json(ht_json *json, const ht_check_report *report) {
    const ht_deviation *deviation = report->deviations.items;
    ht_json_begin_array(json, "deviations");
    for (int32_t i = 0; i < report->deviations.count; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "level", deviation[i].level);
        ht_json_text(json, "rule", deviation[i].rule);
        ht_json_text(json, "id", deviation[i].id);
        ht_json_text(json, "text", deviation[i].text);
        ht_json_end(json);
    }
    ht_json_end(json);
}

static void values_json(ht_json *json, const ht_checked_day *checked) {
    const ht_objective *objective = &checked->day.settings.objective;
    const ht_values *values = &checked->report.values;
    ht_json_begin_array(json, "levels");
    for (int32_t i = 0; i < objective->levels; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "name", objective->level[i].name);
        ht_json_integer(json, "value", values->level[i]);
        ht_json_end(json);
    }
    ht_json_end(json);
    ht_json_begin_object(json, "components");
    for (int32_t i = 0; i < HT_COMPONENTS; i++)
        ht_json_integer(json, ht_component_name((ht_component)i), values->component[i]);
    ht_json_end(json);
}

static ht_status print_json(const ht_checked_day *checked, ht_err *err) {
    const ht_check_report *report = &checked->report;
    char date[HT_DATE_TEXT];
    ht_date_print(checked->plan.date, date, sizeof date);
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_text(json, "date", date);
    ht_json_integer(json, "visits", report->visits);
    ht_json_integer(json, "planned", report->planned);
    ht_json_integer(json, "unplanned", report->unplanned);
    ht_json_integer(json, "staff_visits", report->staff_visits);
    ht_json_integer(json, "by_contact", report->by_contact);
    ht_json_integer(json, "by_second", report->by_second);
    ht_json_integer(json, "by_team", report->by_team);
    ht_json_integer(json, "by_other", report->by_other);
    ht_json_integer(json, "contact_ceiling", report->contact_ceiling);
    ht_json_integer(json, "late_visits", report->late_visits);
    values_json(json, checked);
    breaches_json(json, checked);
    deviations_json(json, report);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print(const ht_call *call, const ht_checked_day *checked, ht_err *err) {
    compare_record(call, checked);
    if (call->format == HT_FORMAT_JSON)
        return print_json(checked, err);
    if (call->format == HT_FORMAT_CSV)
        return print_csv(checked, err);
    return print_table(checked, err);
}

static ht_status check_in(const ht_call *call, ht_store *store, bool *broken, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_check_job job = {.date = (int32_t)given->date.number,
                        .team = given->team.text,
                        .plan_file = given->plan.text,
                        .profile = given->profile.text};
    ht_issues issues;
    ht_checked_day checked;
    ht_issues_init(&issues, &ht_allocator_system);
    ht_status status = ht_check_day(store, &job, &issues, &checked, err);
    ht_print_issues(call, &issues);
    if (!status) {
        *broken = checked.report.breaches.count > 0;
        status = print(call, &checked, err);
    }
    ht_checked_day_release(&checked);
    ht_issues_release(&issues);
    return status;
}

static int run(const ht_call *call) {
    ht_err err;
    ht_err_init(&err);
    bool broken = false;
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = check_in(call, store, &broken, &err);
    ht_store_close(store);
    if (status)
        return ht_complain(&err);
    return broken ? HT_EXIT_RULE : HT_EXIT_DONE;
}

const ht_command ht_command_check = {
    .name = "check",
    .operands = "",
    .summary = N_("checks a plan, independently of how it was made"),
    .more =
        N_("Every hard rule and every level value is recomputed from the data. Exit code 3 where a rule is broken.\n"
           "A plan file needs the columns visit_id, staff_id and start; visits that it leaves out count as unplanned."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
