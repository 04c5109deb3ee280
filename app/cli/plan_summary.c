#include "app/cli/plan_summary.h"

#include <math.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"
#include "model/unplanned.h"

enum { NUMBER = 32, MINUTE_DIGITS = 2, NAME_WIDTH = 15 };

ht_plan_numbers ht_plan_numbers_of(const ht_planned_day *planned) {
    const ht_check_report *report = &planned->report;
    const int64_t *component = report->values.component;
    ht_plan_numbers numbers = {
        .date = planned->record.date,
        .visits = report->visits,
        .planned = report->planned,
        .unplanned = report->unplanned,
        .staff_visits = report->staff_visits,
        .by_contact = report->by_contact,
        .by_second = report->by_second,
        .by_team = report->by_team,
        .by_other = report->by_other,
        .contact_ceiling = report->contact_ceiling,
        .travel_s = component[HT_C_TRAVEL],
        .late_s = component[HT_C_LATE],
        .late_visits = report->late_visits,
        .overtime_s = component[HT_C_OVERTIME],
        .of_series = report->of_series,
        .moved_starts = component[HT_C_MOVED],
        .unusual_staff = component[HT_C_UNUSUAL],
        .levels = planned->record.levels,
        .effort = {planned->first_full_s, planned->wall_s, planned->cpu_s, planned->record.seed, planned->record.work},
        .outdated = planned->record.outdated};
    memcpy(numbers.level_name, planned->record.level_name, sizeof numbers.level_name);
    memcpy(numbers.level_value, planned->record.level_value, sizeof numbers.level_value);
    return numbers;
}

static void add_levels(ht_plan_numbers *totals, const ht_plan_numbers *day) {
    if (totals->levels == 0) {
        totals->levels = day->levels;
        memcpy(totals->level_name, day->level_name, sizeof totals->level_name);
    }
    for (int32_t i = 0; i < totals->levels; i++)
        if (!ht_add_checked(totals->level_value[i], day->level_value[i], &totals->level_value[i]))
            totals->level_value[i] = INT64_MAX;
}

void ht_plan_numbers_add(ht_plan_numbers *totals, const ht_plan_numbers *day) {
    totals->visits += day->visits;
    totals->planned += day->planned;
    totals->unplanned += day->unplanned;
    totals->staff_visits += day->staff_visits;
    totals->by_contact += day->by_contact;
    totals->by_second += day->by_second;
    totals->by_team += day->by_team;
    totals->by_other += day->by_other;
    totals->contact_ceiling += day->contact_ceiling;
    totals->travel_s += day->travel_s;
    totals->late_s += day->late_s;
    totals->late_visits += day->late_visits;
    totals->overtime_s += day->overtime_s;
    totals->of_series += day->of_series;
    totals->moved_starts += day->moved_starts;
    totals->unusual_staff += day->unusual_staff;
    totals->effort.wall_s += day->effort.wall_s;
    totals->effort.cpu_s += day->effort.cpu_s;
    totals->effort.work += day->effort.work;
    totals->effort.seed = day->effort.seed;
    totals->outdated = totals->outdated || day->outdated;
    totals->effort.first_full_s = -1;
    add_levels(totals, day);
}

/* ---- for people ---- */

/* Whole minutes, halves up. */
static long long minutes(int64_t seconds) {
    return (seconds + 30) / 60;
}

static void print_share(const char *name, int64_t part, int64_t whole, char mark) {
    char share[HT_TENTHS];
    ht_tenths(whole > 0 ? 100.0 * (double)part / (double)whole : 0, mark, share);
    /* The name is padded by its width on the screen, not by its bytes. */
    int pad = NAME_WIDTH - ht_utf8_width(name);
    printf("  %s%*s %6lld  %5s %%", name, pad > 0 ? pad : 0, "", (long long)part, share);
}

