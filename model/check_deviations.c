#include "base/words.h"
#include "model/check_internal.h"

enum { DAILY_REST = 11 * 3600, WEEKLY_REST = 36 * 3600, WEEK_HOURS = 40 * 3600 };
enum { TRANSITION_ENDS = 23191 /* 2033-06-30, the last day of the transition rule for the title */ };

static const char *text_of(const ht_check *check, ht_sym sym) {
    return ht_facts_text(&check->facts, sym);
}

/* ---- promise ---- */

static void report_late(ht_check *check, const ht_day_visit *visit) {
    int32_t late = visit->last_start - visit->window.due;
    if (visit->entries > 0 && !visit->away && late > 0)
        ht_check_deviate(check, "promise", "lateness", visit->row->visit_id,
                         _("%s: starts %s, %s after the promise (agreed %s, at most %s)"),
                         text_of(check, visit->row->visit_id), ht_clock(visit->last_start).text, ht_minutes(late).text,
                         ht_clock(visit->row->start).text, ht_clock(visit->window.due).text);
}

/* ---- base plan ---- */

static void report_moved(ht_check *check, const ht_day_visit *visit) {
    int32_t early = visit->row->usual_start - visit->first_start, late = visit->last_start - visit->row->usual_start;
    if (ht_check_is_moved(visit) && !visit->away)
        ht_check_deviate(check, "base-plan", "moved-start", visit->row->visit_id, _("%s starts %s, usually %s"),
                         text_of(check, visit->row->visit_id),
                         ht_clock(early > late ? visit->first_start : visit->last_start).text,
                         ht_clock(visit->row->usual_start).text);
}

static void report_unusual(ht_check *check, const ht_day_visit *visit) {
    for (int32_t i = 0; i < visit->entries && !visit->away; i++)
        if (ht_check_is_unusual(check, &visit->entry[i]))
            ht_check_deviate(check, "base-plan", "unusual-staff", visit->row->visit_id, _("%s by %s, usually %s"),
                             text_of(check, visit->row->visit_id), text_of(check, visit->entry[i].staff->staff_id),
                             text_of(check, visit->row->usual_staff));
}

static void report_base_plan(ht_check *check) {
    for (int32_t i = 0; i < check->visits; i++) {
        report_moved(check, &check->visit[i]);
        report_unusual(check, &check->visit[i]);
    }
}

/* ---- locks and links that are not kept ---- */

/* What stands in the way of one locked person; NULL: nothing but the rest of the plan. */
static const char *why_not(const ht_check *check, const ht_day_visit *visit, const char *name, size_t length) {
    const ht_facts *facts = &check->facts;
    int32_t person = -1, rows = ht_dataset_count(facts->data, HT_STAFF);
    for (int32_t i = 0; i < rows && person < 0; i++) {
        const char *id = text_of(check, facts->staff_row[i].staff_id);
        person = strlen(id) == length && memcmp(id, name, length) == 0
                     ? ht_facts_find(&facts->staff, facts->staff_row[i].staff_id)
                     : -1;
    }
    if (person < 0)
        return _("is no staff member");
    const ht_staff_row *staff = &facts->staff_row[person];
    if (!ht_facts_skilled_all(facts, staff->staff_id, visit->row->skill))
        return _("lacks a skill that the visit needs");
    if (ht_facts_related(facts, visit->client->client_id, staff->staff_id, HT_BLOCKED))
        return _("is blocked for the client");
    if (ht_lists_share(text_of(check, staff->avoids), text_of(check, visit->client->environment)))
        return _("avoids the client's environment");
    if (facts->first_duty[person] == facts->first_duty[person + 1])
        return _("has no shift on the day");
    if (!ht_fits_a_shift(facts, visit->row, visit->window, person))
        return _("has no shift that the visit fits");
    return NULL;
}

static void report_locked_staff(ht_check *check, const ht_day_visit *visit) {
    const char *list = text_of(check, visit->row->locked_staff), *name;
    size_t at = 0, length;
    while (ht_list_next(list, &at, &name, &length)) {
        const char *why = why_not(check, visit, name, length);
        ht_check_deviate(check, "lock", "locked_staff", visit->row->visit_id,
                         _("%s: unplanned, its lock to %.*s is not kept: %s"), text_of(check, visit->row->visit_id),
                         (int)length, name, why != NULL ? why : _("it does not fit with the rest of the plan"));
    }
}

static void report_locked_start(ht_check *check, const ht_day_visit *visit) {
    if (visit->row->locked_start != HT_BLANK)
        ht_check_deviate(check, "lock", "locked_start", visit->row->visit_id,
                         _("%s: unplanned, its lock to start %s is not kept"), text_of(check, visit->row->visit_id),
                         ht_clock(visit->row->locked_start).text);
}

