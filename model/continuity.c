#include "model/continuity.h"

#include <math.h>

#include "base/calendar.h"
#include "model/continuity_indices.h"
#include "model/plan_kept.h"

double ht_share(int64_t part, int64_t whole) {
    return whole > 0 ? (double)part / (double)whole : NAN;
}

double ht_start_spread(const ht_totals *total) {
    return total->spread_degrees > 0 ? sqrt(total->spread_squares / (double)total->spread_degrees) / 60 : NAN;
}

void ht_totals_add(ht_totals *sum, const ht_totals *more) {
#define X(name) sum->name += more->name;
    HT_TOTAL_LIST(X)
#undef X
    sum->spread_squares += more->spread_squares;
    sum->spread_degrees += more->spread_degrees;
}

/* What one period is measured with. */
typedef struct period {
    const ht_continuity *c;
    int32_t from, to, most; /* shifts of one person */
    bool *away;             /* by place of the client */
    int32_t *unplanned;     /* by place of the client: visits */
    ht_sym *staff;          /* scratch */
    ht_slot_start *starts;  /* scratch */
} period;

/* ---- what was possible ---- */

/* The least number of shifts that hold the client's visits of each day: the shift that begins in time for the first
 * visit and ends last covers most, then the first visit it does not cover, and so on. Visits that no shift holds are
 * left out. */
static int32_t blocks_needed(const ht_on_shift *shifts, ht_slice slice) {
    int32_t blocks = 0, covered = -1;
    for (int32_t i = 0; i < slice.count; i++) {
        const ht_encounter *here = &slice.item[i];
        if (i > 0 && here->date != here[-1].date)
            covered = -1;
        if (here->end <= covered)
            continue;
        int32_t end = ht_on_shift_reach(shifts, here->date, here->start);
        if (here->end > end)
            continue;
        covered = end;
        blocks++;
    }
    return blocks;
}

/* Each person can take `most` blocks, and a double-staffed visit needs as many persons as it had. What was achieved was
 * possible, also where the roster does not show how. */
static int32_t floor_of(const period *p, ht_slice slice, int32_t distinct) {
    int32_t blocks = blocks_needed(&p->c->shifts, slice), floor = slice.count > 0;
    if (p->most > 0 && (blocks + p->most - 1) / p->most > floor)
        floor = (blocks + p->most - 1) / p->most;
    for (int32_t i = 0, next; i < slice.count; i = next) {
        next = ht_encounter_visit_end(slice, i);
        floor = next - i > floor ? next - i : floor;
    }
    return floor < distinct ? floor : distinct;
}

/* ---- the contact, the team, the agreed time ---- */

static int32_t seconds_of(const ht_encounter *encounter) {
    return encounter->end > encounter->start ? encounter->end - encounter->start : 0;
}

static const ht_encounter *find_staff(const ht_encounter *at_visit, int32_t count, ht_sym staff) {
    for (int32_t i = 0; i < count; i++)
        if (at_visit[i].staff == staff)
            return &at_visit[i];
    return NULL;
}

/* Of a visit with all its staff, one place is the contact's at most. */
static void add_contact(const period *p, const ht_encounter *at_visit, int32_t count, ht_sym contact,
                        ht_totals *total) {
    const ht_encounter *own = contact == HT_NO_TEXT ? NULL : find_staff(at_visit, count, contact);
    if (own != NULL) {
        total->by_contact++;
        total->contact_seconds += seconds_of(own);
    }
    if (own == NULL && contact != HT_NO_TEXT &&
        ht_on_shift_covers(&p->c->shifts, contact, at_visit->date, at_visit->start, at_visit->end))
        own = at_visit;
    if (own != NULL) {
        total->contact_ceiling++;
        total->ceiling_seconds += seconds_of(own);
    }
}