static void print_who(const ht_plan_numbers *n, char mark) {
    print_share(_("contact"), n->by_contact, n->staff_visits, mark);
    printf(HT_PLURAL("  (at most %lld possible)\n", "  (at most %lld possible)\n", n->contact_ceiling),
           (long long)n->contact_ceiling);
    print_share(_("second contact"), n->by_second, n->staff_visits, mark);
    printf("\n");
    print_share(_("the team"), n->by_team, n->staff_visits, mark);
    printf("\n");
    print_share(_("others"), n->by_other, n->staff_visits, mark);
    printf("\n");
}

static void print_levels(const ht_plan_numbers *n) {
    printf("%s", _("Levels, in order of weight: "));
    for (int32_t i = 0; i < n->levels; i++)
        printf("%s%s %lld", i > 0 ? ", " : "", ht_named(n->level_name[i]), (long long)n->level_value[i]);
    printf("\n");
}

void ht_plan_print(const ht_call *call, const ht_plan_numbers *n) {
    char date[NUMBER];
    char mark = ht_decimal_mark(call);
    if (n->date != HT_BLANK)
        ht_date_print(n->date, date, sizeof date);
    else
        snprintf(date, sizeof date, "%s", _("All days"));
    printf(HT_PLURAL("%s: %lld of %lld visit planned (staff visits: %lld)\n",
                     "%s: %lld of %lld visits planned (staff visits: %lld)\n", n->visits),
           date, (long long)n->planned, (long long)n->visits, (long long)n->staff_visits);
    print_who(n, mark);
    printf(HT_PLURAL("Late beyond the promise: %lld visit, %lld min\n",
                     "Late beyond the promise: %lld visits, %lld min\n", n->late_visits),
           (long long)n->late_visits, minutes(n->late_s));
    printf(_("Travel: %lld min"), minutes(n->travel_s));
    if (n->overtime_s > 0)
        printf(_(", overtime: %lld min"), minutes(n->overtime_s));
    printf("\n");
    if (n->of_series > 0)
        printf(_("Base plan (visits of a series: %lld): starts moved: %lld, other than usual staff: %lld\n"),
               (long long)n->of_series, (long long)n->moved_starts, (long long)n->unusual_staff);
    print_levels(n);
    ht_effort_print(&n->effort, mark);
}

/* "V027 (B009, 18:30)": what a planner looks the visit up by. */
static void print_visit(const ht_dataset *data, ht_sym visit_id, int32_t date) {
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    char start[HT_TIME_TEXT];
    printf("  %s", ht_dataset_text(data, visit_id));
    for (int32_t i = 0; i < ht_dataset_count(data, HT_VISITS); i++) {
        if (visit[i].visit_id != visit_id || visit[i].date != date)
            continue;
        ht_time_print(visit[i].start, start, sizeof start);
        printf(" (%s, %s)", ht_dataset_text(data, visit[i].client_id), start);
        return;
    }
}

void ht_plan_print_unplanned(const ht_planned_day *planned) {
    const ht_unplanned *visit = planned->plan.unplanned.items;
    if (planned->plan.unplanned.count > 0)
        printf("%s", _("Unplanned:\n"));
    for (int32_t i = 0; i < planned->plan.unplanned.count; i++) {
        char text[HT_NOTE];
        ht_reason_tell(visit[i].reason, text);
        print_visit(&planned->day.data, visit[i].visit, planned->record.date);
        printf(": %s", text);
        ht_help_tell(visit[i].would_help, text);
        if (text[0] != '\0')
            printf("; %s", text);
        printf("\n");
    }
}

/* ---- for programs ---- */

/* Seconds as minutes, to a hundredth. */
static double as_minutes(int64_t seconds) {
    return round((double)seconds * 100.0 / 60.0) / 100.0;
}

/* Bounds come with a later version: nothing is claimed that is not proven. */
static void levels_json(ht_json *json, const ht_plan_numbers *n) {
    ht_json_begin_array(json, "levels");
    for (int32_t i = 0; i < n->levels; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "name", n->level_name[i]);
        ht_json_integer(json, "value", n->level_value[i]);
        ht_json_null(json, "bound");
        ht_json_null(json, "gap_percent");
        ht_json_flag(json, "proven", false);
        ht_json_end(json);
    }
    ht_json_end(json);
}

