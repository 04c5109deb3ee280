#include "solver/neighbours.h"

enum { NEAR_MAX = 100, PLACES_AT_ONCE = 16 };

/* ---- nearness ---- */

/* What it takes to list the nearest visits of each. */
typedef struct listing {
    const ht_problem *problem;
    ht_neighbours *out;
    int32_t *place, *earliest;     /* of each visit */
    int32_t *first_at, *at;        /* visits at place a: at[first_at[a] .. first_at[a + 1]) */
    int32_t *legs[PLACES_AT_ONCE]; /* mean leg between the i-th of some places and each place */
} listing;

/* Mean travel both ways over the modes in use between each place and `count` places from `first` on. Several at once:
 * what is read of the way back lies side by side. */
static void fill_legs(const listing *l, int32_t first, int32_t count) {
    const ht_problem *p = l->problem;
    int64_t modes = 0;
    for (int32_t m = 0; m < HT_MODES; m++)
        modes += p->travel[m] ? 2 : 0;
    for (int32_t b = 0; b < p->places; b++)
        for (int32_t i = 0; i < count; i++) {
            int64_t sum = 0;
            for (int32_t m = 0; m < HT_MODES; m++)
                if (p->travel[m])
                    sum += (int64_t)ht_problem_travel(p, m, first + i, b) + ht_problem_travel(p, m, b, first + i);
            l->legs[i][b] = modes > 0 ? (int32_t)(sum / modes) : 0;
        }
}

/* Puts a key into the sorted list, which holds at most `room`, the last of a full one goes; returns how many it holds
 * then. */
static int32_t keep(uint64_t *list, int32_t kept, int32_t room, uint64_t key) {
    int32_t at = kept < room ? kept : room - 1;
    for (; at > 0 && key < list[at - 1]; at--)
        list[at] = list[at - 1];
    list[at] = key;
    return kept < room ? kept + 1 : kept;
}

/* By the mean travel and a part of the time between the windows; of equal ones the first visits. Keys are the distance,
 * then the visit, in one number; nothing is nearer than the visit itself. */
static void list_nearest(const listing *l, int32_t visit, const int32_t *legs) {
    uint64_t nearest[NEAR_MAX] = {(uint32_t)visit}, last = UINT64_MAX;
    int32_t room = l->out->near_count, kept = 1;
    for (int32_t w = 0; w < l->problem->visits; w++) {
        int64_t apart = (int64_t)l->earliest[visit] - l->earliest[w];
        int64_t distance = 1 + legs[l->place[w]] + (apart < 0 ? -apart : apart) / 8;
        uint64_t key = (uint64_t)distance << 32 | (uint32_t)w;
        if (key >= last || w == visit)
            continue;
        kept = keep(nearest, kept, room, key);
        last = kept < room ? UINT64_MAX : nearest[kept - 1];
    }
    for (int32_t i = 0; i < kept; i++)
        l->out->near[(size_t)visit * (size_t)room + (size_t)i] = (int32_t)(uint32_t)nearest[i];
}

static bool begin_listing(listing *l, ht_arena *scratch) {
    const ht_problem *p = l->problem;
    l->place = HT_ARENA_NEW(scratch, p->visits, int32_t);
    l->earliest = HT_ARENA_NEW(scratch, p->visits, int32_t);
    l->first_at = HT_ARENA_NEW(scratch, p->places + 2, int32_t);
    l->at = HT_ARENA_NEW(scratch, p->visits, int32_t);
    bool whole = l->place && l->earliest && l->first_at && l->at;
    for (int32_t i = 0; i < PLACES_AT_ONCE; i++)
        whole = (l->legs[i] = HT_ARENA_NEW(scratch, p->places, int32_t)) && whole;
    for (int32_t v = 0; whole && v < p->visits; v++) {
        l->place[v] = p->visit[v].place;
        l->earliest[v] = p->visit[v].earliest;
        l->first_at[l->place[v] + 2]++;
    }
    for (int32_t a = 0; whole && a < p->places; a++)
        l->first_at[a + 2] += l->first_at[a + 1];
    for (int32_t v = 0; whole && v < p->visits; v++)
        l->at[l->first_at[l->place[v] + 1]++] = v;
    return whole;
}

static bool list_near(ht_neighbours *n, const ht_problem *p, ht_arena *arena) {
    ht_arena scratch;
    ht_arena_init(&scratch, arena->allocator);
    listing l = {.problem = p, .out = n};
    n->near_count = p->visits < NEAR_MAX ? p->visits : NEAR_MAX;
    n->near = HT_ARENA_NEW(arena, (size_t)p->visits * (size_t)n->near_count, int32_t);
    bool whole = n->near && begin_listing(&l, &scratch);
    for (int32_t first = 0; whole && first < p->places; first += PLACES_AT_ONCE) {
        int32_t count = p->places - first < PLACES_AT_ONCE ? p->places - first : PLACES_AT_ONCE;
        fill_legs(&l, first, count);
        for (int32_t i = 0; i < count; i++)
            for (int32_t k = l.first_at[first + i]; k < l.first_at[first + i + 1]; k++)
                list_nearest(&l, l.at[k], l.legs[i]);
    }
    ht_arena_release(&scratch);
    return whole;
}

/* ---- clients ---- */

static bool list_clients(ht_neighbours *n, const ht_problem *p, ht_arena *arena) {
    n->first_of_client = HT_ARENA_NEW(arena, p->clients + 2, int32_t);
    n->of_client = HT_ARENA_NEW(arena, p->visits, int32_t);
    if (!n->first_of_client || !n->of_client)
        return false;
    for (int32_t v = 0; v < p->visits; v++)
        n->first_of_client[p->visit[v].client + 2]++;
    for (int32_t c = 0; c < p->clients; c++)
        n->first_of_client[c + 2] += n->first_of_client[c + 1];
    for (int32_t v = 0; v < p->visits; v++)
        n->of_client[n->first_of_client[p->visit[v].client + 1]++] = v;
    return true;
}

/* The fewest points that anybody on shift has at the client. */
static int32_t least_points(const ht_problem *p, int32_t client) {
    const int32_t *points = &p->points_again[(size_t)client * (size_t)p->staff];
    int32_t least = INT32_MAX;
    for (int32_t i = 0; i < p->staff; i++)
        least = points[i] < least ? points[i] : least;
    return least;
}

static bool list_suited(ht_neighbours *n, const ht_problem *p, ht_arena *arena) {
    int32_t *least = HT_ARENA_NEW(arena, p->clients, int32_t);
    n->first_suited = HT_ARENA_NEW(arena, p->staff + 1, int32_t);
    if (!least || !n->first_suited)
        return false;
    int32_t count = 0;
    for (int32_t c = 0; c < p->clients; c++) {
        least[c] = least_points(p, c);
        for (int32_t s = 0; s < p->staff; s++)
            count += p->points_again[(size_t)c * (size_t)p->staff + (size_t)s] == least[c];
    }
    n->suited = HT_ARENA_NEW(arena, count, int32_t);
    for (int32_t s = 0, at = 0; n->suited && s < p->staff; s++) {
        for (int32_t c = 0; c < p->clients; c++)
            if (p->points_again[(size_t)c * (size_t)p->staff + (size_t)s] == least[c])
                n->suited[at++] = c;
        n->first_suited[s + 1] = at;
    }
    return n->suited != NULL;
}

bool ht_neighbours_init(ht_neighbours *n, const ht_problem *problem, ht_arena *arena) {
    return list_near(n, problem, arena) && list_clients(n, problem, arena) && list_suited(n, problem, arena);
}
