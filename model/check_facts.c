#include "base/numbers.h"
#include "base/words.h"
#include "model/check_internal.h"
#include "model/travel.h"

int32_t ht_facts_find(const ht_index *index, ht_sym sym) {
    return sym > HT_NO_TEXT && sym < index->syms ? ht_index_find(index, sym) : -1;
}

const char *ht_facts_text(const ht_facts *facts, ht_sym sym) {
    bool known = sym >= 0 && sym < ht_strings_count(&facts->data->text);
    return known ? ht_dataset_text(facts->data, sym) : "";
}

static int by_staff(const void *a, const void *b) {
    const ht_skill_row *const *x = a, *const *y = b;
    return ht_compare32((*x)->staff_id, (*y)->staff_id);
}

static int by_pair(const void *a, const void *b) {
    const ht_relation_row *const *x = a, *const *y = b;
    int order = ht_compare32((*x)->client_id, (*y)->client_id);
    return order != 0 ? order : ht_compare32((*x)->staff_id, (*y)->staff_id);
}

static bool sort_skills(ht_facts *facts) {
    const ht_skill_row *row = ht_dataset_rows(facts->data, HT_SKILLS);
    facts->skills = ht_dataset_count(facts->data, HT_SKILLS);
    facts->skill = HT_ARENA_NEW(facts->arena, facts->skills, const ht_skill_row *);
    if (facts->skill == NULL)
        return false;
    for (int32_t i = 0; i < facts->skills; i++)
        facts->skill[i] = &row[i];
    qsort(facts->skill, (size_t)facts->skills, sizeof(*facts->skill), by_staff);
    return true;
}

static bool sort_relations(ht_facts *facts) {
    const ht_relation_row *row = ht_dataset_rows(facts->data, HT_RELATIONS);
    facts->relations = ht_dataset_count(facts->data, HT_RELATIONS);
    facts->relation = HT_ARENA_NEW(facts->arena, facts->relations, const ht_relation_row *);
    if (facts->relation == NULL)
        return false;
    for (int32_t i = 0; i < facts->relations; i++)
        facts->relation[i] = &row[i];
    qsort(facts->relation, (size_t)facts->relations, sizeof(*facts->relation), by_pair);
    return true;
}

static int by_staff_and_start(const void *a, const void *b) {
    const ht_roster_row *const *x = a, *const *y = b;
    int order = ht_compare32((*x)->staff_id, (*y)->staff_id);
    return order != 0 ? order : ht_compare32((*x)->start, (*y)->start);
}

/* The rows of the date and kind, by staff symbol and start. */
static bool rows_of_day(ht_facts *facts, int32_t kind, const ht_roster_row ***rows, int32_t *count) {
    const ht_roster_row *row = ht_dataset_rows(facts->data, HT_ROSTER);
    int32_t all = ht_dataset_count(facts->data, HT_ROSTER), n = 0;
    for (int32_t i = 0; i < all; i++)
        n += row[i].date == facts->date && row[i].kind == kind;
    *rows = HT_ARENA_NEW(facts->arena, n, const ht_roster_row *);
    if (*rows == NULL)
        return false;
    *count = 0;
    for (int32_t i = 0; i < all; i++)
        if (row[i].date == facts->date && row[i].kind == kind)
            (*rows)[(*count)++] = &row[i];
    qsort(*rows, (size_t)n, sizeof(**rows), by_staff_and_start);
    return true;
}

static ht_duty duty_of(const ht_facts *facts, const ht_roster_row *row, int32_t staff, ht_piece piece) {
    const ht_staff_row *person = &facts->staff_row[staff];
    ht_duty duty = {.row = row, .staff = staff, .piece = piece, .rest = ht_shift_break(row, piece)};
    duty.team = row->team != HT_NO_TEXT ? row->team : person->team;
    duty.base = person->start_place == HT_START_HOME ? HT_AT_HOME : ht_facts_office(facts, duty.team);
    duty.mode = row->mode != HT_BLANK ? row->mode : person->mode;
    return duty;
}

/* A stamp as seconds of the date, at most a day before it or after it. */
static int32_t seconds_of(int32_t stamp_minutes, int32_t date) {
    int64_t day = HT_DAY_SECONDS, seconds = 60 * (stamp_minutes - (int64_t)date * (HT_DAY_SECONDS / 60));
    return (int32_t)(seconds < -day ? -day : seconds > 2 * day ? 2 * day : seconds);
}

/* What takes [from, to) ends the overtime of a piece that ends at `end`: at once where it has begun by then. */
static int32_t cut_overtime(int32_t back_by, int32_t end, int32_t from, int32_t to) {
    int32_t at = from > end ? from : end;
    return to > end && at < back_by ? at : back_by;
}

