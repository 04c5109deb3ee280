#include "model/timetable.h"

#include "base/words.h"
#include "model/check_internal.h"

ht_role ht_role_of(const ht_client_row *client, const ht_staff_row *staff) {
    if (client->contact != HT_NO_TEXT && client->contact == staff->staff_id)
        return HT_ROLE_CONTACT;
    if (client->second_contact != HT_NO_TEXT && client->second_contact == staff->staff_id)
        return HT_ROLE_SECOND;
    return client->team == staff->team ? HT_ROLE_TEAM : HT_ROLE_OTHER;
}

const char *ht_role_name(ht_role role) {
    static const char *const NAME[] = {N_("contact"), N_("second"), N_("team"), N_("other")};
    return NAME[role];
}

const char *ht_stop_name(ht_stop_kind kind) {
    static const char *const NAME[] = {[HT_STOP_TRAVEL] = N_("travel"),
                                       [HT_STOP_WAIT] = N_("wait"),
                                       [HT_STOP_VISIT] = N_("visit"),
                                       [HT_STOP_BREAK] = N_("break"),
                                       [HT_STOP_OFFICE] = N_("office")};
    return NAME[kind];
}

typedef struct writer {
    const ht_facts *facts;
    const ht_route *route;
    ht_array *stops;
    int32_t shift_start, seq;
    bool failed;
} writer;

static ht_sym place_symbol(const ht_facts *facts, int32_t place) {
    int32_t clients = ht_dataset_count(facts->data, HT_CLIENTS);
    if (place < 0)
        return HT_NO_TEXT;
    if (place < clients)
        return facts->client_row[place].client_id;
    char name[64] = "office";
    if (ht_dataset_count(facts->data, HT_TEAMS) > 1)
        snprintf(name, sizeof(name), "office:%s", ht_facts_text(facts, facts->team_row[place - clients].team_id));
    ht_sym office = ht_strings_find(&facts->data->text, name);
    return office == HT_NO_SYMBOL ? HT_NO_TEXT : office;
}

/* Stops of no length are left out, visits never. */
static void add(writer *out, ht_stop_kind kind, ht_sym ref, int32_t start, int32_t end) {
    if (start >= end && kind != HT_STOP_VISIT)
        return;
    ht_stop *stop = ht_array_push(out->stops);
    out->failed |= stop == NULL;
    if (stop != NULL)
        *stop = (ht_stop){.staff = out->facts->staff_row[out->route->staff].staff_id,
                          .ref = ref,
                          .kind = kind,
                          .start = start,
                          .end = end,
                          .shift_start = out->shift_start,
                          .seq = ++out->seq};
}

static void add_travel(writer *out, const ht_stay *next, int32_t start, int32_t end) {
    add(out, HT_STOP_TRAVEL, place_symbol(out->facts, next->place), start, end);
}

/* Travel at once, then wait. */
static void add_gap(writer *out, const ht_stay *next) {
    int32_t there = next->free_from + next->travel;
    add_travel(out, next, next->free_from, there);
    if (next->kind != HT_STAY_END)
        add(out, HT_STOP_WAIT, HT_NO_TEXT, there, next->start);
}

/* Leaves the start place just in time; nobody waits there. */
static void add_departure(writer *out, const ht_stay *next) {
    add_travel(out, next, next->start - next->travel, next->start);
}

static void add_break(writer *out, int32_t start, int32_t length) {
    add(out, HT_STOP_BREAK, HT_NO_TEXT, start, start + length);
}

/* The break between two stops: after the travel where it may start then, else before it, else inside it. */
static void add_gap_with_break(writer *out, const ht_stay *next, ht_break_slot slot) {
    int32_t length = slot.length, from = next->free_from, there = from + next->travel;
    int32_t start = slot.earliest > there ? slot.earliest : there, ready;
    if (start <= slot.latest) {
        add_travel(out, next, from, there);
        add(out, HT_STOP_WAIT, HT_NO_TEXT, there, start);
        add_break(out, start, length);
        ready = start + length;
    } else if (slot.earliest + length + next->travel <= next->start) {
        add(out, HT_STOP_WAIT, HT_NO_TEXT, from, slot.earliest);
        add_break(out, slot.earliest, length);
        ready = slot.earliest + length + next->travel;
        add_travel(out, next, slot.earliest + length, ready);
    } else {
        add_travel(out, next, from, slot.earliest);
        add_break(out, slot.earliest, length);
        ready = there + length;
        add_travel(out, next, slot.earliest + length, ready);
    }
    if (next->kind != HT_STAY_END)
        add(out, HT_STOP_WAIT, HT_NO_TEXT, ready, next->start);
}

