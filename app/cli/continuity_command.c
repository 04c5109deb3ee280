#include "app/cli/continuity_print.h"
#include "base/words.h"

enum { WINDOW_MAX = 3660 };

#define LEVELS "client,team,unit,class,all"
#define RULE_AND_COMMA(id, name, national_2021, services, help) name ","
#define RULES HT_EXCLUSION_LIST(RULE_AND_COMMA)

#define CONTINUITY_OPTIONS(X)                                                                                          \
    X(from, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("first day"))                                                   \
    X(to, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("last day"))                                                      \
    X(team, 0, TEXT, OPTIONAL, "T", NULL, 0, 0, NULL, N_("only this team's clients"))                                  \
    X(by, 0, TEXT, OPTIONAL, "LEVELS", LEVELS, 0, 0, LEVELS, N_("which rows; class: by visits a day"))                 \
    X(definition, 0, WORD, OPTIONAL, HT_DEFINITION_NAMES, HT_DEFINITION_STANDARD, 0, 0, NULL,                          \
      N_("who and what counts; none: everybody and every visit"))                                                      \
    X(include, 0, TEXT, OPTIONAL, "RULES", NULL, 0, 0, RULES, N_("count what these exclusions take out"))              \
    X(exclude, 0, TEXT, OPTIONAL, "RULES", NULL, 0, 0, RULES, N_("do not count what these exclusions take out"))       \
    X(alarm, 0, TEXT, OPTIONAL, "CODES", HT_ALARM_SERVICES, 0, 0, NULL, N_("services that are alarms"))                \
    X(meals, 0, TEXT, OPTIONAL, "CODES", HT_MEALS_SERVICES, 0, 0, NULL, N_("services that are meal deliveries"))       \
    X(nursing, 0, TEXT, OPTIONAL, "CODES", HT_NURSING_SERVICES, 0, 0, NULL, N_("services that are home nursing"))      \
    X(remote, 0, TEXT, OPTIONAL, "CODES", HT_REMOTE_SERVICES, 0, 0, NULL, N_("services without anybody coming"))       \
    X(against_plan, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL,                                                         \
      N_("performed visits against the plan that was published, or else the current one"))                             \
    X(window, 0, INT, OPTIONAL, "N", NULL, 1, WINDOW_MAX, N_("days"), N_("moving windows of so many days: the trend")) \
    X(step, 0, INT, OPTIONAL, "N", "7", 1, WINDOW_MAX, N_("days"), N_("from one window to the next"))                  \
    X(publish, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL,                                                              \
      N_("figures that may leave the house: no clients, no group of fewer than 5"))

HT_OPTION_TABLE(CONTINUITY_OPTIONS, OPTIONS)

/* ---- lists ---- */

/* The next of the words between ','; false at the end. */
static bool next_word(const char **list, const char **word, size_t *length) {
    if (**list == '\0')
        return false;
    *word = *list;
    *length = strcspn(*list, ",");
    *list += *length + ((*list)[*length] == ',');
    return true;
}

static bool find_level(const char *word, size_t length, ht_group_level *level) {
    for (*level = 0; *level < HT_GROUP_LEVELS; ++*level)
        if (strlen(ht_group_level_name(*level)) == length && strncmp(ht_group_level_name(*level), word, length) == 0)
            return true;
    return false;
}

static ht_status read_levels(const ht_options_here *given, ht_shown_levels *levels, ht_err *err) {
    const char *list = given->by.text, *word;
    size_t length;
    ht_group_level level;
    *levels = (ht_shown_levels){{false}};
    while (next_word(&list, &word, &length)) {
        if (!find_level(word, length, &level))
            return ht_fail(err, HT_EUSAGE, _("--%s: '%.*s' is none of %s"), "by", (int)length, word, LEVELS);
        if (level == HT_LEVEL_CLIENT && given->publish.given && given->by.given)
            return ht_fail(err, HT_EUSAGE, _("--publish leaves clients out: take 'client' out of --by"));
        levels->shows[level] = !given->publish.given || level != HT_LEVEL_CLIENT;
    }
    return HT_OK;
}

static void list_exclusions(ht_text *names) {
    for (ht_exclusion e = 0; e < HT_EXCLUSIONS; e++)
        ht_text_addf(names, "%s%s", e > 0 ? "," : "", ht_exclusion_info_of(e)->name);
}

static ht_status unknown_exclusion(const char *option, const char *word, size_t length, ht_err *err) {
    ht_text names;
    ht_text_init(&names, &ht_allocator_system);
    list_exclusions(&names);
    ht_fail(err, HT_EUSAGE, _("--%s: '%.*s' is none of %s"), option, (int)length, word, ht_text_get(&names));
    ht_text_release(&names);
    return err->status;
}

typedef enum switched { SWITCHED_OFF, SWITCHED_ON } switched;