/* Overtime lasts until the person's next row of the roster or absence at most; row are the day's work rows. */
static void limit_overtime(const ht_facts *facts, const ht_roster_row *const *row, int32_t rows, ht_duty *duty) {
    ht_sym staff = duty->row->staff_id;
    int32_t end = duty->piece.end;
    const ht_absence_row *away = ht_dataset_rows(facts->data, HT_ABSENCES);
    duty->back_by = end + 60 * facts->settings->overtime_limit_min;
    for (int32_t i = 0; i < rows; i++)
        if (row[i]->staff_id == staff)
            duty->back_by = cut_overtime(duty->back_by, end, row[i]->start, row[i]->end);
    for (int32_t i = 0; i < facts->offices; i++)
        if (facts->office[i]->staff_id == staff)
            duty->back_by = cut_overtime(duty->back_by, end, facts->office[i]->start, facts->office[i]->end);
    int32_t count;
    const int32_t *at = ht_row_groups_find(&facts->attendance.absences, staff, &count);
    for (int32_t i = 0; i < count; i++)
        duty->back_by = cut_overtime(duty->back_by, end, seconds_of(away[at[i]].from, facts->date),
                                     seconds_of(away[at[i]].to, facts->date));
}

static int by_person_and_start(const void *a, const void *b) {
    const ht_duty *x = a, *y = b;
    int order = ht_compare32(x->staff, y->staff);
    return order != 0 ? order : ht_compare32(x->piece.start, y->piece.start);
}

static bool find_duties(ht_facts *facts) {
    const ht_roster_row **row;
    int32_t rows, staff = ht_dataset_count(facts->data, HT_STAFF);
    if (!rows_of_day(facts, HT_KIND_WORK, &row, &rows) ||
        !rows_of_day(facts, HT_KIND_OFFICE, &facts->office, &facts->offices))
        return false;
    facts->duty = ht_arena_alloc(facts->arena, (size_t)rows * HT_PIECES_MAX, sizeof(ht_duty));
    facts->first_duty = ht_arena_alloc(facts->arena, (size_t)staff + 1, sizeof(int32_t));
    if (facts->duty == NULL || facts->first_duty == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) {
        int32_t person = ht_facts_find(&facts->staff, row[i]->staff_id);
        ht_piece piece[HT_PIECES_MAX];
        int32_t pieces = person < 0 ? 0 : ht_shift_pieces(&facts->attendance, row[i], piece);
        for (int32_t j = 0; j < pieces; j++)
            facts->duty[facts->duties++] = duty_of(facts, row[i], person, piece[j]);
    }
    for (int32_t i = 0; i < facts->duties; i++)
        limit_overtime(facts, row, rows, &facts->duty[i]);
    qsort(facts->duty, (size_t)facts->duties, sizeof(ht_duty), by_person_and_start);
    for (int32_t i = 0, person = 0; person <= staff; person++) {
        while (i < facts->duties && facts->duty[i].staff < person)
            i++;
        facts->first_duty[person] = i;
    }
    return true;
}

static bool find_aways(ht_facts *facts) {
    const ht_absence_row *row = ht_dataset_rows(facts->data, HT_ABSENCES);
    int32_t rows = ht_dataset_count(facts->data, HT_ABSENCES);
    int32_t day = HT_DAY_SECONDS / 60, midnight = facts->date * day;
    facts->away = HT_ARENA_NEW(facts->arena, rows, const ht_absence_row *);
    if (facts->away == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++)
        if (row[i].client_id != HT_NO_TEXT && row[i].from <= midnight + day && row[i].to > midnight)
            facts->away[facts->aways++] = &row[i];
    return true;
}

bool ht_facts_build(ht_facts *facts, const ht_dataset *data, const ht_settings *settings, int32_t date,
                    ht_arena *arena) {
    *facts = (ht_facts){.data = data, .settings = settings, .date = date, .arena = arena};
    facts->team_row = ht_dataset_rows(data, HT_TEAMS);
    facts->client_row = ht_dataset_rows(data, HT_CLIENTS);
    facts->staff_row = ht_dataset_rows(data, HT_STAFF);
    facts->visit_row = ht_dataset_rows(data, HT_VISITS);
    return ht_index_build(&facts->teams, data, HT_TEAMS, arena) &&
           ht_index_build(&facts->clients, data, HT_CLIENTS, arena) &&
           ht_index_build(&facts->staff, data, HT_STAFF, arena) &&
           ht_index_build(&facts->visits, data, HT_VISITS, arena) &&
           ht_attendance_build(&facts->attendance, data, arena) && sort_skills(facts) && sort_relations(facts) &&
           find_aways(facts) && find_duties(facts);
}

bool ht_facts_related(const ht_facts *facts, ht_sym client, ht_sym staff, int32_t kind) {
    int32_t low = 0, high = facts->relations;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ht_relation_row *row = facts->relation[middle];
        if (row->client_id < client || (row->client_id == client && row->staff_id < staff))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < facts->relations; low++) {
        const ht_relation_row *row = facts->relation[low];
        if (row->client_id != client || row->staff_id != staff)
            return false;
        if (row->kind == kind)
            return true;
    }
    return false;
}

