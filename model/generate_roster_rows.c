#include "model/generate_town.h"

/* The rows of roster and absences. */

enum { DAY_BREAK = 10 * 60 + 30, EVENING_BREAK = 17 * 60, EVENING_BREAK_LAST = 19 * 60 + 30, WITHOUT_BREAK = 5 * 60 };

typedef struct part {
    int32_t start, end, break_from, break_to;
} part;

/* The break as near to the middle as 5 h before and after it ask for. */
static part with_break(int32_t start, int32_t end, int32_t from, int32_t to) {
    int32_t earliest = end - WITHOUT_BREAK - HT_BREAK_MINUTES, latest = start + WITHOUT_BREAK;
    return (part){start, end, earliest > from ? earliest : from, latest < to ? latest : to};
}

static void write_work(ht_town *town, ht_dataset *data, int32_t staff, int32_t day, ht_sym route, part hours) {
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    ht_roster_row *row = ht_town_row(town, data, HT_ROSTER);
    if (row == NULL)
        return;
    int32_t team = duty->replaces == HT_NOBODY_YET ? town->staff[staff].team : town->staff[duty->replaces].team;
    row->staff_id = town->staff_id[staff];
    row->date = town->first_date + day;
    row->start = hours.start * 60;
    row->end = hours.end * 60;
    row->kind = HT_KIND_WORK;
    row->break_min = HT_BREAK_MINUTES;
    row->break_earliest = hours.break_from * 60;
    row->break_latest = hours.break_to * 60;
    row->route_name = route;
    row->team = team == town->staff[staff].team ? HT_NO_TEXT : town->team_id[team];
}

static void write_office(ht_town *town, ht_dataset *data, int32_t staff, int32_t day) {
    ht_roster_row *row = ht_town_row(town, data, HT_ROSTER);
    if (row == NULL)
        return;
    row->staff_id = town->staff_id[staff];
    row->date = town->first_date + day;
    row->start = HT_OFFICE_START * 60;
    row->end = HT_OFFICE_END * 60;
    row->kind = HT_KIND_OFFICE;
}

/* The route is named after whose it is: a substitute takes over the name with the route. */
static ht_sym route_of(ht_town *town, ht_dataset *data, int32_t staff, int32_t day) {
    static const char LETTER[] = {'-', 'D', 'E', 'S'};
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    int32_t whose = duty->replaces == HT_NOBODY_YET ? staff : duty->replaces;
    const ht_town_staff *person = &town->staff[whose];
    char text[64];
    snprintf(text, sizeof text, "%s-%c%d", ht_dataset_text(data, town->team_id[person->team]), LETTER[duty->kind],
             (int)(whose - town->team[person->team].first_staff + 1));
    return ht_town_text(town, data, text);
}

static void write_duty(ht_town *town, ht_dataset *data, int32_t staff, int32_t day) {
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    if (duty->kind == HT_DUTY_FREE)
        return;
    ht_sym route = route_of(town, data, staff, day);
    if (duty->kind == HT_DUTY_SPLIT) {
        write_work(town, data, staff, day, route, with_break(duty->start, HT_SPLIT_PAUSE, 10 * 60, 12 * 60));
        write_work(town, data, staff, day, route,
                   with_break(HT_SPLIT_RESUME, duty->end, EVENING_BREAK, EVENING_BREAK_LAST));
    } else if (duty->kind == HT_DUTY_DAY) {
        write_work(town, data, staff, day, route, with_break(duty->start, duty->end, DAY_BREAK, 13 * 60));
    } else {
        write_work(town, data, staff, day, route,
                   with_break(duty->start, duty->end, EVENING_BREAK, EVENING_BREAK_LAST));
    }
    if (duty->office)
        write_office(town, data, staff, day);
}

/* ---- absences ---- */

static void write_absence(ht_town *town, ht_dataset *data, ht_sym staff, ht_sym client, ht_town_spell spell) {
    ht_absence_row *row = ht_town_row(town, data, HT_ABSENCES);
    if (row == NULL)
        return;
    row->staff_id = staff;
    row->client_id = client;
    row->from = (town->first_date + spell.first) * 24 * 60;
    row->to = (town->first_date + spell.last + 1) * 24 * 60;
}

/* From the first ill shift to the last one before a worked one. */
static void write_sick(ht_town *town, ht_dataset *data, int32_t staff) {
    ht_town_spell spell = {0, -1};
    for (int32_t day = town->set; day < town->after; day++) {
        const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
        if (duty->kind == HT_DUTY_FREE)
            continue;
        if (!duty->sick && spell.first <= spell.last)
            write_absence(town, data, town->staff_id[staff], HT_NO_TEXT, spell);
        if (!duty->sick)
            spell = (ht_town_spell){0, -1};
        else
            spell = (ht_town_spell){spell.first <= spell.last ? spell.first : day, day};
    }
    if (spell.first <= spell.last)
        write_absence(town, data, town->staff_id[staff], HT_NO_TEXT, spell);
}

void ht_town_write_roster(ht_town *town, ht_dataset *data) {
    for (int32_t day = town->set; day < town->after && !town->failed; day++)
        for (int32_t staff = 0; staff < town->staff_count && !town->failed; staff++)
            write_duty(town, data, staff, day);
    for (int32_t staff = 0; staff < town->staff_count && !town->failed; staff++)
        write_sick(town, data, staff);
    for (int32_t i = 0; i < town->clients && !town->failed; i++)
        if (town->client[i].away[1].first <= town->client[i].away[1].last)
            write_absence(town, data, HT_NO_TEXT, town->client_id[i], town->client[i].away[1]);
}
