#include "model/check_internal.h"
#include "model/history.h"
#include "model/timetable.h"

enum { DAYS_MET = 14, DAYS_OF_CAP = 13 };

/* That a person met a client in the days before; last is the latest date. */
typedef struct meeting {
    ht_sym client, staff;
    int32_t last;
} meeting;

typedef struct meetings {
    meeting *item; /* by client, staff symbol */
    int32_t count;
} meetings;

static int by_pair(const void *a, const void *b) {
    const meeting *x = a, *y = b;
    if (x->client != y->client)
        return x->client < y->client ? -1 : 1;
    if (x->staff != y->staff)
        return x->staff < y->staff ? -1 : 1;
    return (x->last < y->last) - (x->last > y->last); /* the latest first */
}

static bool find_meetings(const ht_check *check, meetings *met) {
    ht_array history;
    int32_t date = check->facts.date;
    ht_array_init(&history, sizeof(ht_meeting), check->facts.arena->allocator);
    bool done = ht_history(check->facts.data, date - DAYS_MET, date - 1, &history);
    met->item = done ? HT_ARENA_NEW(check->facts.arena, history.count, meeting) : NULL;
    const ht_meeting *row = history.items;
    for (int32_t i = 0; met->item != NULL && i < history.count; i++)
        met->item[i] = (meeting){row[i].client, row[i].staff, row[i].date};
    int32_t all = history.count;
    ht_array_release(&history);
    if (met->item == NULL)
        return false;
    qsort(met->item, (size_t)all, sizeof(meeting), by_pair);
    met->count = 0;
    for (int32_t i = 0; i < all; i++) {
        const meeting *last = met->count == 0 ? NULL : &met->item[met->count - 1];
        if (last == NULL || last->client != met->item[i].client || last->staff != met->item[i].staff)
            met->item[met->count++] = met->item[i];
    }
    return true;
}

