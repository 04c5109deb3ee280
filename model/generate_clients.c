#include "model/generate_town.h"

/* How often each client is visited, at which times, and with what. The visits a day and the hours of the day are quotas
 * of the whole set, dealt evenly over the teams. */

enum { CLASSES = 5, STEP = 5 };

/* Clients with 1 .. 5 visits a day, per cent: as near to 2.4 on average as the published classes let it be, whose own
 * average is 2.6. Nobody has a day without help: the key figure is of clients with visits on every day. */
static const int32_t VISITS_A_DAY[CLASSES] = {26, 21, 29, 19, 5};
/* Visits by the hour they are agreed for, per cent: 07, 10, 12, 14, 16 and 19 o'clock on. */
static const int32_t BY_BAND[HT_BANDS] = {35, 13, 18, 6, 16, 12};
/* First and last start of each band: 5 minutes inside it, and late enough for who comes from the office. */
static const struct {
    int32_t first, last;
} AGREED[HT_BANDS] = {{430, 580}, {605, 690}, {725, 815}, {845, 930}, {965, 1110}, {1145, 1260}};
/* Minutes of the band's own service. */
static const int32_t MINUTES[HT_BANDS][4] = {{20, 25, 25, 30}, {15, 15, 20, 25}, {20, 20, 25, 25},
                                             {15, 15, 20, 25}, {20, 20, 25, 30}, {15, 20, 20, 25}};

/* ---- visits a day ---- */

/* Clients between two classes: they have the visits of the upper one on some days alone. */
typedef struct between {
    int32_t class, days;
} between;

/* How many clients of each class there are; the quotas of a small set are not whole clients, and what lies between is
 * left to one client of the upper class each. Returns how many such. */
static int32_t count_classes(int32_t clients, int32_t *count, between *partial) {
    int32_t partials = 0;
    for (int32_t i = 0; i < clients; i++) {
        int64_t hundredths = 0, from = 0;
        for (int32_t c = 0; c < CLASSES; c++) { /* the part of the client that lies in each class */
            int64_t to = from + (int64_t)clients * VISITS_A_DAY[c];
            int64_t first = from > 100 * (int64_t)i ? from : 100 * (int64_t)i;
            int64_t last = to < 100 * (int64_t)i + 100 ? to : 100 * (int64_t)i + 100;
            hundredths += last > first ? (c + 1) * (last - first) : 0;
            from = to;
        }
        int32_t class = (int32_t)(hundredths + 99) / 100 - 1, above = (int32_t)hundredths % 100;
        count[class]++;
        if (above > 0 && partials < CLASSES)
            partial[partials++] = (between){class, (above * HT_CYCLE_DAYS + 50) / 100};
    }
    return partials;
}

/* The class that is most behind its quota when done of count are dealt. */
static int32_t most_behind(const int32_t *quota, const int32_t *dealt, int32_t done, int32_t count) {
    int32_t best = 0;
    int64_t most = INT64_MIN;
    for (int32_t c = 0; c < CLASSES; c++) {
        int64_t behind = (int64_t)quota[c] * (done + 1) - (int64_t)dealt[c] * count;
        if (behind > most && dealt[c] < quota[c]) {
            most = behind;
            best = c;
        }
    }
    return best;
}

static void swap_visits(ht_town_client *a, ht_town_client *b) {
    ht_town_client kept = *a;
    a->visits = b->visits;
    a->sometimes = b->sometimes;
    a->sometimes_in = b->sometimes_in;
    b->visits = kept.visits;
    b->sometimes = kept.sometimes;
    b->sometimes_in = kept.sometimes_in;
}

/* The first of a class that is dealt is the one between it and the class below. */
static void mark_between(ht_town_client *client, between *partial, int32_t partials) {
    static const ht_band IN[CLASSES] = {HT_BAND_MORNING, HT_BAND_LUNCH, HT_BAND_DINNER, HT_BAND_EVENING,
                                        HT_BAND_FORENOON};
    for (int32_t i = 0; i < partials; i++)
        if (partial[i].class == client->visits - 1 && partial[i].days > 0) {
            client->sometimes = partial[i].days;
            client->sometimes_in = IN[client->visits - 1];
            partial[i].days = 0;
            return;
        }
}

static void deal_visits(ht_town *town, ht_rng *rng) {
    int32_t quota[CLASSES] = {0}, dealt[CLASSES] = {0};
    between partial[CLASSES];
    int32_t partials = count_classes(town->clients, quota, partial);
    for (int32_t i = 0; i < town->clients; i++) {
        int32_t class = most_behind(quota, dealt, i, town->clients);
        ht_town_client *client = &town->client[i];
        client->visits = class + 1;
        mark_between(client, partial, partials);
        dealt[class]++;
    }
    for (int32_t t = 0; t < town->teams; t++) {
        ht_town_client *client = town->client + town->team[t].first_client;
        for (int32_t i = town->team[t].clients - 1; i > 0; i--)
            swap_visits(&client[i], &client[ht_town_between(rng, 0, i)]);
    }
}