/* A link that no start in the windows keeps: from the fixed end of a visit of another day, or from any end in the
 * predecessor's window. */
static void report_link(ht_check *check, const ht_day_visit *visit) {
    int32_t date, end, date_last = check->facts.date, last;
    int32_t at = ht_facts_find(&check->facts.visits, visit->row->after_visit);
    int32_t of_day = at < 0 ? -1 : check->visit_of_row[at];
    if (of_day >= 0) {
        const ht_day_visit *before = &check->visit[of_day];
        end = before->window.earliest + 60 * before->row->minutes;
        last = before->window.latest + 60 * before->row->minutes;
        date = date_last;
    } else if (ht_check_predecessor(check, visit, &date, &end)) {
        date_last = date;
        last = end;
    } else
        return;
    int64_t least = visit->row->gap_min != HT_BLANK ? 60 * (int64_t)visit->row->gap_min : 0;
    bool too_soon = ht_check_gap(check, date, end, visit->window.latest) < least;
    bool too_late = visit->row->gap_max != HT_BLANK &&
                    ht_check_gap(check, date_last, last, visit->window.earliest) > 60 * (int64_t)visit->row->gap_max;
    if (too_soon || too_late)
        ht_check_deviate(check, "link", "after_visit", visit->row->visit_id,
                         too_soon ? _("%s: unplanned, %s ends too late for the gap that is needed")
                                  : _("%s: unplanned, %s ends too early for the gap that is allowed"),
                         text_of(check, visit->row->visit_id), text_of(check, visit->row->after_visit));
}

static void report_unkept(ht_check *check, const ht_day_visit *visit) {
    if (visit->entries > 0 || visit->away)
        return;
    report_locked_staff(check, visit);
    report_locked_start(check, visit);
    if (visit->row->after_visit != HT_NO_TEXT)
        report_link(check, visit);
}

/* ---- contacts without the title ---- */

static bool has_title(const ht_staff_row *staff, int32_t date) {
    return staff->title == HT_TITLE_USK || (staff->title == HT_TITLE_USK_TRANSITION && date <= TRANSITION_ENDS);
}

static bool report_titles(ht_check *check) {
    const ht_facts *facts = &check->facts;
    bool *told = HT_ARENA_NEW(facts->arena, ht_dataset_count(facts->data, HT_CLIENTS), bool);
    if (told == NULL)
        return false;
    for (int32_t i = 0; i < check->visits; i++) {
        const ht_client_row *client = check->visit[i].client;
        int32_t contact = ht_facts_find(&facts->staff, client->contact);
        bool *here = &told[client - facts->client_row];
        if (*here || contact < 0 || has_title(&facts->staff_row[contact], facts->date))
            continue;
        *here = true;
        ht_check_deviate(check, "contact", "contact_title", client->client_id,
                         _("%s: the contact %s is no assistant nurse"), text_of(check, client->client_id),
                         text_of(check, client->contact));
    }
    return true;
}

/* ---- lent staff ---- */

static int by_staff_and_team(const void *a, const void *b) {
    const ht_entry *const *x = a, *const *y = b;
    if ((*x)->staff_at != (*y)->staff_at)
        return (*x)->staff_at < (*y)->staff_at ? -1 : 1;
    if ((*x)->client->team != (*y)->client->team)
        return (*x)->client->team < (*y)->client->team ? -1 : 1;
    return ((*x)->duty > (*y)->duty) - ((*x)->duty < (*y)->duty);
}

static bool report_lent(ht_check *check) {
    const ht_entry **entry = HT_ARENA_NEW(check->facts.arena, check->entries, const ht_entry *);
    int32_t count = 0;
    if (entry == NULL)
        return false;
    for (int32_t i = 0; i < check->entries; i++)
        if (check->entry[i].client->team != check->entry[i].staff->team)
            entry[count++] = &check->entry[i];
    qsort(entry, (size_t)count, sizeof(*entry), by_staff_and_team);
    for (int32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && by_staff_and_team(&entry[i], &entry[next]) == 0;)
            next++;
        const ht_duty *duty = entry[i]->duty;
        ht_sym team = entry[i]->client->team, staff = entry[i]->staff->staff_id;
        bool by_roster = duty != NULL && duty->row->team == team;
        ht_check_deviate(
            check, "lent", "lent", staff,
            by_roster ? HT_PLURAL("%s of team %s: %d visit to a client of team %s, lent by the roster",
                                  "%s of team %s: %d visits to clients of team %s, lent by the roster", next - i)
                      : HT_PLURAL("%s of team %s: %d visit to a client of team %s",
                                  "%s of team %s: %d visits to clients of team %s", next - i),
            text_of(check, staff), text_of(check, entry[i]->staff->team), (int)(next - i), text_of(check, team));
    }
    return true;
}

