#include "app/cli/continuity_print.h"

#include <math.h>

#include "app/cli/continuity_line.h"
#include "base/calendar.h"
#include "base/words.h"
#include "io/json.h"

enum { ONE_DIGIT = 10, TWO_DIGITS = 100, FIGURES_MAX = 40 };

/* A report on its way out. */
typedef struct printer {
    const ht_call *call;
    const ht_continuity_job *job;
    const ht_shown_levels *levels;
    const ht_continuity_report *report;
    ht_figures figures;
    int32_t where; /* one of HT_IN_CLIENTS, HT_IN_GROUPS, HT_FOR_PROGRAMS */
    char mark;
    ht_table_out table;
    ht_json *json;
} printer;

/* The lines of one period, in the order they are shown in. */
typedef void line_fn(printer *p, const ht_continuity_period *period, const ht_line *line);

static void each_of_level(printer *p, const ht_continuity_period *period, ht_group_level level, line_fn *put) {
    const ht_client_continuity *client = period->clients.items;
    const ht_group_continuity *group = period->groups.items;
    for (int32_t i = 0; level == HT_LEVEL_CLIENT && i < period->clients.count; i++) {
        ht_line line = ht_line_of_client(&p->report->day.data, &client[i]);
        put(p, period, &line);
    }
    for (int32_t i = 0; i < period->groups.count; i++) {
        ht_line line = ht_line_of_group(&group[i]);
        if (group[i].level == level)
            put(p, period, &line);
    }
}

/* --include and --exclude make another figure of it, which is not to be taken for the published one. */
static bool is_changed(const ht_definition *definition) {
    ht_definition original;
    return ht_definition_find(definition->name, &original) &&
           memcmp(original.excludes, definition->excludes, sizeof original.excludes) != 0;
}

/* ---- the table and CSV ---- */

/* Of the columns around the figures. */
static const ht_table_head FROM = {"from", N_("from"), HT_LEFT}, TO = {"to", N_("to"), HT_LEFT},
                           LEVEL = {"level", N_("level"), HT_WORDS}, ID = {"id", N_("id"), HT_LEFT},
                           CLIENT = {"id", N_("client"), HT_LEFT}, COUNTED = {"counted", N_("counted"), HT_WORDS},
                           REASON = {"excluded_reason", "", HT_LEFT}, DEFINITION = {"definition", "", HT_LEFT},
                           CHANGED = {"changed", "", HT_LEFT}, PER_DAY = {"visits_per_day", "", HT_LEFT},
                           SUPPRESSED = {"suppressed", N_("suppressed"), HT_WORDS};

static bool is_shown(const printer *p, const ht_figure *figure) {
    return (figure->where & p->where) != 0;
}

/* The clients have a table of their own, where it would say the same on each line. */
static bool tells_level(const printer *p) {
    return p->where != HT_IN_CLIENTS;
}

static int32_t make_heads(const printer *p, ht_table_head *head) {
    int32_t count = 0;
    if (p->job->window > 0) {
        head[count++] = FROM;
        head[count++] = TO;
    }
    if (tells_level(p))
        head[count++] = LEVEL;
    head[count++] = tells_level(p) ? ID : CLIENT;
    for (int32_t i = 0; i < p->figures.count; i++)
        if (is_shown(p, &p->figures.figure[i]))
            head[count++] = p->figures.figure[i].head;
    head[count++] = COUNTED;
    if (p->where == HT_FOR_PROGRAMS) {
        head[count++] = REASON;
        head[count++] = PER_DAY;
    }
    if (p->job->readers == HT_READERS_OUTSIDE)
        head[count++] = SUPPRESSED;
    if (p->where == HT_FOR_PROGRAMS) {
        head[count++] = DEFINITION;
        head[count++] = CHANGED;
    }
    return count;
}

