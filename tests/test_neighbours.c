/* What lies near: as sorting all visits by the definition would have it. */
#include "solver/neighbours.h"

#include "base/rng.h"
#include "tests/support.h"

enum { PLACES = 37, VISITS = 150, CLIENTS = 30, STAFF = 5, SEEDS = 40 };

/* A town of its own for each test: as much of a problem as nearness looks at. */
static struct {
    ht_problem problem;
    ht_visit visit[VISITS];
    int32_t travel[HT_MODES][PLACES * PLACES];
    int32_t points[CLIENTS * STAFF];
    ht_arena arena;
    ht_neighbours neighbours;
} town;

/* Few different legs and windows, so that many distances are equal. */
static void draw_town(uint64_t seed, int32_t visits) {
    ht_rng rng;
    ht_rng_init(&rng, seed, 1);
    memset(&town, 0, sizeof town);
    ht_problem *p = &town.problem;
    p->visits = visits;
    p->places = PLACES;
    p->clients = CLIENTS;
    p->staff = STAFF;
    for (int32_t m = 0; m < HT_MODES; m++) {
        for (int32_t i = 0; i < PLACES * PLACES; i++)
            town.travel[m][i] = i % (PLACES + 1) == 0 ? 0 : 60 * ht_rng_below(&rng, 20);
        p->travel[m] = m == 0 || ht_rng_below(&rng, 2) ? town.travel[m] : NULL;
    }
    for (int32_t v = 0; v < visits; v++) {
        town.visit[v].client = ht_rng_below(&rng, CLIENTS);
        town.visit[v].place = town.visit[v].client;
        town.visit[v].earliest = 600 * ht_rng_below(&rng, 40) - 3600;
    }
    for (int32_t i = 0; i < CLIENTS * STAFF; i++)
        town.points[i] = ht_rng_below(&rng, 3);
    p->visit = town.visit;
    p->points_again = town.points;
    ht_arena_init(&town.arena, &ht_allocator_system);
    ck_assert(ht_neighbours_init(&town.neighbours, p, &town.arena));
}

static int64_t distance(int32_t a, int32_t b) {
    const ht_visit *x = &town.visit[a], *y = &town.visit[b];
    int64_t sum = 0, legs = 0;
    for (int32_t m = 0; m < HT_MODES; m++) {
        if (!town.problem.travel[m])
            continue;
        sum += ht_problem_travel(&town.problem, m, x->place, y->place) +
               ht_problem_travel(&town.problem, m, y->place, x->place);
        legs += 2;
    }
    int64_t apart = (int64_t)x->earliest - y->earliest;
    return a == b ? -1 : sum / legs + (apart < 0 ? -apart : apart) / 8;
}

static int32_t here;

static int by_distance(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int64_t near = distance(here, x), far = distance(here, y);
    return near != far ? (near < far ? -1 : 1) : (x > y) - (x < y);
}

static void assert_nearest(void) {
    const ht_neighbours *n = &town.neighbours;
    for (here = 0; here < town.problem.visits; here++) {
        int32_t order[VISITS];
        for (int32_t v = 0; v < town.problem.visits; v++)
            order[v] = v;
        qsort(order, (size_t)town.problem.visits, sizeof order[0], by_distance);
        for (int32_t i = 0; i < n->near_count; i++)
            ck_assert_int_eq(n->near[here * n->near_count + i], order[i]);
    }
}

START_TEST(the_nearest_are_listed_in_order) {
    draw_town((uint64_t)_i, VISITS - _i);
    ck_assert_int_eq(town.neighbours.near_count, 100);
    assert_nearest();
    ht_arena_release(&town.arena);
}
END_TEST

START_TEST(of_few_visits_all_are_near) {
    draw_town((uint64_t)_i, 1 + _i);
    ck_assert_int_eq(town.neighbours.near_count, 1 + _i);
    assert_nearest();
    ht_arena_release(&town.arena);
}
END_TEST

START_TEST(clients_have_their_visits_and_suit_those_with_fewest_points) {
    draw_town((uint64_t)_i, VISITS);
    const ht_neighbours *n = &town.neighbours;
    for (int32_t c = 0; c < CLIENTS; c++)
        for (int32_t v = 0, k = n->first_of_client[c]; v < VISITS; v++)
            if (town.visit[v].client == c)
                ck_assert_int_eq(n->of_client[k++], v);
    ck_assert_int_eq(n->first_of_client[CLIENTS], VISITS);
    for (int32_t s = 0; s < STAFF; s++) {
        int32_t k = n->first_suited[s];
        for (int32_t c = 0; c < CLIENTS; c++) {
            const int32_t *points = &town.points[c * STAFF];
            int32_t fewer = 0;
            for (int32_t other = 0; other < STAFF; other++)
                fewer += points[other] < points[s];
            if (fewer == 0)
                ck_assert_int_eq(n->suited[k++], c);
        }
        ck_assert_int_eq(k, n->first_suited[s + 1]);
    }
    ht_arena_release(&town.arena);
}
END_TEST

START_TEST(memory_runs_out) {
    int32_t n = 0;
    draw_town(1, VISITS);
    for (bool whole = false; !whole; n++) {
        ht_limited_memory memory;
        ht_arena arena;
        ht_neighbours made;
        ht_limited_memory_init(&memory, n);
        ht_arena_init(&arena, &memory.allocator);
        whole = ht_neighbours_init(&made, &town.problem, &arena);
        ht_arena_release(&arena);
    }
    ck_assert_int_ge(n, 2);
    ht_arena_release(&town.arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("neighbours");
    TCase *tests = tcase_create("neighbours");
    tcase_add_loop_test(tests, the_nearest_are_listed_in_order, 0, SEEDS);
    tcase_add_loop_test(tests, of_few_visits_all_are_near, 0, SEEDS);
    tcase_add_loop_test(tests, clients_have_their_visits_and_suit_those_with_fewest_points, 0, SEEDS);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