/* ---- roster rows that cannot be kept ---- */

static bool lies_in_work(const ht_facts *facts, const ht_roster_row *office) {
    int32_t person = ht_facts_find(&facts->staff, office->staff_id);
    for (int32_t i = person < 0 ? facts->duties : facts->first_duty[person];
         i < facts->duties && facts->duty[i].staff == person; i++)
        if (office->start < facts->duty[i].row->end && office->end > facts->duty[i].row->start)
            return true;
    return false;
}

/* The break's window is empty. */
static bool has_no_break(const ht_duty *duty) {
    return duty->rest.length > 0 && duty->rest.earliest > duty->rest.latest;
}

/* Some office time, or the shift's end behind it, cannot be reached in time. */
static bool is_out_of_reach(const ht_route *route) {
    for (int32_t i = 1; i < route->stays; i++)
        if (route->stay[i].free_from + route->stay[i].travel > route->stay[i].start)
            return true;
    return false;
}

/* Shifts that no visit can be planned in, whatever the plan: office time leaves no room. */
static bool report_office_time(ht_check *check) {
    ht_routes routes;
    if (!ht_routes_of_office_time(&check->facts, &routes))
        return false;
    for (int32_t i = 0; i < routes.count; i++) {
        const ht_route *route = &routes.route[i];
        const ht_duty *duty = route->duty;
        const char *staff = text_of(check, duty->row->staff_id);
        if (has_no_break(duty))
            continue;
        if (is_out_of_reach(route))
            ht_check_deviate(check, "roster", "office-time", duty->row->staff_id,
                             _("%s: nothing can be planned in the shift %s-%s: its office time cannot be reached in "
                               "time, or the shift's end after it"),
                             staff, ht_clock(duty->piece.start).text, ht_clock(duty->piece.end).text);
        else if (duty->rest.length > 0 && ht_route_break(route).before == 0)
            ht_check_deviate(check, "roster", "break", duty->row->staff_id,
                             _("%s: nothing can be planned in the shift %s-%s: its office time leaves no room for the "
                               "break"),
                             staff, ht_clock(duty->piece.start).text, ht_clock(duty->piece.end).text);
    }
    return true;
}

static void report_roster(ht_check *check) {
    const ht_facts *facts = &check->facts;
    for (int32_t i = 0; i < facts->duties; i++) {
        const ht_duty *duty = &facts->duty[i];
        if (has_no_break(duty))
            ht_check_deviate(check, "roster", "break", duty->row->staff_id,
                             _("%s: no break can serve what is left of the shift, %s-%s"),
                             text_of(check, duty->row->staff_id), ht_clock(duty->piece.start).text,
                             ht_clock(duty->piece.end).text);
    }
    for (int32_t i = 0; i < facts->offices; i++)
        if (!lies_in_work(facts, facts->office[i]))
            ht_check_deviate(check, "roster", "office-time", facts->office[i]->staff_id,
                             _("%s: office time %s-%s lies in no shift and is passed over"),
                             text_of(check, facts->office[i]->staff_id), ht_clock(facts->office[i]->start).text,
                             ht_clock(facts->office[i]->end).text);
    check->failed |= !report_office_time(check);
}

/* ---- rest and weekly hours ---- */

/* One roster row of the days around the date, cut by absences. */
typedef struct working_time {
    int32_t staff, date, start, end;
    int32_t pause; /* seconds of unpaid break */
} working_time;

