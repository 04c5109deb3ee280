#include "model/generate_town.h"

/* A town of made-up places: a centre, suburbs around it, villages further out. Teams are areas: the town is cut in two,
 * across its longer side, until each part is one team's. */

enum { CLIENTS_A_SUBURB = 70, CLIENTS_A_VILLAGE = 35, VILLAGE_RADIUS = 350, COUPLES_SHARE = 400 };

typedef struct cluster {
    int32_t east, north, radius, clients;
} cluster;

static int32_t square_root(int64_t value) {
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 30; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= value)
            root += bit;
    return (int32_t)root;
}

static int32_t town_radius(int32_t clients) {
    return 500 + 40 * square_root(clients);
}

/* A place in the ring between two distances of the middle. */
static void place_in_ring(ht_rng *rng, int32_t inner, int32_t outer, int32_t *east, int32_t *north) {
    int64_t square;
    do {
        *east = ht_town_between(rng, -outer, outer);
        *north = ht_town_between(rng, -outer, outer);
        square = (int64_t)*east * *east + (int64_t)*north * *north;
    } while (square < (int64_t)inner * inner || square > (int64_t)outer * outer);
}

static int32_t clusters_for(int32_t clients, int32_t each) {
    return clients == 0 ? 0 : 1 + (clients - 1) / each;
}

static void add_clusters(ht_rng *rng, cluster *list, int32_t *count, int32_t clients, int32_t parts, int32_t inner,
                         int32_t outer, int32_t radius) {
    for (int32_t i = 0; i < parts; i++) {
        cluster *c = &list[(*count)++];
        c->clients = (i + 1) * clients / parts - i * clients / parts;
        c->radius = radius;
        place_in_ring(rng, inner, outer, &c->east, &c->north);
    }
}

/* Dense in the middle of the cluster. */
static int32_t around(ht_rng *rng, int32_t middle, int32_t radius) {
    int32_t half = radius / 2;
    return middle + ht_town_between(rng, -half, half) + ht_town_between(rng, -half, half);
}

static bool place_homes(ht_town *town, ht_rng *rng) {
    int32_t clients = town->clients, radius = town_radius(clients), count = 0, placed = 0;
    int32_t in_villages = town->teams > 3 ? clients * 15 / 100 : clients * 5 / 100;
    int32_t in_suburbs = clients * 35 / 100;
    int32_t suburbs = clusters_for(in_suburbs, CLIENTS_A_SUBURB);
    int32_t villages = clusters_for(in_villages, CLIENTS_A_VILLAGE);
    int32_t reach = town->teams > 3 ? 12000 : 3000;
    cluster *list = HT_ARENA_NEW(&town->arena, 1 + suburbs + villages, cluster);
    if (list == NULL)
        return false;
    list[count++] = (cluster){0, 0, radius, clients - in_suburbs - in_villages};
    add_clusters(rng, list, &count, in_suburbs, suburbs, radius, 2 * radius, radius / 3);
    add_clusters(rng, list, &count, in_villages, villages, 2 * radius, 2 * radius + reach, VILLAGE_RADIUS);
    for (int32_t c = 0; c < count; c++)
        for (int32_t i = 0; i < list[c].clients; i++, placed++) {
            town->client[placed].east = around(rng, list[c].east, list[c].radius);
            town->client[placed].north = around(rng, list[c].north, list[c].radius);
        }
    return true;
}

/* ---- teams ---- */

static int compare(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

/* Clients of the same place are alike here: their order does not matter. */
static int by_east(const void *left, const void *right) {
    const ht_town_client *a = left, *b = right;
    int order = compare(a->east, b->east);
    return order != 0 ? order : compare(a->north, b->north);
}

static int by_north(const void *left, const void *right) {
    const ht_town_client *a = left, *b = right;
    int order = compare(a->north, b->north);
    return order != 0 ? order : compare(a->east, b->east);
}

static bool is_wide(const ht_town_client *client, int32_t count) {
    int32_t west = client->east, east = west, south = client->north, north = south;
    for (int32_t i = 1; i < count; i++) {
        west = client[i].east < west ? client[i].east : west;
        east = client[i].east > east ? client[i].east : east;
        south = client[i].north < south ? client[i].north : south;
        north = client[i].north > north ? client[i].north : north;
    }
    return east - west > north - south;
}

/* Gives the clients first .. first + count - 1 to the teams from team on; each has one at least. */
static void cut(ht_town *town, int32_t first, int32_t count, int32_t team, int32_t teams) {
    if (teams == 1) {
        town->team[team].first_client = first;
        town->team[team].clients = count;
        return;
    }
    ht_town_client *client = town->client + first;
    qsort(client, (size_t)count, sizeof *client, is_wide(client, count) ? by_east : by_north);
    int32_t half = teams / 2;
    int32_t left = (int32_t)((int64_t)count * half / teams);
    cut(town, first, left, team, half);
    cut(town, first + left, count - left, team + half, teams - half);
}

static int32_t apart(int32_t a, int32_t b) {
    return a > b ? a - b : b - a;
}

/* The office is in the middle of the clients, a street away. */
static void place_office(ht_town *town, ht_rng *rng, ht_town_team *team) {
    int64_t east = 0, north = 0, spread = 0;
    const ht_town_client *client = town->client + team->first_client;
    for (int32_t i = 0; i < team->clients; i++) {
        east += client[i].east;
        north += client[i].north;
    }
    team->east = (int32_t)(east / team->clients) + ht_town_between(rng, -150, 150);
    team->north = (int32_t)(north / team->clients) + ht_town_between(rng, -150, 150);
    for (int32_t i = 0; i < team->clients; i++)
        spread += apart(client[i].east, team->east) + apart(client[i].north, team->north);
    team->spread = (int32_t)(spread / team->clients);
}

/* Couples live in one place. */
static void make_couples(ht_town *town) {
    int32_t couples = ht_town_share(town->clients, COUPLES_SHARE) / 2;
    int32_t households = 0;
    for (int32_t i = 0; i + 1 < town->clients; i += 2) {
        ht_town_client *one = &town->client[i], *other = &town->client[i + 1];
        if (ht_town_picked(i / 2, couples, town->clients / 2) && one->team == other->team) {
            one->household = other->household = ++households;
            other->east = one->east;
            other->north = one->north;
        }
    }
}

bool ht_town_make_places(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_PLACES, &rng);
    if (!place_homes(town, &rng))
        return false;
    cut(town, 0, town->clients, 0, town->teams);
    for (int32_t t = 0; t < town->teams; t++) {
        ht_town_team *team = &town->team[t];
        team->unit = t / HT_TEAMS_A_UNIT;
        for (int32_t i = 0; i < team->clients; i++)
            town->client[team->first_client + i].team = t;
        place_office(town, &rng, team);
    }
    make_couples(town);
    return true;
}