static ht_status switch_exclusions(const char *option, const ht_given *given, switched to, ht_definition *definition,
                                   ht_err *err) {
    const char *list = given->text == NULL ? "" : given->text, *word;
    size_t length;
    ht_exclusion exclusion;
    while (next_word(&list, &word, &length)) {
        if (!ht_exclusion_find(word, length, &exclusion))
            return unknown_exclusion(option, word, length, err);
        definition->excludes[exclusion] = to == SWITCHED_ON;
    }
    return HT_OK;
}

static ht_status read_definition(const ht_options_here *given, ht_definition *definition, ht_err *err) {
    ht_definition_find(given->definition.text, definition); /* the parser has checked that it is one of them */
    definition->services[HT_EXCLUDE_ALARM] = given->alarm.text;
    definition->services[HT_EXCLUDE_MEALS] = given->meals.text;
    definition->services[HT_EXCLUDE_NURSING] = given->nursing.text;
    definition->services[HT_EXCLUDE_REMOTE] = given->remote.text;
    ht_status status = switch_exclusions("include", &given->include, SWITCHED_OFF, definition, err);
    return status ? status : switch_exclusions("exclude", &given->exclude, SWITCHED_ON, definition, err);
}

/* ---- the command ---- */

static ht_status check_dates(const ht_options_here *given, ht_err *err) {
    if (given->from.number > given->to.number)
        return ht_fail(err, HT_EUSAGE, _("--from %s is after --to %s"), given->from.text, given->to.text);
    if (given->step.given && !given->window.given)
        return ht_fail(err, HT_EUSAGE, _("--step needs --window"));
    if (given->window.given && given->window.number > given->to.number - given->from.number + 1)
        return ht_fail(err, HT_EUSAGE, _("--window %s is longer than the period from %s to %s"), given->window.text,
                       given->from.text, given->to.text);
    return HT_OK;
}

static ht_status read_job(const ht_options_here *given, ht_continuity_job *job, ht_shown_levels *levels, ht_err *err) {
    *job = (ht_continuity_job){
        .from = (int32_t)given->from.number,
        .to = (int32_t)given->to.number,
        .team = given->team.text,
        .window = (int32_t)given->window.number,
        .step = (int32_t)given->step.number,
        .subject = given->against_plan.given ? HT_CONTINUITY_AGAINST_PLAN : HT_CONTINUITY_AS_MET,
        .readers = given->publish.given ? HT_READERS_OUTSIDE : HT_READERS_INSIDE,
    };
    ht_status status = check_dates(given, err);
    if (!status)
        status = read_definition(given, &job->definition, err);
    return status ? status : read_levels(given, levels, err);
}

/* Blank figures are told apart from a wrong period. */
static void note_empty(const ht_call *call, const ht_options_here *given, const ht_continuity_job *job,
                       const ht_continuity_report *report) {
    bool against = job->subject == HT_CONTINUITY_AGAINST_PLAN;
    const ht_continuity_period *period = report->periods.items;
    for (int32_t i = 0; i < report->periods.count; i++) {
        const ht_group_continuity *whole = ht_array_at(&period[i].groups, period[i].groups.count - 1);
        if (against ? whole->total.compared + whole->total.not_performed > 0 : whole->total.visits > 0)
            return;
    }
    if (against)
        ht_note(call, _("no day from %s to %s has both performed visits and a plan: there is nothing to compare"),
                given->from.text, given->to.text);
    else
        ht_note(call, _("no visit that counts is performed or planned from %s to %s: there is nothing to measure"),
                given->from.text, given->to.text);
}

static ht_status measure_in(const ht_call *call, const ht_continuity_job *job, const ht_shown_levels *levels,
                            ht_store *store, ht_err *err) {
    ht_continuity_report report;
    ht_status status = ht_continuity_read(store, job, &report, err);
    if (!status)
        status = ht_continuity_print(call, job, levels, &report, err);
    if (!status)
        note_empty(call, call->options, job, &report);
    ht_continuity_report_release(&report);
    return status;
}

static int run(const ht_call *call) {
    ht_continuity_job job;
    ht_shown_levels levels;
    ht_err err;
    ht_err_init(&err);
    if (read_job(call->options, &job, &levels, &err))
        return ht_complain_usage("continuity", &err);
    ht_store *store = ht_store_open(call->db, HT_STORE_READ, &err);
    if (store == NULL)
        return ht_complain(&err);
    ht_status status = measure_in(call, &job, &levels, store, &err);
    ht_store_close(store);
    return status ? ht_complain(&err) : HT_EXIT_DONE;
}

const ht_command ht_command_continuity = {
    .name = "continuity",
    .operands = "",
    .summary = N_("measures who meets the clients, and what was possible"),
    .more =
        N_("For each client, team, unit, class of visits a day and the whole: distinct staff with the least that the\n"
           "roster allows, the contact's share of visits with the most that was possible, the team's share, starts on\n"
           "time, UPC, COC and SECON. Days with performed visits count as performed, others as planned.\n"
           "Exclusions (--include, --exclude): under_65, age_unknown, away, few_visits, night, alarm, meals, nursing,\n"
           "remote, trainees. --definition national-2021 has all of them but age_unknown, remote and trainees."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
