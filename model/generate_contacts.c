#include "model/generate_town.h"

/* Who is whose contact: an assistant nurse of the team, as many clients each as the working hours allow; the second
 * contact works the other weekends where that can be. And who is kept apart, wished for, or known. */

enum { MOST_VISITS = 5 };

/* ---- contacts ---- */

typedef struct loads {
    int64_t *contact, *second; /* visits a day given to each, by staff */
} loads;

static bool is_nurse(const ht_town_staff *staff) {
    return staff->title <= HT_TITLE_USK_TRANSITION;
}

static bool suits(const ht_town_staff *staff, const ht_town_client *client) {
    return !ht_lists_share(staff->avoids, client->environment);
}

/* The one with the least to do for the hours that are worked. */
static int32_t choose_contact(const ht_town *town, const loads *l, const ht_town_client *client) {
    const ht_town_team *team = &town->team[client->team];
    int32_t best = HT_NOBODY_YET;
    for (int32_t i = team->first_staff; i < team->first_staff + team->staff; i++) {
        const ht_town_staff *staff = &town->staff[i];
        if (is_nurse(staff) && suits(staff, client) &&
            (best == HT_NOBODY_YET || (l->contact[i] + client->visits) * town->staff[best].minutes <
                                          (l->contact[best] + client->visits) * staff->minutes))
            best = i;
    }
    return best;
}

static int32_t choose_second(const ht_town *town, const loads *l, const ht_town_client *client) {
    const ht_town_team *team = &town->team[client->team];
    int32_t best = HT_NOBODY_YET;
    int64_t least = INT64_MAX;
    for (int32_t i = team->first_staff; i < team->first_staff + team->staff; i++) {
        const ht_town_staff *staff = &town->staff[i];
        int64_t same_weekend = staff->weekend == town->staff[client->contact].weekend ? 1000 : 0;
        if (i != client->contact && staff->employment != HT_EMPLOYED_HOURLY && suits(staff, client) &&
            l->second[i] + same_weekend < least) {
            least = l->second[i] + same_weekend;
            best = i;
        }
    }
    return best;
}

static void no_contact(ht_town_client *client, int32_t status, const char *reason) {
    client->contact = client->second = HT_NOBODY_YET;
    client->status = status;
    client->reason = reason;
}

/* A few decline, a few are served with meals or cleaning alone. */
static void give_contact(ht_town *town, ht_rng *rng, loads *l, ht_town_client *client) {
    int32_t draw = ht_rng_below(rng, 100);
    if (draw < 3) {
        no_contact(client, HT_CONTACT_DECLINED, "own_wish");
        return;
    }
    if (draw < 10 && client->visits == 1) {
        no_contact(client, HT_CONTACT_EXEMPT, "service_only");
        return;
    }
    client->contact = choose_contact(town, l, client);
    if (client->contact == HT_NOBODY_YET) {
        no_contact(client, HT_CONTACT_NONE, "no_assistant_nurse");
        return;
    }
    client->status = draw > 96 ? HT_CONTACT_OFFERED : HT_CONTACT_ACCEPTED;
    client->reason = "";
    client->second = choose_second(town, l, client);
    l->contact[client->contact] += client->visits;
    if (client->second != HT_NOBODY_YET)
        l->second[client->second] += client->visits;
}

/* ---- relations ---- */

static void relate(ht_town_client *client, int32_t staff, int32_t kind) {
    if (staff == client->contact || staff == client->second)
        return;
    client->related = staff;
    client->relation = kind;
}

static void make_relations(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_RELATIONS, &rng);
    for (int32_t i = 0; i < town->clients; i++) {
        ht_town_client *client = &town->client[i];
        const ht_town_team *team = &town->team[client->team];
        int32_t draw = ht_rng_below(&rng, 100);
        int32_t colleague = team->first_staff + ht_rng_below(&rng, team->staff);
        int32_t anybody = ht_rng_below(&rng, town->staff_count);
        client->related = HT_NOBODY_YET;
        if (draw < 2)
            relate(client, colleague, HT_BLOCKED);
        else if (draw < 9)
            relate(client, colleague, HT_WISHED);
        else if (draw < 14)
            relate(client, anybody, HT_KNOWN);
    }
}

bool ht_town_may_visit(const ht_town *town, int32_t staff, const ht_town_client *client) {
    bool is_blocked = staff == client->related && client->relation == HT_BLOCKED;
    return !is_blocked && suits(&town->staff[staff], client);
}

void ht_town_write_relations(ht_town *town, ht_dataset *data) {
    for (int32_t i = 0; i < town->clients; i++) {
        const ht_town_client *client = &town->client[i];
        ht_relation_row *row = client->related == HT_NOBODY_YET ? NULL : ht_town_row(town, data, HT_RELATIONS);
        if (row == NULL)
            continue;
        row->client_id = town->client_id[i];
        row->staff_id = town->staff_id[client->related];
        row->kind = client->relation;
    }
}

/* ---- all of them ---- */

/* Those with the most visits first. */
bool ht_town_make_contacts(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_CONTACTS, &rng);
    loads l = {HT_ARENA_NEW(&town->arena, town->staff_count, int64_t),
               HT_ARENA_NEW(&town->arena, town->staff_count, int64_t)};
    if (l.contact == NULL || l.second == NULL)
        return false;
    for (int32_t visits = MOST_VISITS; visits > 0; visits--)
        for (int32_t i = 0; i < town->clients; i++)
            if (town->client[i].visits == visits)
                give_contact(town, &rng, &l, &town->client[i]);
    make_relations(town);
    return true;
}
