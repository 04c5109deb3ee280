/* The pool of routes: each once, as they were, and the newest of them when it is full. */
#include "solver/route_pool.h"

#include "tests/support.h"
#include "tests/support_search.h"

enum { ROOM = 500 };

static search s;
static ht_route_pool pool;

static void set_up(void) {
    problem_shape shape = problem_plain;
    shape.visits_least = 20;
    shape.shifts_least = 4;
    shape.breaks = 100;
    shape.loaded = 0;
    search_draw(&s, 4, &shape);
    ck_assert(ht_route_pool_init(&pool, ROOM, &ht_allocator_system));
}

static void tear_down(void) {
    ht_route_pool_release(&pool);
    search_end(&s);
}

static int32_t used_routes(void) {
    int32_t count = 0;
    for (int32_t i = 0; i < s.problem->shifts; i++)
        count += s.routes->stops[i] > 0;
    return count;
}

static const ht_pool_route *route_at(int32_t i) {
    return ht_array_at(&pool.routes, i);
}

/* The pool's route is the working plan's of its shift. */
static void same_route(const ht_pool_route *route) {
    const ht_routes *r = s.routes;
    const ht_pool_stop *stop = pool.stops.items;
    int32_t nodes = 0, stops = 0;
    bool breaks = false;
    for (int32_t n = ht_routes_first(r, route->shift); n >= 0; n = r->next[n], nodes++) {
        if (r->break_after[route->shift] == n) {
            ck_assert_int_eq(route->break_at, nodes);
            breaks = true;
        }
        if (n >= s.problem->tasks)
            continue;
        ck_assert_int_lt(stops, route->stops);
        ck_assert_int_eq(stop[route->first + stops].task, n);
        ck_assert_int_eq(stop[route->first + stops].start, r->start[n]);
        stops++;
    }
    ck_assert_int_eq(route->stops, stops);
    ck_assert(breaks || route->break_at == -1);
    ck_assert_int_eq(route->travel, r->travel[route->shift]);
    ck_assert_int_eq(route->overtime, r->overtime[route->shift]);
}

START_TEST(used_routes_are_kept_as_they_are) {
    search_shake(&s, 2);
    ht_route_pool_add(&pool, s.routes);
    ck_assert_int_gt(pool.routes.count, 1);
    ck_assert_int_eq(pool.routes.count, used_routes());
    for (int32_t i = 0; i < pool.routes.count; i++)
        same_route(route_at(i));
}
END_TEST

START_TEST(a_plan_without_visits_adds_nothing) {
    ht_route_pool_add(&pool, s.routes);
    ck_assert_int_eq(pool.routes.count, 0);
}
END_TEST

START_TEST(a_route_is_kept_once) {
    ht_snapshot first;
    search_shake(&s, 2);
    ck_assert(ht_snapshot_init(&first, s.routes, &s.arena));
    ht_route_pool_add(&pool, s.routes);
    int32_t routes = pool.routes.count, stops = pool.stops.count;
    ht_route_pool_add(&pool, s.routes);
    ck_assert_int_eq(pool.routes.count, routes);
    ck_assert_int_eq(pool.stops.count, stops);
    search_shake(&s, 5);
    ht_route_pool_add(&pool, s.routes);
    ck_assert_int_gt(pool.routes.count, routes);
    routes = pool.routes.count;
    ht_routes_load(s.routes, &first);
    ht_route_pool_add(&pool, s.routes);
    ck_assert_int_eq(pool.routes.count, routes);
    for (int32_t i = 0; i < routes; i++)
        for (int32_t k = 0; k < i; k++)
            ck_assert_uint_ne(route_at(i)->hash, route_at(k)->hash);
}
END_TEST

/* Moves the break of a used route to another leg; false where no route allows it. */
static bool move_a_break(void) {
    ht_routes *r = s.routes;
    for (int32_t i = 0; i < s.problem->shifts; i++) {
        int32_t old = r->break_after[i], culprit;
        if (r->stops[i] == 0 || old < 0)
            continue;
        for (int32_t n = ht_routes_first(r, i); n != ht_routes_last(r, i); n = r->next[n]) {
            ht_routes_begin(r);
            ht_routes_set_break(r, i, n);
            if (n != old && ht_routes_retime(r, &culprit))
                return true;
            ht_routes_rollback(r);
        }
    }
    return false;
}

START_TEST(the_place_of_the_break_makes_a_route_another) {
    int32_t moved = 0;
    for (int32_t i = 0; i < 10; i++) {
        search_shake(&s, 2);
        ht_route_pool_add(&pool, s.routes);
        int32_t routes = pool.routes.count;
        if (!move_a_break())
            continue;
        moved++;
        ht_route_pool_add(&pool, s.routes);
        ck_assert_int_ge(pool.routes.count, moved == 1 ? routes + 1 : routes);
    }
    ck_assert_int_gt(moved, 0);
}
END_TEST

START_TEST(a_full_pool_forgets_its_older_half) {
    ht_route_pool_release(&pool);
    ck_assert(ht_route_pool_init(&pool, 2 * PROBLEM_SHIFTS, &ht_allocator_system));
    int32_t fewer = 0;
    for (int32_t i = 0; i < 20; i++) {
        int32_t before = pool.routes.count;
        search_shake(&s, 1);
        ht_route_pool_add(&pool, s.routes);
        ck_assert_int_le(pool.routes.count, 2 * PROBLEM_SHIFTS);
        ck_assert_int_ge(pool.routes.count, used_routes());
        for (int32_t k = 0; k < s.problem->shifts; k++)
            ck_assert(s.routes->stops[k] == 0 || ht_route_pool_find(&pool, s.routes, k) >= 0);
        for (int32_t k = 0; k < pool.routes.count; k++)
            for (int32_t other = 0; other < k; other++)
                ck_assert_uint_ne(route_at(k)->hash, route_at(other)->hash);
        fewer += pool.routes.count < before;
        int32_t stops = 0;
        for (int32_t k = 0; k < pool.routes.count; k++) {
            ck_assert_int_eq(route_at(k)->first, stops);
            stops += route_at(k)->stops;
        }
        ck_assert_int_eq(pool.stops.count, stops);
    }
    ck_assert_int_gt(fewer, 0);
}
END_TEST

/* Whatever is added before memory runs out is whole. */
START_TEST(memory_runs_out) {
    search_shake(&s, 3);
    int32_t all = used_routes(), most = 0;
    for (int32_t calls = 0; most < all; calls++) {
        ht_limited_memory memory;
        ck_assert_int_lt(calls, 50);
        ht_limited_memory_init(&memory, calls);
        ht_route_pool_release(&pool);
        bool made = ht_route_pool_init(&pool, ROOM, &memory.allocator);
        ck_assert(made == (calls > 0));
        if (!made)
            continue;
        ht_route_pool_add(&pool, s.routes);
        for (int32_t i = 0; i < pool.routes.count; i++)
            same_route(route_at(i));
        most = pool.routes.count;
        ht_route_pool_release(&pool);
        ck_assert(ht_route_pool_init(&pool, ROOM, &ht_allocator_system));
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("route_pool");
    TCase *tests = tcase_create("route_pool");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, used_routes_are_kept_as_they_are);
    tcase_add_test(tests, a_plan_without_visits_adds_nothing);
    tcase_add_test(tests, a_route_is_kept_once);
    tcase_add_test(tests, the_place_of_the_break_makes_a_route_another);
    tcase_add_test(tests, a_full_pool_forgets_its_older_half);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
