#include "base/words.h"
#include "model/check_internal.h"

static const char *text_of(const ht_check *check, ht_sym sym) {
    return ht_facts_text(&check->facts, sym);
}

static void check_staffing(ht_check *check, const ht_day_visit *visit) {
    if (visit->entries != visit->row->staff_needed)
        ht_check_breach(check, HT_HARD_STAFFING, visit->row->visit_id, HT_NO_TEXT, _("%s: %d planned, %d needed"),
                        text_of(check, visit->row->visit_id), (int)visit->entries, (int)visit->row->staff_needed);
    if (visit->first_start != visit->last_start)
        ht_check_breach(check, HT_HARD_SAME_START, visit->row->visit_id, HT_NO_TEXT, _("%s: starts both %s and %s"),
                        text_of(check, visit->row->visit_id), ht_clock(visit->first_start).text,
                        ht_clock(visit->last_start).text);
}

static void check_window(ht_check *check, const ht_day_visit *visit) {
    ht_window window = visit->window;
    if (visit->first_start >= window.earliest && visit->last_start <= window.latest)
        return;
    int32_t start = visit->first_start < window.earliest ? visit->first_start : visit->last_start;
    const char *id = text_of(check, visit->row->visit_id);
    if (visit->row->locked_start != HT_BLANK)
        ht_check_breach(check, HT_HARD_LOCK, visit->row->visit_id, HT_NO_TEXT, _("%s: starts %s, locked to %s"), id,
                        ht_clock(start).text, ht_clock(visit->row->locked_start).text);
    else
        ht_check_breach(check, HT_HARD_WINDOW, visit->row->visit_id, HT_NO_TEXT, _("%s: starts %s, may start %s to %s"),
                        id, ht_clock(start).text, ht_clock(window.earliest < 0 ? 0 : window.earliest).text,
                        ht_clock(window.latest).text);
}

static void check_away(ht_check *check, const ht_day_visit *visit) {
    ht_check_breach(check, HT_HARD_AWAY, visit->row->visit_id, HT_NO_TEXT, _("%s: planned, but %s is away at %s"),
                    text_of(check, visit->row->visit_id), text_of(check, visit->client->client_id),
                    ht_clock(visit->row->start).text);
}

static void check_person(ht_check *check, const ht_day_visit *visit, const ht_entry *entry) {
    ht_sym staff = entry->staff->staff_id, id = visit->row->visit_id;
    const char *list = text_of(check, visit->row->skill), *tag;
    size_t at = 0, length;
    while (ht_list_next(list, &at, &tag, &length))
        if (!ht_facts_skilled(&check->facts, staff, tag, length))
            ht_check_breach(check, HT_HARD_SKILL, id, staff, _("%s: %s lacks the skill %.*s on the day"),
                            text_of(check, id), text_of(check, staff), (int)length, tag);
    if (ht_facts_related(&check->facts, visit->client->client_id, staff, HT_BLOCKED))
        ht_check_breach(check, HT_HARD_BLOCKED, id, staff, _("%s: %s is blocked for %s"), text_of(check, id),
                        text_of(check, staff), text_of(check, visit->client->client_id));
    if (ht_lists_share(text_of(check, entry->staff->avoids), text_of(check, visit->client->environment)))
        ht_check_breach(check, HT_HARD_AVOIDS, id, staff, _("%s: %s avoids the environment of %s"), text_of(check, id),
                        text_of(check, staff), text_of(check, visit->client->client_id));
}

static bool somebody_holds(const ht_check *check, const ht_day_visit *visit, const char *tag, size_t length) {
    for (int32_t i = 0; i < visit->entries; i++)
        if (ht_facts_skilled(&check->facts, visit->entry[i].staff->staff_id, tag, length))
            return true;
    return false;
}

static void check_skill_one(ht_check *check, const ht_day_visit *visit) {
    const char *list = text_of(check, visit->row->skill_one), *tag;
    size_t at = 0, length;
    while (ht_list_next(list, &at, &tag, &length))
        if (!somebody_holds(check, visit, tag, length))
            ht_check_breach(check, HT_HARD_SKILL_ONE, visit->row->visit_id, HT_NO_TEXT,
                            _("%s: none of its staff has the skill %.*s on the day"),
                            text_of(check, visit->row->visit_id), (int)length, tag);
}

static bool is_there(const ht_check *check, const ht_day_visit *visit, const char *staff, size_t length) {
    for (int32_t i = 0; i < visit->entries; i++) {
        const char *id = text_of(check, visit->entry[i].staff->staff_id);
        if (strlen(id) == length && memcmp(id, staff, length) == 0)
            return true;
    }
    return false;
}

static void check_locked_staff(ht_check *check, const ht_day_visit *visit) {
    const char *list = text_of(check, visit->row->locked_staff), *staff;
    size_t at = 0, length;
    while (ht_list_next(list, &at, &staff, &length))
        if (!is_there(check, visit, staff, length))
            ht_check_breach(check, HT_HARD_LOCK, visit->row->visit_id, HT_NO_TEXT,
                            _("%s: locked to %.*s, who is not on it"), text_of(check, visit->row->visit_id),
                            (int)length, staff);
}

static bool follows_another_day(const ht_check *check, const ht_day_visit *visit) {
    int32_t at = ht_facts_find(&check->facts.visits, visit->row->after_visit);
    return at >= 0 && check->facts.visit_row[at].date != check->facts.date;
}