static void add_staff_visits(const period *p, ht_slice slice, ht_sym team, ht_totals *total) {
    const ht_staff_row *staff = ht_dataset_rows(p->c->data, HT_STAFF);
    total->visits = slice.count;
    for (int32_t i = 0; i < slice.count; i++) {
        int32_t row = ht_index_find(&p->c->encounters.staff_by_id, slice.item[i].staff);
        bool own_team = row >= 0 && staff[row].team == team;
        total->seconds += seconds_of(&slice.item[i]);
        total->by_team += own_team;
        total->team_seconds += own_team ? seconds_of(&slice.item[i]) : 0;
    }
}

static void add_start(const ht_visit_row *visit, int32_t begin, ht_totals *total) {
    total->timed++;
    total->on_time += abs(begin - visit->start) <= HT_ON_TIME;
}

/* Returns the visits, double-staffed ones once; *days are those with visits. */
static int32_t add_visits(const period *p, ht_slice slice, ht_sym contact, ht_totals *total, int32_t *days) {
    const ht_visit_row *visit = ht_dataset_rows(p->c->data, HT_VISITS);
    int32_t visits = 0;
    *days = 0;
    for (int32_t i = 0, next; i < slice.count; i = next) {
        next = ht_encounter_visit_end(slice, i);
        const ht_encounter *here = &slice.item[i];
        add_contact(p, here, next - i, contact, total);
        if (here->visit >= 0)
            add_start(&visit[here->visit], here->begin, total);
        *days += i == 0 || here[-1].date != here->date;
        visits++;
    }
    return visits;
}

/* The visits of one date, double-staffed ones once; *at is the first of that date or later, then of later ones. */
static int32_t visits_on(ht_slice slice, int32_t date, int32_t *at) {
    int32_t visits = 0;
    for (; *at < slice.count && slice.item[*at].date == date; *at = ht_encounter_visit_end(slice, *at))
        visits++;
    return visits;
}

/* Whether on every day the client had as many visits as the key figure asks for, or was to have them. */
static bool is_visited_daily(const period *p, int32_t place, ht_slice met) {
    ht_slice due = ht_encounters_slice(&p->c->due, place, HT_ENCOUNTERS_COUNTED, p->from, p->to);
    int32_t at_met = 0, at_due = 0;
    for (int32_t date = p->from; date <= p->to; date++) {
        int32_t visits = visits_on(met, date, &at_met), expected = visits_on(due, date, &at_due);
        if (visits < HT_KEY_FIGURE_VISITS && expected < HT_KEY_FIGURE_VISITS)
            return false;
    }
    return true;
}

/* ---- one client ---- */

static const char *reason_of(const period *p, int32_t place, ht_slice met) {
    const bool *excludes = p->c->definition.excludes;
    const ht_client_row *row = ht_dataset_rows(p->c->data, HT_CLIENTS);
    int32_t age_65 = row[p->c->encounters.client[place]].age_65;
    const struct {
        ht_exclusion exclusion;
        bool holds;
    } rule[] = {{HT_EXCLUDE_UNDER_65, age_65 == 0},
                {HT_EXCLUDE_AGE_UNKNOWN, age_65 == HT_BLANK},
                {HT_EXCLUDE_AWAY, p->away[place]},
                {HT_EXCLUDE_FEW_VISITS, met.count > 0 && !is_visited_daily(p, place, met)}};
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++)
        if (excludes[rule[i].exclusion] && rule[i].holds)
            return ht_exclusion_info_of(rule[i].exclusion)->name;
    return met.count == 0 ? HT_NO_VISITS : NULL;
}