static void put_figure(printer *p, const ht_figure *figure, const ht_line *line) {
    double value = figure->value(line);
    bool people = p->where != HT_FOR_PROGRAMS;
    if (line->suppressed != NULL)
        ht_cell_text(&p->table, "..");
    else if (!isfinite(value))
        ht_cell_text(&p->table, "");
    else if (figure->kind == HT_SHARE && people)
        ht_cell_percent(&p->table, value, p->mark);
    else if (figure->kind == HT_INDEX && people)
        ht_cell_decimal(&p->table, llround(value * TWO_DIGITS), TWO_DIGITS, 2, p->mark);
    else if (figure->kind == HT_SHARE || figure->kind == HT_INDEX)
        ht_cell_share(&p->table, value, p->mark);
    else if (figure->kind == HT_TENTHS || figure->kind == HT_MEAN)
        ht_cell_decimal(&p->table, llround(value * ONE_DIGIT), ONE_DIGIT, 1, p->mark);
    else
        ht_cell_integer(&p->table, llround(value));
}

/* Of a client whether it counts, for people with the reason why not; of a group, for people, how many count. */
static void put_counted(printer *p, const ht_line *line) {
    bool people = p->where != HT_FOR_PROGRAMS;
    if (line->suppressed != NULL)
        ht_cell_text(&p->table, "..");
    else if (line->level == HT_LEVEL_CLIENT && line->excluded_reason == NULL)
        ht_cell_text(&p->table, N_("yes"));
    else if (line->level == HT_LEVEL_CLIENT)
        ht_cell_text(&p->table, people ? line->excluded_reason : N_("no"));
    else if (people)
        ht_cell_integer(&p->table, llround(line->counted));
    else
        ht_cell_text(&p->table, "");
}

static void put_line(printer *p, const ht_continuity_period *period, const ht_line *line) {
    if (p->job->window > 0) {
        ht_cell_date(&p->table, period->from);
        ht_cell_date(&p->table, period->to);
    }
    if (tells_level(p))
        ht_cell_text(&p->table, ht_group_level_name(line->level));
    ht_cell_text(&p->table, line->id);
    for (int32_t i = 0; i < p->figures.count; i++)
        if (is_shown(p, &p->figures.figure[i]))
            put_figure(p, &p->figures.figure[i], line);
    put_counted(p, line);
    if (p->where == HT_FOR_PROGRAMS) {
        ht_cell_text(&p->table, line->excluded_reason == NULL ? "" : line->excluded_reason);
        ht_cell_text(&p->table, line->per_day);
    }
    if (p->job->readers == HT_READERS_OUTSIDE)
        ht_cell_text(&p->table, line->suppressed == NULL ? "" : line->suppressed);
    if (p->where == HT_FOR_PROGRAMS) {
        ht_cell_text(&p->table, p->job->definition.name);
        ht_cell_text(&p->table, is_changed(&p->job->definition) ? N_("yes") : N_("no"));
    }
}

/* Why clients do not count, in the order of the reasons' first clients. */
static void print_excluded(const ht_continuity_period *period) {
    const char *reason[HT_EXCLUSIONS + 1];
    int32_t times[HT_EXCLUSIONS + 1] = {0}, reasons = 0, excluded = 0;
    const ht_client_continuity *client = period->clients.items;
    for (int32_t i = 0, at; i < period->clients.count; i++) {
        if (client[i].excluded_reason == NULL)
            continue;
        for (at = 0; at < reasons && reason[at] != client[i].excluded_reason;)
            at++;
        if (at == reasons)
            reason[reasons++] = client[i].excluded_reason;
        times[at]++;
        excluded++;
    }
    if (excluded == 0)
        return;
    printf(_("Not counted: %d of %d clients:"), (int)excluded, (int)period->clients.count);
    for (int32_t i = 0; i < reasons; i++)
        printf("%s %s %d", i > 0 ? "," : "", ht_named(reason[i]), (int)times[i]);
    printf("\n");
}

