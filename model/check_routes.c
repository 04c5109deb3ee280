#include "model/check_internal.h"

#include "base/numbers.h"
#include "model/check_legs.h"

/* Groups of one shift side by side: by staff row, shift, start. */
static int by_route(const void *a, const void *b) {
    const ht_entry *const *x = a, *const *y = b;
    int order = ht_compare32((*x)->staff_at, (*y)->staff_at);
    if (order == 0) /* in one array, by start; both are NULL where one is */
        order = ((*x)->duty > (*y)->duty) - ((*x)->duty < (*y)->duty);
    if (order == 0)
        order = ht_compare32((*x)->start, (*y)->start);
    if (order == 0)
        order = ht_compare32((*x)->end, (*y)->end);
    return order != 0 ? order : ht_compare32((*x)->visit->visit_id, (*y)->visit->visit_id);
}

static int by_time(const void *a, const void *b) {
    const ht_stay *x = a, *y = b;
    int order = ht_compare32(x->start, y->start);
    return order != 0 ? order : ht_compare32(x->end, y->end);
}

/* The first office row of the person; office rows are sorted by person and start. */
static int32_t first_office(const ht_facts *facts, ht_sym staff) {
    int32_t low = 0, high = facts->offices;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (facts->office[middle]->staff_id < staff)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds the office time of the person that falls into the shift. */
static void add_office(const ht_facts *facts, ht_route *route) {
    const ht_duty *duty = route->duty;
    ht_sym staff = duty->row->staff_id;
    for (int32_t i = first_office(facts, staff); i < facts->offices && facts->office[i]->staff_id == staff; i++) {
        const ht_roster_row *row = facts->office[i];
        int32_t start = row->start > duty->piece.start ? row->start : duty->piece.start;
        int32_t end = row->end < duty->piece.end ? row->end : duty->piece.end;
        if (start < end)
            route->stay[route->stays++] = (ht_stay){
                .kind = HT_STAY_OFFICE, .place = ht_facts_office(facts, duty->team), .start = start, .end = end};
    }
}

static int32_t offices_of(const ht_facts *facts, const ht_duty *duty) {
    int32_t first = duty == NULL ? facts->offices : first_office(facts, duty->row->staff_id), n = 0;
    while (first + n < facts->offices && facts->office[first + n]->staff_id == duty->row->staff_id)
        n++;
    return n;
}

/* Fills the stays of a route, whose duty, staff and mode are set: the entries [0, count), all of its shift, and what the
 * shift itself has. */
static bool fill_stays(const ht_facts *facts, const ht_entry *const *entry, int32_t count, ht_route *route) {
    const ht_duty *duty = route->duty;
    route->stay = HT_ARENA_NEW(facts->arena, count + 2 + offices_of(facts, duty), ht_stay);
    if (route->stay == NULL)
        return false;
    if (duty != NULL)
        route->stay[route->stays++] =
            (ht_stay){.kind = HT_STAY_START, .place = duty->base, .start = duty->piece.start, .end = duty->piece.start};
    int32_t middle = route->stays;
    for (int32_t i = 0; i < count; i++)
        route->stay[route->stays++] = (ht_stay){.kind = HT_STAY_VISIT,
                                                .place = entry[i]->client_at,
                                                .start = entry[i]->start,
                                                .end = entry[i]->end,
                                                .entry = entry[i]};
    if (duty != NULL)
        add_office(facts, route);
    qsort(route->stay + middle, (size_t)(route->stays - middle), sizeof(ht_stay), by_time);
    if (duty != NULL)
        route->stay[route->stays++] =
            (ht_stay){.kind = HT_STAY_END, .place = duty->base, .start = duty->back_by, .end = duty->back_by};
    for (int32_t i = 1; i < route->stays; i++) {
        const ht_stay *before = &route->stay[i - 1];
        route->stay[i].free_from = before->free_from > before->end ? before->free_from : before->end;
    }
    return true;
}

static bool fill_travel(const ht_facts *facts, ht_routes *routes) {
    ht_legs legs;
    int32_t most = 0;
    for (int32_t i = 0; i < routes->count; i++)
        most += routes->route[i].stays;
    if (!ht_legs_init(&legs, most, facts->arena))
        return false;
    for (int32_t i = 0; i < routes->count; i++)
        for (int32_t j = 1; j < routes->route[i].stays; j++)
            ht_legs_ask(&legs, routes->route[i].stay[j - 1].place, routes->route[i].stay[j].place,
                        routes->route[i].mode);
    if (!ht_legs_fill(&legs, facts))
        return false;
    for (int32_t i = 0; i < routes->count; i++)
        for (int32_t j = 1; j < routes->route[i].stays; j++)
            routes->route[i].stay[j].travel = ht_legs_seconds(&legs, routes->route[i].stay[j - 1].place,
                                                              routes->route[i].stay[j].place, routes->route[i].mode);
    return true;
}

bool ht_routes_build(const ht_facts *facts, const ht_entry *entries, int32_t count, ht_routes *routes) {
    *routes = (ht_routes){0};
    const ht_entry **entry = HT_ARENA_NEW(facts->arena, count, const ht_entry *);
    routes->route = HT_ARENA_NEW(facts->arena, count, ht_route);
    if (entry == NULL || routes->route == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        entry[i] = &entries[i];
    qsort(entry, (size_t)count, sizeof(*entry), by_route);
    for (int32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count; next++)
            if (entry[next]->staff_at != entry[i]->staff_at || entry[next]->duty != entry[i]->duty)
                break;
        const ht_duty *duty = entry[i]->duty;
        ht_route *route = &routes->route[routes->count++];
        *route = (ht_route){
            .duty = duty, .staff = entry[i]->staff_at, .mode = duty != NULL ? duty->mode : entry[i]->staff->mode};
        if (!fill_stays(facts, entry + i, next - i, route))
            return false;
    }
    return fill_travel(facts, routes);
}

bool ht_routes_of_office_time(const ht_facts *facts, ht_routes *routes) {
    *routes = (ht_routes){0};
    routes->route = HT_ARENA_NEW(facts->arena, facts->duties, ht_route);
    if (routes->route == NULL)
        return false;
    for (int32_t i = 0; i < facts->duties; i++) {
        const ht_duty *duty = &facts->duty[i];
        ht_route *route = &routes->route[routes->count];
        if (offices_of(facts, duty) == 0)
            continue;
        *route = (ht_route){.duty = duty, .staff = duty->staff, .mode = duty->mode};
        if (!fill_stays(facts, NULL, 0, route))
            return false;
        routes->count += route->stays > 2; /* more than its start and end: some of it falls into this shift */
    }
    return fill_travel(facts, routes);
}

enum { NO_ROOM, AFTER_LAST, BEFORE_FIRST, IN_MIDDLE };

static int rank_of_gap(const ht_route *route, int32_t before) {
    if (before == route->stays - 1)
        return AFTER_LAST;
    return before == 1 ? BEFORE_FIRST : IN_MIDDLE;
}

ht_break_slot ht_route_break(const ht_route *route) {
    ht_break_slot best = {0};
    int best_rank = NO_ROOM;
    if (route->duty == NULL || route->duty->rest.length == 0)
        return best;
    ht_break_window rest = route->duty->rest;
    for (int32_t i = 1; i < route->stays; i++) {
        const ht_stay *next = &route->stay[i];
        int32_t earliest = next->free_from > rest.earliest ? next->free_from : rest.earliest;
        int32_t latest = next->start - rest.length < rest.latest ? next->start - rest.length : rest.latest;
        bool fits = earliest <= latest && next->start - next->free_from >= next->travel + rest.length;
        if (fits && rank_of_gap(route, i) > best_rank) {
            best_rank = rank_of_gap(route, i);
            best = (ht_break_slot){i, earliest, latest, rest.length};
        }
    }
    return best;
}