/* The break before the first stop: at the start place where that leaves time to travel, else inside the travel or after
 * it. As late as it may be. */
static void add_departure_with_break(writer *out, const ht_stay *next, ht_break_slot slot) {
    int32_t length = slot.length, leave = next->start - next->travel, latest = slot.latest;
    if (slot.earliest + length <= leave) {
        add_break(out, latest < leave - length ? latest : leave - length, length);
        add_departure(out, next);
        return;
    }
    int32_t left = latest - next->travel > next->free_from ? latest - next->travel : next->free_from;
    int32_t driven = latest - left; /* before the break: all of it where there is time */
    add_travel(out, next, left, latest);
    add_break(out, latest, length);
    add_travel(out, next, latest + length, latest + length + next->travel - driven);
    add(out, HT_STOP_WAIT, HT_NO_TEXT, latest + length + next->travel - driven, next->start);
}

static void add_stay(writer *out, const ht_stay *stay) {
    if (stay->kind == HT_STAY_OFFICE)
        add(out, HT_STOP_OFFICE, place_symbol(out->facts, stay->place), stay->start, stay->end);
    if (stay->kind != HT_STAY_VISIT)
        return;
    add(out, HT_STOP_VISIT, stay->entry->visit->visit_id, stay->start, stay->end);
    if (out->failed)
        return;
    ht_stop *stop = ht_array_at(out->stops, out->stops->count - 1);
    stop->travel = stay->travel;
    stop->role = ht_role_of(stay->entry->client, stay->entry->staff);
}

static bool write_route(writer *out) {
    const ht_route *route = out->route;
    ht_break_slot slot = ht_route_break(route);
    out->seq = 0;
    out->shift_start = route->duty != NULL ? route->duty->piece.start : route->stay[0].start;
    for (int32_t i = 0; i < route->stays && !out->failed; i++) {
        const ht_stay *stay = &route->stay[i];
        if (slot.before != 0 && slot.before == i && i == 1)
            add_departure_with_break(out, stay, slot);
        else if (slot.before != 0 && slot.before == i)
            add_gap_with_break(out, stay, slot);
        else if (i == 1 && route->duty != NULL)
            add_departure(out, stay);
        else if (i > 0)
            add_gap(out, stay);
        add_stay(out, stay);
    }
    return !out->failed;
}

typedef struct named_route {
    const char *staff;
    const ht_route *route;
} named_route;

static int by_name(const void *a, const void *b) {
    const named_route *x = a, *y = b;
    int order = strcmp(x->staff, y->staff);
    return order != 0 ? order : (x->route > y->route) - (x->route < y->route); /* one person's stand by start */
}

static bool write_all(const ht_facts *facts, const ht_routes *routes, ht_array *stops) {
    writer out = {.facts = facts, .stops = stops};
    named_route *named = HT_ARENA_NEW(facts->arena, routes->count, named_route);
    if (named == NULL)
        return false;
    for (int32_t i = 0; i < routes->count; i++) {
        ht_sym staff = facts->staff_row[routes->route[i].staff].staff_id;
        named[i] = (named_route){ht_facts_text(facts, staff), &routes->route[i]};
    }
    qsort(named, (size_t)routes->count, sizeof(named_route), by_name);
    for (int32_t i = 0; i < routes->count; i++) {
        out.route = named[i].route;
        if (!write_route(&out))
            return false;
    }
    return true;
}

static bool make(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan, ht_arena *arena,
                 ht_array *stops) {
    ht_facts facts;
    ht_routes routes;
    const ht_plan_entry *row = plan->entries.items;
    int32_t count = 0;
    ht_entry *entry = HT_ARENA_NEW(arena, plan->entries.count, ht_entry);
    if (entry == NULL || !ht_facts_build(&facts, data, settings, plan->date, arena))
        return false;
    for (int32_t i = 0; i < plan->entries.count; i++)
        count += ht_entry_resolve(&facts, &row[i], &entry[count]) == HT_ENTRY_GOOD;
    return ht_routes_build(&facts, entry, count, &routes) && write_all(&facts, &routes, stops);
}

ht_status ht_timetable(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan, ht_array *stops,
                       ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, data->text.arena.allocator);
    bool done = make(data, settings, plan, &arena, stops);
    ht_arena_release(&arena);
    return done ? HT_OK : ht_fail_memory(err);
}
