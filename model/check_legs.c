#include "model/check_legs.h"

#include "model/travel.h"

bool ht_legs_init(ht_legs *legs, int32_t most, ht_arena *arena) {
    legs->slots = 16;
    while (legs->slots / 2 < most && legs->slots < INT32_MAX / 4)
        legs->slots *= 2;
    legs->slot = HT_ARENA_NEW(arena, legs->slots, ht_leg);
    return legs->slot != NULL;
}

/* The slot of the leg, or the free one where it would go. */
static int32_t slot_of(const ht_legs *legs, int32_t from, int32_t to, int32_t mode) {
    uint64_t key = ((uint64_t)(uint32_t)from << 34) ^ ((uint64_t)(uint32_t)to << 2) ^ (uint64_t)(uint32_t)mode;
    uint32_t at = (uint32_t)((key * 0x9E3779B97F4A7C15U) >> 33) & (uint32_t)(legs->slots - 1);
    for (;; at = (at + 1) & (uint32_t)(legs->slots - 1)) {
        const ht_leg *leg = &legs->slot[at];
        if (!leg->used || (leg->from == from && leg->to == to && leg->mode == mode))
            return (int32_t)at;
    }
}

static bool needs_travel(int32_t from, int32_t to) {
    return from >= 0 && to >= 0 && from != to;
}

void ht_legs_ask(ht_legs *legs, int32_t from, int32_t to, int32_t mode) {
    if (needs_travel(from, to))
        legs->slot[slot_of(legs, from, to, mode)] = (ht_leg){from, to, mode, -1, true};
}

int32_t ht_legs_seconds(const ht_legs *legs, int32_t from, int32_t to, int32_t mode) {
    return needs_travel(from, to) ? legs->slot[slot_of(legs, from, to, mode)].seconds : 0;
}

/* The place that each symbol names in travel.csv; -1: none. */
static int32_t *places_by_symbol(const ht_facts *facts, int32_t syms) {
    int32_t *place = HT_ARENA_NEW(facts->arena, syms, int32_t);
    int32_t clients = ht_dataset_count(facts->data, HT_CLIENTS), teams = ht_dataset_count(facts->data, HT_TEAMS);
    if (place == NULL)
        return NULL;
    for (int32_t sym = 0; sym < syms; sym++) {
        const char *text = ht_dataset_text(facts->data, sym);
        if (strcmp(text, "office") == 0)
            place[sym] = teams <= 1 ? clients : -1;
        else if (strncmp(text, "office:", 7) == 0) {
            ht_sym team = ht_strings_find(&facts->data->text, text + 7);
            int32_t row = team == HT_NO_SYMBOL ? -1 : ht_facts_find(&facts->teams, team);
            place[sym] = row < 0 ? -1 : clients + row;
        } else
            place[sym] = ht_facts_find(&facts->clients, sym);
    }
    return place;
}

/* Where each place is: clients, then offices. */
static ht_point *list_points(const ht_facts *facts) {
    int32_t clients = ht_dataset_count(facts->data, HT_CLIENTS), teams = ht_dataset_count(facts->data, HT_TEAMS);
    ht_point *point = HT_ARENA_NEW(facts->arena, clients + (teams > 0 ? teams : 1), ht_point);
    for (int32_t i = 0; point != NULL && i < clients; i++)
        point[i] = (ht_point){facts->client_row[i].lat, facts->client_row[i].lon};
    for (int32_t i = 0; point != NULL && i < (teams > 0 ? teams : 1); i++)
        point[clients + i] = ht_travel_office(facts->data, teams > 0 ? facts->team_row[i].team_id : HT_NO_TEXT);
    return point;
}

bool ht_legs_fill(ht_legs *legs, const ht_facts *facts) {
    int32_t syms = ht_strings_count(&facts->data->text), rows = ht_dataset_count(facts->data, HT_TRAVEL);
    const int32_t *place = places_by_symbol(facts, syms);
    const ht_travel_row *row = ht_dataset_rows(facts->data, HT_TRAVEL);
    const ht_point *point = list_points(facts);
    if (place == NULL || point == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) { /* of equal rows the last one counts */
        int32_t from = place[row[i].from], to = place[row[i].to];
        if (!needs_travel(from, to))
            continue;
        ht_leg *leg = &legs->slot[slot_of(legs, from, to, row[i].mode)];
        if (leg->used)
            leg->seconds = row[i].seconds;
    }
    for (int32_t i = 0; i < legs->slots; i++) {
        ht_leg *leg = &legs->slot[i];
        if (leg->used && leg->seconds < 0)
            leg->seconds = ht_travel_estimate(facts->settings, leg->mode, point[leg->from], point[leg->to]);
    }
    return true;
}
