#include "model/generate_town.h"

/* Each day's visits of the slots: the service of that weekday, starts that are nearly the same each day, and two people
 * where that is needed. */

enum { MOVED_BY = 5, WEEK = 7, SATURDAY = 5, SHORTEST = 15, LESS_ON_WEEKENDS = 5, DOUBLE_FROM = 3 /* visits a day */ };

/* ---- services ---- */

typedef struct service {
    const char *name;
    int32_t minutes;
} service;

/* On weekdays one of five chores, cleaning every second week. */
static service chore_of(const ht_town_slot *slot, int32_t day) {
    int32_t turn = (ht_town_weekday(day) + slot->week) % 5;
    if (turn == 0)
        return (service){"shopping", 45};
    if (turn == 1 || (turn == 3 && slot->week % 3 == 0))
        return (service){"walk", 45};
    if (turn == 2)
        return (service){"laundry", 20 + slot->week % 3 * 5};
    if (turn == 4 && (day / WEEK + slot->week / 5) % 2 == 0)
        return (service){"cleaning", 70 + slot->week % 3 * 10};
    return (service){"check_in", slot->minutes};
}

/* On weekends with less time for it. */
static service service_of(const ht_town_slot *slot, int32_t day) {
    static const char *const OWN[HT_BANDS] = {"morning", "check_in", "lunch", "check_in", "evening", "evening"};
    int32_t weekday = ht_town_weekday(day);
    int32_t less = weekday >= SATURDAY && slot->minutes > SHORTEST ? LESS_ON_WEEKENDS : 0;
    if (slot->chores && weekday < SATURDAY)
        return chore_of(slot, day);
    if (slot->shower && (weekday == slot->week % 2 || weekday == slot->week % 2 + 3))
        return (service){"shower", 40};
    return (service){OWN[slot->band], slot->minutes - less};
}

/* ---- the days ---- */

/* Counted from the set's first day, backwards too. */
static int32_t day_of_cycle(const ht_town *town, int32_t day) {
    return ((day - town->set) % HT_CYCLE_DAYS + HT_CYCLE_DAYS) % HT_CYCLE_DAYS;
}

/* One start of ten is 5 minutes off. */
static int32_t start_of(ht_rng *rng, const ht_town_slot *slot) {
    int32_t draw = ht_rng_below(rng, 20);
    return slot->start + (draw == 0 ? MOVED_BY : draw == 1 ? -MOVED_BY : 0);
}

static bool add_day(ht_town *town, ht_rng *rng, const ht_town_client *client, int32_t day) {
    for (int32_t s = client->first_slot; s < client->first_slot + client->visits; s++) {
        if (!ht_town_picked(day_of_cycle(town, day), town->slot[s].days, HT_CYCLE_DAYS))
            continue;
        ht_town_visit *visit = ht_array_push(&town->visits);
        if (visit == NULL)
            return false;
        service help = service_of(&town->slot[s], day);
        *visit = (ht_town_visit){.slot = s,
                                 .day = day,
                                 .start = start_of(rng, &town->slot[s]),
                                 .minutes = help.minutes,
                                 .staff_needed = 1,
                                 .service = help.name};
    }
    return true;
}

/* ---- double staffing ---- */

/* Slots in the order in which they become double: client by client, those who are helped often first, team after team. */
static bool rank_slots(ht_town *town, ht_rng *rng, int32_t *rank) {
    int32_t *order = HT_ARENA_NEW(&town->arena, town->clients, int32_t);
    int32_t *team = HT_ARENA_NEW(&town->arena, town->teams, int32_t);
    int32_t ranked = 0;
    if (order == NULL || team == NULL)
        return false;
    for (int32_t i = 0; i < town->clients; i++)
        order[i] = i;
    for (int32_t t = 0; t < town->teams; t++) {
        team[t] = t;
        ht_town_shuffle(rng, order + town->team[t].first_client, town->team[t].clients);
    }
    ht_town_shuffle(rng, team, town->teams);
    for (int32_t round = 0; round < 2; round++)
        for (int32_t n = 0, any = 1; any; n++) {
            any = 0;
            for (int32_t t = 0; t < town->teams; t++) {
                if (n >= town->team[team[t]].clients)
                    continue;
                any = 1;
                const ht_town_client *c = &town->client[order[town->team[team[t]].first_client + n]];
                if ((c->visits >= DOUBLE_FROM) == (round == 0))
                    for (int32_t s = c->first_slot; s < c->first_slot + c->visits; s++)
                        rank[ranked++] = s;
            }
        }
    return true;
}

/* Makes the share of the visits first .. last - 1 double: all of a slot before the next one. */
static bool make_double(ht_town *town, const int32_t *rank, int32_t first, int32_t last) {
    int32_t *count = HT_ARENA_NEW(&town->arena, town->slots, int32_t);
    int32_t *quota = HT_ARENA_NEW(&town->arena, town->slots, int32_t);
    int32_t *seen = HT_ARENA_NEW(&town->arena, town->slots, int32_t);
    ht_town_visit *visit = town->visits.items;
    int32_t left = ht_town_share(last - first, town->options->double_share);
    if (count == NULL || quota == NULL || seen == NULL)
        return false;
    for (int32_t i = first; i < last; i++)
        count[visit[i].slot]++;
    for (int32_t r = 0; r < town->slots && left > 0; r++) {
        quota[rank[r]] = left < count[rank[r]] ? left : count[rank[r]];
        left -= quota[rank[r]];
    }
    for (int32_t i = first; i < last; i++) {
        int32_t slot = visit[i].slot;
        visit[i].staff_needed += ht_town_picked(seen[slot]++, quota[slot], count[slot]);
    }
    return true;
}

bool ht_town_make_visits(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_VISITS, &rng);
    int32_t *rank = HT_ARENA_NEW(&town->arena, town->slots, int32_t);
    int32_t before = 0;
    if (rank == NULL || !rank_slots(town, &rng, rank))
        return false;
    for (int32_t day = town->history; day < town->after; day++) {
        if (day == town->set)
            before = town->visits.count;
        for (int32_t i = 0; i < town->clients; i++)
            if (!add_day(town, &rng, &town->client[i], day))
                return false;
    }
    return make_double(town, rank, 0, before) && make_double(town, rank, before, town->visits.count);
}