void ht_plan_json(ht_json *json, const ht_plan_numbers *n) {
    char date[HT_DATE_TEXT];
    if (n->date != HT_BLANK) {
        ht_date_print(n->date, date, sizeof date);
        ht_json_text(json, "date", date);
    }
    ht_json_integer(json, "visits", n->visits);
    ht_json_integer(json, "planned", n->planned);
    ht_json_integer(json, "unplanned", n->unplanned);
    ht_json_integer(json, "staff_visits", n->staff_visits);
    ht_json_integer(json, "by_contact", n->by_contact);
    ht_json_integer(json, "by_second", n->by_second);
    ht_json_integer(json, "by_team", n->by_team);
    ht_json_integer(json, "by_other", n->by_other);
    ht_json_integer(json, "contact_ceiling", n->contact_ceiling);
    ht_json_real(json, "travel_min", as_minutes(n->travel_s));
    ht_json_real(json, "late_min", as_minutes(n->late_s));
    ht_json_integer(json, "late_visits", n->late_visits);
    ht_json_real(json, "overtime_min", as_minutes(n->overtime_s));
    ht_json_integer(json, "moved_starts", n->moved_starts);
    ht_json_integer(json, "unusual_staff", n->unusual_staff);
    levels_json(json, n);
    ht_effort_json(json, &n->effort);
    ht_json_flag(json, "outdated", n->outdated);
}

const ht_table_head ht_plan_head[] = {
    {"date", N_("date"), HT_LEFT},
    {"visits", N_("visits"), HT_RIGHT},
    {"planned", N_("planned"), HT_RIGHT},
    {"unplanned", N_("unplanned"), HT_RIGHT},
    {"staff_visits", N_("staff visits"), HT_RIGHT},
    {"by_contact", N_("contact"), HT_RIGHT},
    {"by_second", N_("second contact"), HT_RIGHT},
    {"by_team", N_("the team"), HT_RIGHT},
    {"by_other", N_("others"), HT_RIGHT},
    {"contact_ceiling", N_("contact at most"), HT_RIGHT},
    {"travel_min", N_("travel min"), HT_RIGHT},
    {"late_min", N_("late min"), HT_RIGHT},
    {"late_visits", N_("late visits"), HT_RIGHT},
    {"overtime_min", N_("overtime min"), HT_RIGHT},
    {"levels", N_("levels"), HT_WORDS},
    {"seed", N_("seed"), HT_RIGHT},
    {"work", N_("iterations"), HT_RIGHT},
};
const int32_t ht_plan_columns = (int32_t)(sizeof ht_plan_head / sizeof ht_plan_head[0]);

static void level_cell(ht_table_out *table, const ht_plan_numbers *n) {
    char text[HT_LEVELS_MAX * (HT_LEVEL_NAME + NUMBER)] = "";
    size_t used = 0;
    for (int32_t i = 0; i < n->levels; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%lld", i > 0 ? "|" : "", n->level_name[i],
                                 (long long)n->level_value[i]);
    ht_cell_text(table, text);
}

void ht_plan_cells(ht_table_out *table, const ht_plan_numbers *n) {
    if (n->date != HT_BLANK)
        ht_cell_date(table, n->date);
    else
        ht_cell_text(table, "");
    const int64_t counts[] = {n->visits,    n->planned, n->unplanned, n->staff_visits,   n->by_contact,
                              n->by_second, n->by_team, n->by_other,  n->contact_ceiling};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        ht_cell_integer(table, counts[i]);
    ht_cell_decimal(table, n->travel_s, 60, MINUTE_DIGITS, ',');
    ht_cell_decimal(table, n->late_s, 60, MINUTE_DIGITS, ',');
    ht_cell_integer(table, n->late_visits);
    ht_cell_decimal(table, n->overtime_s, 60, MINUTE_DIGITS, ',');
    level_cell(table, n);
    ht_cell_integer(table, n->effort.seed);
    ht_cell_integer(table, n->effort.work);
}