bool ht_facts_skilled(const ht_facts *facts, ht_sym staff, const char *tag, size_t length) {
    int32_t low = 0, high = facts->skills;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (facts->skill[middle]->staff_id < staff)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < facts->skills && facts->skill[low]->staff_id == staff; low++) {
        const ht_skill_row *row = facts->skill[low];
        const char *held = ht_facts_text(facts, row->skill);
        bool valid =
            (row->from == HT_BLANK || row->from <= facts->date) && (row->to == HT_BLANK || row->to >= facts->date);
        if (valid && strlen(held) == length && memcmp(held, tag, length) == 0)
            return true;
    }
    return false;
}

bool ht_facts_skilled_all(const ht_facts *facts, ht_sym staff, ht_sym tags) {
    const char *list = ht_facts_text(facts, tags), *tag;
    size_t at = 0, length;
    while (ht_list_next(list, &at, &tag, &length))
        if (!ht_facts_skilled(facts, staff, tag, length))
            return false;
    return true;
}

int32_t ht_facts_office(const ht_facts *facts, ht_sym team) {
    int32_t row = ht_facts_find(&facts->teams, team);
    return ht_dataset_count(facts->data, HT_CLIENTS) + (row < 0 ? 0 : row);
}

const char *ht_facts_place_name(const ht_facts *facts, int32_t place) {
    bool client = place >= 0 && place < ht_dataset_count(facts->data, HT_CLIENTS);
    if (client)
        return ht_facts_text(facts, facts->client_row[place].client_id);
    return place == HT_AT_HOME ? _("home") : _("the office");
}

bool ht_facts_client_away(const ht_facts *facts, const ht_client_row *client, int32_t seconds) {
    if ((client->from != HT_BLANK && facts->date < client->from) ||
        (client->to != HT_BLANK && facts->date > client->to))
        return true;
    int32_t stamp = facts->date * (HT_DAY_SECONDS / 60) + seconds / 60;
    for (int32_t i = 0; i < facts->aways; i++)
        if (facts->away[i]->client_id == client->client_id && facts->away[i]->from <= stamp &&
            stamp < facts->away[i]->to)
            return true;
    return false;
}

ht_window ht_facts_window(const ht_facts *facts, const ht_visit_row *visit) {
    int32_t before = visit->before_min != HT_BLANK ? visit->before_min : facts->settings->before_min;
    int32_t after = visit->after_min != HT_BLANK ? visit->after_min : facts->settings->after_min;
    ht_window window = {.earliest = visit->start - 60 * before, .due = visit->start + 60 * after};
    window.latest = visit->latest != HT_BLANK ? visit->latest : window.due + 60 * facts->settings->late_limit_min;
    if (visit->locked_start != HT_BLANK)
        window.earliest = window.latest = visit->locked_start;
    return window;
}

/* The piece that begins last before or at the start, else the person's first. */
static const ht_duty *duty_at(const ht_facts *facts, int32_t staff, int32_t start) {
    const ht_duty *found = NULL;
    for (int32_t i = facts->first_duty[staff]; i < facts->first_duty[staff + 1]; i++)
        if (found == NULL || facts->duty[i].piece.start <= start)
            found = &facts->duty[i];
    return found;
}

ht_entry_flaw ht_entry_resolve(const ht_facts *facts, const ht_plan_entry *row, ht_entry *entry) {
    int32_t visit = ht_facts_find(&facts->visits, row->visit);
    if (visit < 0 || facts->visit_row[visit].date != facts->date)
        return HT_ENTRY_NO_VISIT;
    entry->visit = &facts->visit_row[visit];
    entry->client_at = ht_facts_find(&facts->clients, entry->visit->client_id);
    entry->staff_at = ht_facts_find(&facts->staff, row->staff);
    if (entry->client_at < 0)
        return HT_ENTRY_NO_CLIENT;
    if (entry->staff_at < 0)
        return HT_ENTRY_NO_STAFF;
    if (row->start < 0 || row->start > HT_DAY_SECONDS)
        return HT_ENTRY_NO_TIME;
    entry->client = &facts->client_row[entry->client_at];
    entry->staff = &facts->staff_row[entry->staff_at];
    entry->start = row->start;
    entry->end = row->start + 60 * entry->visit->minutes;
    entry->duty = duty_at(facts, entry->staff_at, entry->start);
    return HT_ENTRY_GOOD;
}

bool ht_fits_a_shift(const ht_facts *facts, const ht_visit_row *visit, ht_window window, int32_t staff) {
    for (int32_t i = facts->first_duty[staff]; i < facts->first_duty[staff + 1]; i++) {
        ht_piece piece = facts->duty[i].piece;
        int32_t start = window.earliest > piece.start ? window.earliest : piece.start;
        if (start <= window.latest && start + 60 * visit->minutes <= facts->duty[i].back_by)
            return true;
    }
    return false;
}