static void print_definition(const ht_definition *definition) {
    const char *between = " ";
    printf(_("Distinct staff of groups is the mean of the clients who count. Left out (%s%s):"), definition->name,
           is_changed(definition) ? _(", changed") : "");
    for (ht_exclusion e = 0; e < HT_EXCLUSIONS; e++) {
        if (!definition->excludes[e])
            continue;
        printf("%s%s", between, _(ht_exclusion_info_of(e)->help));
        between = ", ";
    }
    printf("%s\n", *between == ' ' ? _(" nobody and nothing") : "");
}

static void print_notes(const printer *p) {
    const ht_continuity_period *period = p->report->periods.items;
    if (p->job->subject == HT_CONTINUITY_AGAINST_PLAN)
        return;
    print_definition(&p->job->definition);
    if (p->report->periods.count != 1)
        return;
    print_excluded(period);
    const ht_group_continuity *whole = ht_array_at(&period->groups, period->groups.count - 1);
    if (whole->suppressed == NULL)
        printf(_("Unplanned visits in the period: %d\n"), (int)whole->total.unplanned);
}

static bool any_shown(const ht_shown_levels *levels, ht_group_level first, ht_group_level last) {
    bool shown = false;
    for (ht_group_level level = first; level <= last; level++)
        shown = shown || levels->shows[level];
    return shown;
}

static ht_status print_table(printer *p, int32_t where, ht_group_level first, ht_group_level last, ht_err *err) {
    ht_table_head head[FIGURES_MAX];
    p->where = where;
    ht_table_out_init(&p->table, head, make_heads(p, head));
    const ht_continuity_period *period = p->report->periods.items;
    for (int32_t i = 0; i < p->report->periods.count; i++)
        for (ht_group_level level = first; level <= last; level++)
            if (p->levels->shows[level])
                each_of_level(p, &period[i], level, put_line);
    ht_status status = ht_table_out_print(&p->table, p->call->format, err);
    ht_table_out_release(&p->table);
    return status;
}

/* Clients and groups have different columns: two tables are narrower than one. */
static ht_status print_tables(printer *p, ht_err *err) {
    bool clients = p->levels->shows[HT_LEVEL_CLIENT];
    bool groups = any_shown(p->levels, HT_LEVEL_CLIENT + 1, HT_GROUP_LEVELS - 1);
    ht_status status = clients ? print_table(p, HT_IN_CLIENTS, HT_LEVEL_CLIENT, HT_LEVEL_CLIENT, err) : HT_OK;
    if (!status && clients && groups)
        printf("\n");
    if (!status && groups)
        status = print_table(p, HT_IN_GROUPS, HT_LEVEL_CLIENT + 1, HT_GROUP_LEVELS - 1, err);
    return status;
}

static ht_status print_rows(printer *p, ht_err *err) {
    p->mark = ht_decimal_mark(p->call);
    if (p->call->format == HT_FORMAT_CSV)
        return print_table(p, HT_FOR_PROGRAMS, HT_LEVEL_CLIENT, HT_GROUP_LEVELS - 1, err);
    ht_status status = print_tables(p, err);
    if (!status)
        print_notes(p);
    return status;
}

/* ---- JSON ---- */

static void client_json(printer *p, const ht_line *line) {
    if (p->job->subject == HT_CONTINUITY_AS_MET) {
        ht_json_flag(p->json, "counted", line->excluded_reason == NULL);
        if (line->excluded_reason == NULL)
            ht_json_null(p->json, "excluded_reason");
        else
            ht_json_text(p->json, "excluded_reason", line->excluded_reason);
        ht_json_text(p->json, "visits_per_day", line->per_day);
    }
}