static void measure_client(const period *p, int32_t place, ht_slice slice, ht_client_continuity *out) {
    const ht_client_row *row = ht_dataset_rows(p->c->data, HT_CLIENTS);
    const ht_client_row *client = &row[p->c->encounters.client[place]];
    int32_t days;
    *out = (ht_client_continuity){.client = client->client_id,
                                  .team = client->team,
                                  .unit = p->c->unit_of_team[client->team],
                                  .total = {.unplanned = p->unplanned[place]}};
    ht_staff_counts counts = ht_count_staff(slice, p->staff);
    out->distinct = counts.distinct;
    out->upc = counts.upc;
    out->coc = counts.coc;
    out->entropy = counts.entropy;
    out->secon = ht_secon(slice);
    out->floor = floor_of(p, slice, counts.distinct);
    add_staff_visits(p, slice, client->team, &out->total);
    int32_t visits = add_visits(p, slice, client->contact, &out->total, &days);
    int32_t per_day = days == 0 ? 0 : (2 * visits + days) / (2 * days);
    out->per_day = per_day < HT_PER_DAY_MOST ? per_day : HT_PER_DAY_MOST;
    out->excluded_reason = reason_of(p, place, slice);
    ht_measure_slots(slice, ht_dataset_rows(p->c->data, HT_VISITS), p->starts, &out->total.spread_squares,
                     &out->total.spread_degrees);
    if (p->c->has_plans)
        ht_plan_kept(&p->c->planned, &p->c->encounters, place, p->from, p->to, p->staff, out);
}

/* ---- one period ---- */

static void note_away(period *p) {
    const ht_encounters *all = &p->c->encounters;
    const ht_absence_row *row = ht_dataset_rows(p->c->data, HT_ABSENCES);
    int64_t first = (int64_t)p->from * HT_DAY_MINUTES, last = ((int64_t)p->to + 1) * HT_DAY_MINUTES;
    for (int32_t i = 0; i < ht_dataset_count(p->c->data, HT_ABSENCES); i++) {
        int32_t client = row[i].client_id == HT_NO_TEXT ? -1 : ht_index_find(&all->clients_by_id, row[i].client_id);
        if (client >= 0 && all->place_of_row[client] >= 0 && row[i].from < last && row[i].to > first)
            p->away[all->place_of_row[client]] = true;
    }
}

/* False where the definition excludes the visit, and where it is another team's. */
static bool is_due(const ht_encounters *due, int32_t visit) {
    return due->at_visit[visit] >= 0 && !due->list[due->at_visit[visit]].excluded;
}

/* Visits that plans leave out; of days with performed rows those that nobody made all the same. */
static void note_unplanned(period *p) {
    const ht_encounters *all = &p->c->encounters;
    const ht_visit_row *visit = ht_dataset_rows(p->c->data, HT_VISITS);
    const ht_performed_row *row = p->c->unplanned == NULL ? NULL : p->c->unplanned->items;
    for (int32_t i = 0; p->c->unplanned != NULL && i < p->c->unplanned->count; i++) {
        int32_t at = ht_index_find(&all->visits_by_id, row[i].visit_id);
        int32_t client = at < 0 ? -1 : ht_index_find(&all->clients_by_id, visit[at].client_id);
        bool of_period = row[i].date >= p->from && row[i].date <= p->to;
        if (of_period && client >= 0 && is_due(&p->c->due, at) && all->at_visit[at] < 0)
            p->unplanned[all->place_of_row[client]]++;
    }
}

/* Whom a plan that is compared had visits for. */
static bool is_planned(const period *p, int32_t place) {
    return p->c->has_plans &&
           ht_encounters_slice(&p->c->planned, place, HT_ENCOUNTERS_COUNTED, p->from, p->to).count > 0;
}

static bool add_clients(const period *p, ht_array *clients) {
    const ht_encounters *all = &p->c->encounters;
    for (int32_t place = 0; place < all->clients; place++) {
        ht_slice counted = ht_encounters_slice(all, place, HT_ENCOUNTERS_COUNTED, p->from, p->to);
        ht_slice excluded = ht_encounters_slice(all, place, HT_ENCOUNTERS_EXCLUDED, p->from, p->to);
        if (counted.count == 0 && excluded.count == 0 && p->unplanned[place] == 0 && !is_planned(p, place))
            continue;
        ht_client_continuity *out = ht_array_push(clients);
        if (out == NULL)
            return false;
        measure_client(p, place, counted, out);
    }
    return true;
}