/* ---- bands ---- */

/* Chooses count bands for a client, those that have the most visits left to deal first: `others` clients come after it,
 * and a band holds each of them once at most. */
static void choose_bands(ht_rng *rng, int32_t *left, int32_t count, int32_t others, bool chosen[HT_BANDS]) {
    for (int32_t n = 0; n < count; n++) {
        int32_t best = -1;
        int64_t most = 0;
        for (int32_t b = 0; b < HT_BANDS; b++) {
            int64_t weight = chosen[b] || left[b] == 0 ? 0 : left[b] > others ? (int64_t)1 << 40 : left[b];
            int64_t drawn = weight * ht_town_between(rng, 600, 1000);
            if (drawn > most) {
                most = drawn;
                best = b;
            }
        }
        if (best < 0)
            return;
        chosen[best] = true;
        left[best]--;
    }
}

static int32_t band_left(const int32_t *left) {
    for (int32_t b = 0; b < HT_BANDS; b++)
        if (left[b] > 0)
            return b;
    return HT_BAND_MORNING;
}

/* Those of each day. */
static int32_t whole_slots(const ht_town_client *client) {
    return client->visits - (client->sometimes > 0);
}

/* The client's slots in the order of the day. Where its bands ran out it gets two of one. */
static void add_slots(ht_town *town, ht_rng *rng, int32_t client, int32_t others, int32_t *left) {
    ht_town_client *c = &town->client[client];
    bool chosen[HT_BANDS] = {false};
    int32_t twice[HT_BANDS] = {0}, count = 0;
    chosen[c->sometimes_in] = c->sometimes > 0;
    choose_bands(rng, left, whole_slots(c), others, chosen);
    for (int32_t b = 0; b < HT_BANDS; b++)
        count += chosen[b];
    for (; count < c->visits; count++) {
        int32_t b = band_left(left);
        left[b] -= left[b] > 0;
        twice[b]++;
    }
    c->first_slot = town->slots;
    for (int32_t b = 0; b < HT_BANDS; b++)
        for (int32_t n = chosen[b] + twice[b]; n > 0; n--) {
            bool sometimes = c->sometimes > 0 && b == (int32_t)c->sometimes_in && n == 1;
            town->slot[town->slots++] =
                (ht_town_slot){.client = client, .band = (ht_band)b, .days = sometimes ? c->sometimes : HT_CYCLE_DAYS};
        }
}

/* The team's share of each band: what is due up to and with it, less what is dealt. */
static void team_quota(const int32_t *quota, int32_t *dealt, int64_t up_to, int64_t all, int32_t here, int32_t *left) {
    int32_t total = 0;
    for (int32_t b = 0; b < HT_BANDS; b++) {
        left[b] = (int32_t)((quota[b] * up_to + all / 2) / all) - dealt[b];
        left[b] = left[b] < 0 ? 0 : left[b];
        total += left[b];
    }
    for (int32_t b = 0; total != here; b = (b + 1) % HT_BANDS) { /* roundings that do not meet */
        int32_t step = total < here ? 1 : left[b] > 0 ? -1 : 0;
        left[b] += step;
        total += step;
    }
    for (int32_t b = 0; b < HT_BANDS; b++)
        dealt[b] += left[b];
}

/* The quotas of the slots of each day: what the others take of a band is left out. Returns how many there are. */
static int32_t band_quotas(const ht_town *town, int32_t *quota) {
    int32_t weight[HT_BANDS], sometimes[HT_BANDS] = {0}, whole = 0, parts = 0;
    for (int32_t i = 0; i < town->clients; i++) {
        const ht_town_client *c = &town->client[i];
        whole += whole_slots(c);
        sometimes[c->sometimes_in] += c->sometimes;
        parts += c->sometimes;
    }
    for (int32_t b = 0; b < HT_BANDS; b++) {
        weight[b] = BY_BAND[b] * (whole * HT_CYCLE_DAYS + parts) - 100 * sometimes[b];
        weight[b] = weight[b] < 0 ? 0 : weight[b];
    }
    ht_town_quotas(weight, HT_BANDS, whole, quota);
    return whole;
}

/* Those with the most visits first: who has one visit takes what is left. */
static void deal_bands(ht_town *town, ht_rng *rng) {
    int32_t quota[HT_BANDS], dealt[HT_BANDS] = {0}, up_to = 0;
    int32_t all = band_quotas(town, quota);
    for (int32_t t = 0; t < town->teams; t++) {
        const ht_town_team *team = &town->team[t];
        int32_t left[HT_BANDS], here = 0, others = team->clients;
        for (int32_t i = 0; i < team->clients; i++)
            here += whole_slots(&town->client[team->first_client + i]);
        up_to += here;
        team_quota(quota, dealt, up_to, all, here, left);
        for (int32_t visits = CLASSES; visits > 0; visits--)
            for (int32_t i = team->first_client; i < team->first_client + team->clients; i++)
                if (town->client[i].visits == visits)
                    add_slots(town, rng, i, --others, left);
    }
}