static void figures_json(printer *p, const ht_line *line) {
    for (int32_t i = 0; i < p->figures.count; i++) {
        const ht_figure *figure = &p->figures.figure[i];
        const char *key = line->level == HT_LEVEL_CLIENT ? figure->client_key : figure->group_key;
        double value = figure->value(line);
        if (key == NULL)
            continue;
        if (line->suppressed != NULL || !isfinite(value))
            ht_json_null(p->json, key);
        else if (figure->kind == HT_WHOLE || (figure->kind == HT_MEAN && line->level == HT_LEVEL_CLIENT))
            ht_json_integer(p->json, key, llround(value));
        else
            ht_json_real(p->json, key, value);
    }
}

static const char *id_key(ht_group_level level) {
    switch (level) {
    case HT_LEVEL_CLIENT:
        return "client_id";
    case HT_LEVEL_TEAM:
        return "team_id";
    case HT_LEVEL_UNIT:
        return "unit";
    default:
        return "visits_per_day";
    }
}

static void line_json(printer *p, const ht_continuity_period *period, const ht_line *line) {
    (void)period;
    ht_json_begin_object(p->json, line->level == HT_LEVEL_ALL ? ht_group_level_key(line->level) : NULL);
    if (line->level != HT_LEVEL_ALL)
        ht_json_text(p->json, id_key(line->level), line->id);
    figures_json(p, line);
    if (line->level == HT_LEVEL_CLIENT)
        client_json(p, line);
    else if (p->job->readers == HT_READERS_OUTSIDE && line->suppressed != NULL)
        ht_json_text(p->json, "suppressed", line->suppressed);
    else if (p->job->readers == HT_READERS_OUTSIDE)
        ht_json_null(p->json, "suppressed");
    ht_json_end(p->json);
}

static void period_json(printer *p, const ht_continuity_period *period) {
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
    ht_date_print(period->from, from, sizeof from);
    ht_date_print(period->to, to, sizeof to);
    ht_json_text(p->json, "from", from);
    ht_json_text(p->json, "to", to);
    for (ht_group_level level = 0; level < HT_GROUP_LEVELS; level++) {
        if (!p->levels->shows[level])
            continue;
        if (level != HT_LEVEL_ALL)
            ht_json_begin_array(p->json, ht_group_level_key(level));
        each_of_level(p, period, level, line_json);
        if (level != HT_LEVEL_ALL)
            ht_json_end(p->json);
    }
}

static void definition_json(printer *p) {
    ht_json_text(p->json, "definition", p->job->definition.name);
    ht_json_flag(p->json, "changed", is_changed(&p->job->definition));
    ht_json_begin_array(p->json, "excludes");
    for (ht_exclusion e = 0; e < HT_EXCLUSIONS; e++)
        if (p->job->definition.excludes[e])
            ht_json_text(p->json, NULL, ht_exclusion_info_of(e)->name);
    ht_json_end(p->json);
}

static void windows_json(printer *p) {
    const ht_continuity_period *period = p->report->periods.items;
    ht_json_begin_array(p->json, "windows");
    for (int32_t i = 0; i < p->report->periods.count; i++) {
        ht_json_begin_object(p->json, NULL);
        period_json(p, &period[i]);
        ht_json_end(p->json);
    }
    ht_json_end(p->json);
}

static ht_status print_json(printer *p, ht_err *err) {
    p->json = ht_json_create();
    if (p->json == NULL)
        return ht_fail_memory(err);
    definition_json(p);
    if (p->job->window > 0)
        windows_json(p);
    else
        period_json(p, p->report->periods.items);
    ht_status status = ht_json_write(p->json, stdout, err);
    ht_json_destroy(p->json);
    return status;
}

ht_status ht_continuity_print(const ht_call *call, const ht_continuity_job *job, const ht_shown_levels *levels,
                              const ht_continuity_report *report, ht_err *err) {
    bool met = job->subject == HT_CONTINUITY_AS_MET;
    printer p = {.call = call,
                 .job = job,
                 .levels = levels,
                 .report = report,
                 .figures = met ? ht_figures_met : ht_figures_against_plan};
    return call->format == HT_FORMAT_JSON ? print_json(&p, err) : print_rows(&p, err);
}