bool ht_continuity_measure(ht_continuity *c, int32_t from, int32_t to, ht_array *clients) {
    const ht_encounters *all = &c->encounters;
    ht_arena_mark mark = ht_arena_get_mark(&c->arena);
    int32_t room = all->count > c->planned.count ? all->count : c->planned.count;
    period p = {.c = c, .from = from, .to = to, .most = ht_on_shift_most(&c->shifts, from, to)};
    p.away = HT_ARENA_NEW(&c->arena, all->clients, bool);
    p.unplanned = HT_ARENA_NEW(&c->arena, all->clients, int32_t);
    p.staff = HT_ARENA_NEW(&c->arena, room, ht_sym);
    p.starts = HT_ARENA_NEW(&c->arena, room, ht_slot_start);
    bool done = p.away != NULL && p.unplanned != NULL && p.staff != NULL && p.starts != NULL;
    if (done) {
        note_away(&p);
        note_unplanned(&p);
        done = add_clients(&p, clients);
    }
    ht_arena_rewind(&c->arena, mark);
    return done;
}

/* ---- a range ---- */

static bool find_units(ht_continuity *c) {
    const ht_team_row *row = ht_dataset_rows(c->data, HT_TEAMS);
    c->unit_of_team = HT_ARENA_NEW(&c->arena, ht_strings_count(&c->data->text), ht_sym);
    for (int32_t i = 0; c->unit_of_team != NULL && i < ht_dataset_count(c->data, HT_TEAMS); i++)
        c->unit_of_team[row[i].team_id] = row[i].unit;
    return c->unit_of_team != NULL;
}

/* The visits that clients were to have. */
static bool read_due(ht_continuity *c, int32_t from, int32_t to, ht_array *meetings) {
    const ht_visit_row *row = ht_dataset_rows(c->data, HT_VISITS);
    ht_array_empty(meetings);
    for (int32_t i = 0; i < ht_dataset_count(c->data, HT_VISITS); i++) {
        if (row[i].date < from || row[i].date > to || row[i].counts == 0)
            continue;
        ht_meeting *meeting = ht_array_push(meetings);
        if (meeting == NULL)
            return false;
        *meeting = (ht_meeting){.client = row[i].client_id,
                                .visit = row[i].visit_id,
                                .date = row[i].date,
                                .start = row[i].start,
                                .end = HT_BLANK};
    }
    return ht_encounters_read(&c->due, c->data, &c->definition, meetings, c->team, &c->arena);
}

bool ht_continuity_open(ht_continuity *c, const ht_dataset *data, const ht_definition *definition, int32_t from,
                        int32_t to, ht_sym team) {
    ht_array meetings;
    *c = (ht_continuity){.data = data, .definition = *definition, .team = team};
    ht_arena_init(&c->arena, data->text.arena.allocator);
    ht_array_init(&meetings, sizeof(ht_meeting), data->text.arena.allocator);
    bool done = ht_history(data, from, to, &meetings) &&
                ht_encounters_read(&c->encounters, data, &c->definition, &meetings, team, &c->arena) &&
                ht_on_shift_read(&c->shifts, data, from, to, &c->arena) && find_units(c) &&
                read_due(c, from, to, &meetings);
    ht_array_release(&meetings);
    return done;
}

bool ht_continuity_compare(ht_continuity *c, const ht_array *plans) {
    ht_array meetings;
    ht_array_init(&meetings, sizeof(ht_meeting), c->arena.allocator);
    c->has_plans = ht_plan_meetings(c->data, plans, &meetings) &&
                   ht_encounters_read(&c->planned, c->data, &c->definition, &meetings, c->team, &c->arena);
    ht_array_release(&meetings);
    return c->has_plans;
}

void ht_continuity_close(ht_continuity *c) {
    ht_arena_release(&c->arena);
}