/* ---- times and services ---- */

static int32_t longest(const ht_town_slot *slot) {
    return slot->chores ? 90 : slot->shower ? 40 : slot->minutes;
}

/* The starts of one band of one team, spread over it in steps of 5 minutes, in random order. */
static void spread_starts(ht_town *town, ht_rng *rng, const ht_town_team *team, ht_band band, int32_t *order) {
    int32_t count = 0, done = 0;
    for (int32_t i = 0; i < team->clients; i++) {
        const ht_town_client *c = &town->client[team->first_client + i];
        for (int32_t s = c->first_slot; s < c->first_slot + c->visits; s++)
            if (town->slot[s].band == band)
                order[count++] = s;
    }
    ht_town_shuffle(rng, order, count);
    int32_t steps = (AGREED[band].last - AGREED[band].first) / STEP + 1;
    for (; done < count; done++)
        town->slot[order[done]].start = AGREED[band].first + (2 * done + 1) * steps / (2 * count) * STEP;
}

/* A visit that would run into the client's next one starts earlier, where its band allows. */
static void part_slots(ht_town *town, const ht_town_client *client) {
    for (int32_t s = client->first_slot + client->visits - 2; s >= client->first_slot; s--) {
        ht_town_slot *slot = &town->slot[s];
        int32_t latest = (slot[1].start - longest(slot) - 10) / STEP * STEP;
        if (slot->start > latest)
            slot->start = latest < AGREED[slot->band].first ? AGREED[slot->band].first : latest;
    }
}

/* Chores are of one visit outside the meals; six of ten morning helps are a shower twice a week. */
static void choose_services(ht_town *town, ht_rng *rng, const ht_town_client *client) {
    bool chores = false;
    for (int32_t s = client->first_slot; s < client->first_slot + client->visits; s++) {
        ht_town_slot *slot = &town->slot[s];
        bool between_meals = slot->band == HT_BAND_FORENOON || slot->band == HT_BAND_AFTERNOON;
        slot->minutes = MINUTES[slot->band][ht_rng_below(rng, 4)];
        slot->week = ht_rng_below(rng, 70);
        slot->chores = between_meals && !chores;
        slot->shower = slot->band == HT_BAND_MORNING && ht_rng_below(rng, 10) < 6;
        chores = chores || between_meals;
    }
}

static bool make_slots(ht_town *town, ht_rng *rng) {
    int32_t *order = HT_ARENA_NEW(&town->arena, CLASSES * (int64_t)town->clients, int32_t);
    if (order == NULL)
        return false;
    deal_bands(town, rng);
    for (int32_t i = 0; i < town->clients; i++)
        choose_services(town, rng, &town->client[i]);
    for (int32_t t = 0; t < town->teams; t++)
        for (int32_t b = 0; b < HT_BANDS; b++)
            spread_starts(town, rng, &town->team[t], (ht_band)b, order);
    for (int32_t i = 0; i < town->clients; i++)
        part_slots(town, &town->client[i]);
    return true;
}

/* ---- what the clients need ---- */

static const char *one_of(ht_rng *rng, int32_t in_hundred, const char *const *words, int32_t count) {
    bool has = ht_rng_below(rng, 100) < in_hundred;
    int32_t word = ht_rng_below(rng, count);
    return has ? words[word] : "";
}

static bool give_needs(ht_town *town, ht_rng *rng) {
    static const char *const ENVIRONMENT[] = {"dog", "cat", "smoke", "cat|dog"};
    static const char *const LANGUAGE[] = {"fi", "ar", "se", "so"};
    static const char *const GENDER[] = {"woman", "woman", "woman", "man"};
    int32_t insulin = ht_town_share(town->clients, 600), medicine = ht_town_share(town->clients, 3500);
    int32_t *order = HT_ARENA_NEW(&town->arena, town->clients, int32_t);
    if (order == NULL)
        return false;
    for (int32_t i = 0; i < town->clients; i++)
        order[i] = i;
    ht_town_shuffle(rng, order, town->clients);
    for (int32_t i = 0; i < town->clients; i++) {
        ht_town_client *c = &town->client[order[i]];
        c->insulin = i < insulin && c->visits > 1;
        c->medicine = !c->insulin && i < insulin + medicine;
        c->spaced_meals = ht_rng_below(rng, 100) < 15;
        c->spaced_showers = ht_rng_below(rng, 100) < 20;
        c->environment = one_of(rng, 25, ENVIRONMENT, 4);
        c->language = one_of(rng, 6, LANGUAGE, 4);
        c->gender_wish = one_of(rng, 8, GENDER, 4);
    }
    return true;
}

bool ht_town_make_clients(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_CLIENTS, &rng);
    deal_visits(town, &rng);
    town->slot = HT_ARENA_NEW(&town->arena, CLASSES * (int64_t)town->clients, ht_town_slot);
    return town->slot != NULL && make_slots(town, &rng) && give_needs(town, &rng);
}