/* Keeps the latest end of each visit. A row without an end lasted as long as the visit was granted. What was performed
 * beats a plan. */
static void note_ends(ht_check *check, const ht_array *rows, bool performed) {
    const ht_performed_row *row = rows->items;
    for (int32_t i = 0; i < rows->count; i++) {
        ht_ended *ended = &check->ended[row[i].visit_id];
        int32_t at = ht_facts_find(&check->facts.visits, row[i].visit_id);
        int32_t granted = at < 0 ? 0 : 60 * check->facts.visit_row[at].minutes;
        int32_t end = row[i].end != HT_BLANK ? row[i].end : row[i].start + granted;
        bool known = ended->date != HT_BLANK;
        bool later = row[i].date > ended->date || (row[i].date == ended->date && end > ended->seconds);
        if (!known || (ended->performed == performed && later))
            *ended = (ht_ended){row[i].date, end, performed};
    }
}

bool ht_check_find_ended(ht_check *check) {
    int32_t linked = 0, syms = ht_strings_count(&check->facts.data->text);
    for (int32_t i = 0; i < check->visits; i++)
        linked += follows_another_day(check, &check->visit[i]);
    if (linked == 0)
        return true;
    check->ended = HT_ARENA_NEW(check->facts.arena, syms, ht_ended);
    if (check->ended == NULL)
        return false;
    for (int32_t i = 0; i < syms; i++)
        check->ended[i].date = HT_BLANK;
    note_ends(check, &check->facts.data->table[HT_PERFORMED], true);
    note_ends(check, &check->facts.data->planned, false);
    return true;
}

bool ht_check_predecessor(const ht_check *check, const ht_day_visit *visit, int32_t *date, int32_t *seconds) {
    int32_t row = ht_facts_find(&check->facts.visits, visit->row->after_visit);
    if (row < 0)
        return false;
    if (follows_another_day(check, visit)) {
        const ht_ended *ended = &check->ended[visit->row->after_visit];
        *date = ended->date;
        *seconds = ended->seconds;
        return ended->date != HT_BLANK;
    }
    int32_t at = check->visit_of_row[row];
    const ht_day_visit *before = at < 0 ? NULL : &check->visit[at];
    if (before == NULL || before->entries == 0)
        return false;
    *date = check->facts.date;
    *seconds = before->last_start + 60 * before->row->minutes;
    return true;
}

int64_t ht_check_gap(const ht_check *check, int32_t date, int32_t end, int32_t start) {
    return date == check->facts.date ? start - end : ht_elapsed(date, end, check->facts.date, start);
}

static void check_link(ht_check *check, const ht_day_visit *visit) {
    int32_t date, end;
    if (!ht_check_predecessor(check, visit, &date, &end))
        return;
    int64_t least = visit->row->gap_min != HT_BLANK ? 60 * (int64_t)visit->row->gap_min : 0;
    int64_t first = ht_check_gap(check, date, end, visit->first_start);
    int64_t last = ht_check_gap(check, date, end, visit->last_start);
    const char *id = text_of(check, visit->row->visit_id), *before = text_of(check, visit->row->after_visit);
    if (first < least)
        ht_check_breach(check, HT_HARD_LINK, visit->row->visit_id, HT_NO_TEXT,
                        _("%s: starts %s, %lld min after the end of %s, at least %lld are needed"), id,
                        ht_clock(visit->first_start).text, (long long)(first / 60), before, (long long)(least / 60));
    if (visit->row->gap_max != HT_BLANK && last > 60 * (int64_t)visit->row->gap_max)
        ht_check_breach(check, HT_HARD_LINK, visit->row->visit_id, HT_NO_TEXT,
                        _("%s: starts %s, %lld min after the end of %s, at most %d are allowed"), id,
                        ht_clock(visit->last_start).text, (long long)((last + 59) / 60), before,
                        (int)visit->row->gap_max);
}

/* A plan that lists the unplanned visits accounts for each visit just once, and not for cancelled ones. */
static void check_count(ht_check *check, const ht_day_visit *visit) {
    const char *id = text_of(check, visit->row->visit_id);
    if (visit->listed && visit->away)
        ht_check_breach(check, HT_HARD_COUNT, visit->row->visit_id, HT_NO_TEXT,
                        _("%s: listed as unplanned, but cancelled: %s is away at %s"), id,
                        text_of(check, visit->client->client_id), ht_clock(visit->row->start).text);
    if (check->plan->lists_unplanned && !visit->named && !visit->listed && !visit->away)
        ht_check_breach(check, HT_HARD_COUNT, visit->row->visit_id, HT_NO_TEXT,
                        _("%s: neither planned nor listed as unplanned"), id);
    if (visit->entries > 0 && visit->listed)
        ht_check_breach(check, HT_HARD_COUNT, visit->row->visit_id, HT_NO_TEXT,
                        _("%s: planned, and listed as unplanned too"), id);
}

void ht_check_visits(ht_check *check) {
    for (int32_t i = 0; i < check->visits; i++) {
        const ht_day_visit *visit = &check->visit[i];
        check_count(check, visit);
        if (visit->entries == 0)
            continue;
        if (visit->away)
            check_away(check, visit);
        check_staffing(check, visit);
        check_window(check, visit);
        check_skill_one(check, visit);
        check_locked_staff(check, visit);
        check_link(check, visit);
        for (int32_t j = 0; j < visit->entries; j++)
            check_person(check, visit, &visit->entry[j]);
    }
}