/* The first meeting of the client, or where it would be. */
static int32_t first_of_client(const meetings *met, ht_sym client) {
    int32_t low = 0, high = met->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (met->item[middle].client < client)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const meeting *find_meeting(const meetings *met, ht_sym client, ht_sym staff) {
    for (int32_t i = first_of_client(met, client); i < met->count && met->item[i].client == client; i++)
        if (met->item[i].staff == staff)
            return &met->item[i];
    return NULL;
}

static bool in_cap_days(const ht_check *check, const meeting *item) {
    return item != NULL && item->last >= check->facts.date - DAYS_OF_CAP;
}

static int32_t points_of(const ht_settings *settings, ht_role role, bool met, bool wished) {
    int32_t points = 0;
    switch (role) {
    case HT_ROLE_CONTACT:
        points = settings->points_contact;
        break;
    case HT_ROLE_SECOND:
        points = settings->points_second;
        break;
    case HT_ROLE_TEAM:
        points = met ? settings->points_team_met : settings->points_team_new;
        break;
    case HT_ROLE_OTHER:
        points = met ? settings->points_other_met : settings->points_other_new;
        break;
    }
    if (wished)
        points -= settings->points_wished;
    return points > 0 ? points : 0;
}

/* The points of one person's `visits` counted visits to a client: only the first can be charged as not met. */
static int64_t points_of_pair(const ht_check *check, const ht_entry *entry, int32_t visits, bool seen) {
    ht_sym client = entry->client->client_id, staff = entry->staff->staff_id;
    bool wished = ht_facts_related(&check->facts, client, staff, HT_WISHED);
    bool met = seen || wished || ht_facts_related(&check->facts, client, staff, HT_KNOWN);
    ht_role role = ht_role_of(entry->client, entry->staff);
    return points_of(check->facts.settings, role, met, wished) +
           (int64_t)(visits - 1) * points_of(check->facts.settings, role, true, wished);
}

/* 8 x max(0, |H and P| - max(cap, |H|)): `fresh` persons of today were not met on the 13 days before. */
static int64_t points_over_cap(const ht_check *check, const meetings *met, const ht_client_row *client, int32_t fresh) {
    if (client->staff_cap == HT_BLANK)
        return 0;
    int32_t before = 0;
    for (int32_t i = first_of_client(met, client->client_id);
         i < met->count && met->item[i].client == client->client_id; i++)
        before += in_cap_days(check, &met->item[i]);
    int32_t allowed = client->staff_cap > before ? client->staff_cap : before;
    return before + fresh > allowed ? (int64_t)check->facts.settings->points_over_cap * (before + fresh - allowed) : 0;
}

static int by_client_and_staff(const void *a, const void *b) {
    const ht_entry *const *x = a, *const *y = b;
    if ((*x)->client_at != (*y)->client_at)
        return (*x)->client_at < (*y)->client_at ? -1 : 1;
    return ((*x)->staff_at > (*y)->staff_at) - ((*x)->staff_at < (*y)->staff_at);
}

static bool add_continuity(ht_check *check) {
    meetings met;
    int32_t count = 0;
    const ht_entry **entry = HT_ARENA_NEW(check->facts.arena, check->entries, const ht_entry *);
    if (entry == NULL || !find_meetings(check, &met))
        return false;
    for (int32_t i = 0; i < check->entries; i++)
        if (check->entry[i].visit->counts && !check->visit[check->entry[i].visit_at].away)
            entry[count++] = &check->entry[i];
    qsort(entry, (size_t)count, sizeof(*entry), by_client_and_staff);
    int64_t *points = &check->report->values.component[HT_C_CONTINUITY];
    for (int32_t i = 0, fresh = 0; i < count;) {
        int32_t next = i + 1;
        while (next < count && by_client_and_staff(&entry[i], &entry[next]) == 0)
            next++;
        const meeting *before = find_meeting(&met, entry[i]->client->client_id, entry[i]->staff->staff_id);
        *points += points_of_pair(check, entry[i], next - i, before != NULL);
        fresh += !in_cap_days(check, before);
        if (next == count || entry[next]->client_at != entry[i]->client_at) {
            *points += points_over_cap(check, &met, entry[i]->client, fresh);
            fresh = 0;
        }
        i = next;
    }
    return true;
}

static int32_t unmet_wishes(const ht_check *check, const ht_entry *entry) {
    const ht_client_row *client = entry->client;
    const char *language = ht_facts_text(&check->facts, client->language);
    bool speaks =
        client->language == HT_NO_TEXT || ht_list_holds(ht_facts_text(&check->facts, entry->staff->language), language);
    bool suits = client->gender_wish == HT_NO_TEXT || client->gender_wish == entry->staff->gender;
    return !speaks + !suits;
}

/* Skills, relations and environment; where nobody else may be on the visit, locks and skill_one too. */
static bool contact_may(const ht_check *check, const ht_day_visit *visit, const ht_staff_row *contact) {
    const ht_facts *facts = &check->facts;
    ht_sym id = contact->staff_id;
    const char *locked = ht_facts_text(facts, visit->row->locked_staff), *part;
    size_t at = 0, length;
    int32_t locks = 0;
    while (ht_list_next(locked, &at, &part, &length))
        locks++;
    if (locks >= visit->row->staff_needed && !ht_list_holds(locked, ht_facts_text(facts, id)))
        return false;
    if (visit->row->staff_needed == 1 && !ht_facts_skilled_all(facts, id, visit->row->skill_one))
        return false;
    return ht_facts_skilled_all(facts, id, visit->row->skill) &&
           !ht_facts_related(facts, visit->client->client_id, id, HT_BLOCKED) &&
           !ht_lists_share(ht_facts_text(facts, contact->avoids), ht_facts_text(facts, visit->client->environment));
}

/* The contact is able, allowed, and has a shift that the visit fits. */
static bool contact_can(const ht_check *check, const ht_day_visit *visit) {
    const ht_facts *facts = &check->facts;
    int32_t contact = ht_facts_find(&facts->staff, visit->client->contact);
    return contact >= 0 && contact_may(check, visit, &facts->staff_row[contact]) &&
           ht_fits_a_shift(facts, visit->row, visit->window, contact);
}

static int32_t weight_of(const ht_settings *settings, int32_t priority) {
    if (priority == 3)
        return settings->weight_priority_3;
    return priority == 2 ? settings->weight_priority_2 : settings->weight_priority_1;
}

/* ---- base plan ---- */

bool ht_check_is_moved(const ht_day_visit *visit) {
    int32_t usual = visit->row->usual_start;
    return visit->row->series != HT_NO_TEXT && visit->entries > 0 &&
           (visit->first_start < usual - HT_USUAL_START_TOLERANCE ||
            visit->last_start > usual + HT_USUAL_START_TOLERANCE);
}

bool ht_check_is_unusual(const ht_check *check, const ht_entry *entry) {
    const ht_visit_row *row = entry->visit;
    return row->series != HT_NO_TEXT && row->usual_staff != HT_NO_TEXT &&
           !ht_list_holds(ht_facts_text(&check->facts, row->usual_staff),
                          ht_facts_text(&check->facts, entry->staff->staff_id));
}

/* ---- visits and persons ---- */

static void count_persons(ht_check *check, const ht_day_visit *visit) {
    ht_check_report *report = check->report;
    for (int32_t i = 0; i < visit->entries; i++) {
        const ht_entry *entry = &visit->entry[i];
        ht_role role = ht_role_of(entry->client, entry->staff);
        report->staff_visits++;
        report->by_contact += role == HT_ROLE_CONTACT;
        report->by_second += role == HT_ROLE_SECOND;
        report->by_team += role == HT_ROLE_TEAM;
        report->by_other += role == HT_ROLE_OTHER;
        report->values.component[HT_C_WISHES] += unmet_wishes(check, entry);
        report->values.component[HT_C_UNUSUAL] += ht_check_is_unusual(check, entry);
    }
}

static void count_visits(ht_check *check) {
    ht_check_report *report = check->report;
    int64_t *component = report->values.component;
    for (int32_t i = 0; i < check->visits; i++) {
        const ht_day_visit *visit = &check->visit[i];
        if (visit->away)
            continue;
        report->visits++;
        report->of_series += visit->row->series != HT_NO_TEXT;
        report->contact_ceiling += contact_can(check, visit);
        if (visit->entries == 0) {
            report->unplanned++;
            component[HT_C_UNPLANNED] +=
                (int64_t)weight_of(check->facts.settings, visit->row->priority) * visit->row->staff_needed;
            continue;
        }
        report->planned++;
        count_persons(check, visit);
        component[HT_C_MOVED] += ht_check_is_moved(visit);
        int64_t late = visit->last_start - visit->window.due;
        if (late <= 0)
            continue;
        report->late_visits++;
        component[HT_C_LATE] += late;
        if (late > component[HT_C_LATE_MAX])
            component[HT_C_LATE_MAX] = late;
    }
}

static int64_t worked_seconds(const ht_route *route) {
    int64_t worked = 0;
    for (int32_t i = 0; i < route->stays; i++)
        worked += (i > 0 ? route->stay[i].travel : 0) + route->stay[i].end - route->stay[i].start;
    return worked;
}

/* Routes of one person are side by side. */
static void add_workload(ht_check *check) {
    const ht_routes *routes = &check->routes;
    int64_t least = INT64_MAX, most = 0, worked = 0;
    for (int32_t i = 0; i < routes->count; i++) {
        worked += worked_seconds(&routes->route[i]);
        if (i + 1 < routes->count && routes->route[i + 1].staff == routes->route[i].staff)
            continue;
        least = worked < least ? worked : least;
        most = worked > most ? worked : most;
        worked = 0;
        check->report->values.component[HT_C_STAFF_USED]++;
    }
    check->report->values.component[HT_C_SPREAD] = routes->count > 0 ? most - least : 0;
}

/* Changes stay 0: they compare with a published plan, which a dataset does not hold yet. */
void ht_check_values(ht_check *check) {
    count_visits(check);
    add_workload(check);
    check->failed |= !add_continuity(check);
}