static int by_person_and_time(const void *a, const void *b) {
    const working_time *x = a, *y = b;
    if (x->staff != y->staff)
        return x->staff < y->staff ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

typedef struct working_times {
    working_time *item; /* by person, date, start */
    int32_t count;
    int32_t monday;
    bool whole_week; /* the data has roster rows of each of its days */
} working_times;

static bool *used_staff(const ht_check *check) {
    bool *used = HT_ARENA_NEW(check->facts.arena, ht_dataset_count(check->facts.data, HT_STAFF), bool);
    for (int32_t i = 0; used != NULL && i < check->routes.count; i++)
        used[check->routes.route[i].staff] = true;
    return used;
}

/* Work rows of the people who have visits, from Monday or the day before to Sunday or the day after. */
static bool find_working_times(const ht_check *check, working_times *times) {
    const ht_facts *facts = &check->facts;
    const ht_roster_row *row = ht_dataset_rows(facts->data, HT_ROSTER);
    int32_t rows = ht_dataset_count(facts->data, HT_ROSTER), near = 0, monday = ht_date_monday(facts->date);
    bool seen[HT_WEEK_DAYS] = {false}, *used = used_staff(check);
    for (int32_t i = 0; i < rows; i++)
        near += row[i].date >= monday - 1 && row[i].date <= monday + HT_WEEK_DAYS;
    *times = (working_times){.monday = monday, .whole_week = true};
    times->item = ht_arena_alloc(facts->arena, (size_t)near * HT_PIECES_MAX, sizeof(working_time));
    if (used == NULL || times->item == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) {
        if (row[i].date < monday - 1 || row[i].date > monday + HT_WEEK_DAYS || row[i].kind != HT_KIND_WORK)
            continue;
        if (row[i].date >= monday && row[i].date < monday + HT_WEEK_DAYS)
            seen[row[i].date - monday] = true;
        int32_t person = ht_facts_find(&facts->staff, row[i].staff_id);
        ht_piece piece[HT_PIECES_MAX];
        int32_t pieces = person < 0 || !used[person] ? 0 : ht_shift_pieces(&facts->attendance, &row[i], piece);
        for (int32_t j = 0; j < pieces; j++)
            times->item[times->count++] = (working_time){person, row[i].date, piece[j].start, piece[j].end,
                                                         ht_shift_break(&row[i], piece[j]).length};
    }
    for (int32_t day = 0; day < HT_WEEK_DAYS; day++)
        times->whole_week &= seen[day];
    qsort(times->item, (size_t)times->count, sizeof(working_time), by_person_and_time);
    return true;
}

static void report_daily_rest(ht_check *check, const working_time *before, const working_time *after) {
    int64_t rest = ht_elapsed(before->date, before->end, after->date, after->start);
    bool touches_today = before->date == check->facts.date || after->date == check->facts.date;
    ht_sym staff = check->facts.staff_row[before->staff].staff_id;
    if (before->date == after->date || !touches_today || rest >= DAILY_REST)
        return;
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
    ht_date_print(before->date, from, sizeof(from));
    ht_date_print(after->date, to, sizeof(to));
    ht_check_deviate(check, "rest", "daily_rest", staff, _("%s: %s of rest between %s %s and %s %s, 11 h are needed"),
                     text_of(check, staff), ht_hours((int32_t)rest).text, from, ht_clock(before->end).text, to,
                     ht_clock(after->start).text);
}

/* The longest time without work from Monday 00:00 to Sunday 24:00, and the hours worked in it. */
static void report_week(ht_check *check, const working_times *times, const working_time *item, int32_t count) {
    int64_t longest = 0, worked = 0;
    int32_t date = times->monday, time = 0;
    ht_sym staff = check->facts.staff_row[item->staff].staff_id;
    for (int32_t i = 0; i < count; i++) {
        if (item[i].date < times->monday || item[i].date >= times->monday + HT_WEEK_DAYS)
            continue;
        int64_t rest = ht_elapsed(date, time, item[i].date, item[i].start);
        longest = rest > longest ? rest : longest;
        worked += item[i].end - item[i].start - item[i].pause;
        date = item[i].date;
        time = item[i].end;
    }
    int64_t rest = ht_elapsed(date, time, times->monday + HT_WEEK_DAYS, 0);
    longest = rest > longest ? rest : longest;
    if (longest < WEEKLY_REST)
        ht_check_deviate(check, "rest", "weekly_rest", staff,
                         _("%s: at most %s of rest on end this week, 36 h are needed"), text_of(check, staff),
                         ht_hours((int32_t)longest).text);
    if (worked > WEEK_HOURS)
        ht_check_deviate(check, "hours", "weekly_hours", staff,
                         _("%s: %s of work this week, 40 h on average are allowed"), text_of(check, staff),
                         ht_hours((int32_t)worked).text);
}

static bool report_rest(ht_check *check) {
    working_times times;
    if (!find_working_times(check, &times))
        return false;
    for (int32_t i = 0, next; i < times.count; i = next) {
        for (next = i + 1; next < times.count && times.item[next].staff == times.item[i].staff; next++)
            report_daily_rest(check, &times.item[next - 1], &times.item[next]);
        if (times.whole_week)
            report_week(check, &times, &times.item[i], next - i);
    }
    return true;
}

void ht_check_deviations(ht_check *check) {
    for (int32_t i = 0; i < check->visits; i++)
        report_late(check, &check->visit[i]);
    report_base_plan(check);
    for (int32_t i = 0; i < check->visits; i++)
        report_unkept(check, &check->visit[i]);
    report_roster(check);
    check->failed |= !report_lent(check) || !report_titles(check) || !report_rest(check);
}
