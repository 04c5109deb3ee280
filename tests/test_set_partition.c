/* Set partitioning: the best plan of found routes, in which several persons and links agree. */
#include "solver/set_partition.h"

#include "tests/support.h"
#include "tests/support_search.h"

static const ht_lp_limits FREE = {.nodes = 5000, .steps = 100000, .better_than = 1e30};

static search s;
static ht_route_pool pool;
static ht_snapshot plan;
static ht_err err;

static void tear_down(void) {
    ht_route_pool_release(&pool);
    search_end(&s);
}

static void begin_pool(void) {
    ck_assert(ht_route_pool_init(&pool, 1000, &ht_allocator_system));
    ck_assert(ht_snapshot_init(&plan, s.routes, &s.arena));
    ht_err_init(&err);
}

static bool put_together(ht_lp_limits limits) {
    bool found = false;
    ht_status status = ht_set_partition(&pool, s.routes, &limits, &s.arena, &plan, &found, &err);
    ck_assert_msg(status == HT_OK, "%s", err.text);
    return found;
}

/* ---- routes written by hand ---- */

/* V0 is of two persons, V1 .. V3 of one; three persons can do all of it; no travel, but routes say what theirs costs. */
enum { V0 = 0, V1 = 2, V2 = 3, V3 = 4, SHIFTS = 3, VISITS = 4, TASKS = 5 };

static ht_link one_link = {1, 2, 3600, INT32_MAX};
static ht_visit visit[VISITS];
static uint8_t held[VISITS * SHIFTS];

static const ht_problem *hand_made(int32_t links) {
    static const int32_t VISIT_OF_TASK[] = {0, 0, 1, 2, 3};
    static const int32_t NONE[VISITS * SHIFTS] = {0}, CAP[] = {INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX};
    static const int32_t TRAVEL[VISITS * VISITS] = {0};
    static const uint8_t NOTHING[VISITS * SHIFTS] = {0};
    static uint8_t able[TASKS * SHIFTS];
    static ht_shift shift[SHIFTS];
    static ht_problem problem;
    memset(able, 1, sizeof able);
    for (int32_t v = 0; v < VISITS; v++)
        visit[v] = (ht_visit){.client = v,
                              .place = v,
                              .service = 600,
                              .earliest = 25000,
                              .latest = 65000,
                              .due = 65000,
                              .need = v == 0 ? 2 : 1,
                              .weight = 100,
                              .first_task = v == 0 ? 0 : v + 1};
    for (int32_t i = 0; i < SHIFTS; i++)
        shift[i] = (ht_shift){.staff = i,
                              .start_place = HT_NOWHERE,
                              .end_place = HT_NOWHERE,
                              .start = 25000,
                              .end = 70000,
                              .latest_end = 70000 + i};
    problem = (ht_problem){.visits = VISITS,
                           .tasks = TASKS,
                           .shifts = SHIFTS,
                           .staff = SHIFTS,
                           .clients = VISITS,
                           .places = VISITS,
                           .links = links,
                           .visit = visit,
                           .visit_of_task = VISIT_OF_TASK,
                           .shift = shift,
                           .link = &one_link,
                           .travel = {TRAVEL},
                           .able = able,
                           .points_first = NONE,
                           .points_again = NONE,
                           .wishes_unmet = NOTHING,
                           .seen = NOTHING,
                           .cap = CAP,
                           .objective = problem_objective("coverage: 1*unplanned|cost: 1*travel")};
    return &problem;
}

/* No sum of travel outweighs a visit. */
static const ht_weights COVERAGE_FIRST = {.component = {[HT_C_UNPLANNED] = 1000, [HT_C_TRAVEL] = 1}};

static void begin_by_hand(int32_t links) {
    search_begin(&s, hand_made(links), 1);
    ht_routes_set_weights(s.routes, &COVERAGE_FIRST);
    begin_pool();
}

static void set_up_by_hand(void) {
    begin_by_hand(0);
}

static void set_up_with_link(void) {
    begin_by_hand(1);
}

/* A route of a shift with one or two stops: second -1 is none. */
static void route(int32_t shift, int32_t travel, int32_t task, int32_t start, int32_t second, int32_t second_start) {
    ht_pool_route *made = ht_array_push(&pool.routes);
    ck_assert_ptr_nonnull(made);
    *made = (ht_pool_route){.hash = (uint64_t)pool.routes.count,
                            .shift = shift,
                            .first = pool.stops.count,
                            .stops = second < 0 ? 1 : 2,
                            .break_at = -1,
                            .travel = travel};
    for (int32_t i = 0; i < made->stops; i++) {
        ht_pool_stop *stop = ht_array_push(&pool.stops);
        ck_assert_ptr_nonnull(stop);
        *stop = i == 0 ? (ht_pool_stop){task, start} : (ht_pool_stop){second, second_start};
    }
}

static void on_shift(int32_t task, int32_t shift) {
    ck_assert_msg(plan.shift[task] == shift, "task %d is on shift %d", task, plan.shift[task]);
}

START_TEST(routes_of_different_plans_are_joined) {
    route(0, 100, V1, 30000, V2, 31000); /* one plan: 600 in all */
    route(1, 500, V3, 30000, -1, 0);
    route(0, 400, V1, 30000, -1, 0); /* another: 450 */
    route(1, 20, V2, 30000, V3, 32000);
    route(2, 30, V3, 30000, -1, 0); /* with the first: 130 */
    ck_assert(put_together(FREE));
    on_shift(V1, 0);
    on_shift(V2, 0);
    on_shift(V3, 2);
    on_shift(V0, HT_NOBODY);
    ck_assert_int_eq(plan.next[ht_routes_first(s.routes, 0)], V1);
    ck_assert_int_eq(plan.next[V1], V2);
    ck_assert_int_eq(plan.next[V2], ht_routes_last(s.routes, 0));
    ck_assert_int_eq(plan.next[ht_routes_first(s.routes, 1)], ht_routes_last(s.routes, 1));
}
END_TEST

START_TEST(a_shift_drives_one_route) {
    route(0, 10, V1, 30000, -1, 0);
    route(0, 10, V2, 30000, -1, 0);
    route(0, 900, V3, 30000, V2, 40000);
    ck_assert(put_together(FREE));
    on_shift(V1, HT_NOBODY);
    on_shift(V2, 0);
    on_shift(V3, 0);
}
END_TEST

START_TEST(shifts_that_are_alike_drive_each_others_routes) {
    ht_problem problem = *s.problem;
    ht_shift shift[SHIFTS];
    for (int32_t i = 0; i < SHIFTS; i++) {
        shift[i] = problem.shift[i];
        shift[i].latest_end = i == 2 ? 70001 : 70000;
    }
    problem.shift = shift;
    s.routes = ht_routes_create(&problem, &COVERAGE_FIRST, &s.arena);
    ck_assert_ptr_nonnull(s.routes);
    route(0, 10, V1, 30000, -1, 0); /* all three found on one shift: two can drive them */
    route(0, 10, V2, 30000, -1, 0);
    route(0, 20, V3, 30000, -1, 0);
    ck_assert(put_together(FREE));
    ck_assert_int_eq(plan.shift[V1] + plan.shift[V2], 1); /* shifts 0 and 1 */
    ck_assert_int_ne(plan.shift[V1], plan.shift[V2]);
    on_shift(V3, HT_NOBODY);
    route(1, 5000, V0, 30000, -1, 0); /* two persons of the class */
    route(1, 5000, V0 + 1, 30000, -1, 0);
    route(2, 10, V1, 30000, V2, 40000);
    ck_assert(put_together(FREE));
    ck_assert_int_eq(plan.shift[V0] + plan.shift[V0 + 1], 1);
    on_shift(V1, 2);
    on_shift(V3, HT_NOBODY);
}
END_TEST

START_TEST(nothing_better_is_not_found) {
    route(0, 10, V1, 30000, -1, 0);
    ht_lp_limits limits = FREE;
    limits.better_than = 10 + 1000 * 400; /* V1 planned, the rest not */
    ck_assert(!put_together(limits));
    limits.better_than += 0.5;
    ck_assert(put_together(limits));
}
END_TEST

START_TEST(an_empty_pool_plans_nothing) {
    ck_assert(put_together(FREE));
    for (int32_t t = 0; t < TASKS; t++)
        on_shift(t, HT_NOBODY);
}
END_TEST

START_TEST(persons_of_one_visit_start_together) {
    route(0, 10, V0, 30000, -1, 0);
    route(1, 10, V0, 31000, -1, 0);
    ck_assert(put_together(FREE));
    on_shift(V0, HT_NOBODY);
    on_shift(V0 + 1, HT_NOBODY);
    route(2, 5000, V0 + 1, 31000, -1, 0);
    ck_assert(put_together(FREE));
    ck_assert_int_eq(plan.shift[V0] + plan.shift[V0 + 1], 3); /* shifts 1 and 2 */
    ck_assert_int_ne(plan.shift[V0], plan.shift[V0 + 1]);
    ck_assert_int_ne(plan.shift[V0], 0);
    ck_assert_int_ne(plan.shift[V0 + 1], 0);
}
END_TEST

START_TEST(gaps_of_links_hold) {
    route(0, 10, V1, 30000, -1, 0);
    route(1, 10, V2, 34199, -1, 0); /* a second too early */
    route(1, 2000, V2, 34200, -1, 0);
    ck_assert(put_together(FREE));
    on_shift(V1, 0);
    on_shift(V2, 1);
    ht_routes_load(s.routes, &plan);
    ck_assert_int_eq(s.routes->absents, 2);
    one_link.gap_max = 3600;
    route(1, 1000, V2, 34201, -1, 0); /* a second too late */
    route(1, 3000, V2, 34200, V3, 40000);
    ck_assert(put_together(FREE));
    on_shift(V2, 1);
    on_shift(V3, 1);
    one_link.gap_max = INT32_MAX;
}
END_TEST

START_TEST(a_link_to_an_unplanned_visit_is_void) {
    route(1, 10, V2, 25000, -1, 0); /* before V1 could end, but nobody makes V1 */
    ck_assert(put_together(FREE));
    on_shift(V2, 1);
}
END_TEST

START_TEST(one_of_the_staff_holds_the_tag) {
    ht_problem problem = *s.problem;
    problem.one_held = held;
    memset(held, 0, sizeof held);
    held[0] = 1; /* the person of shift 0, for V0 */
    visit[0].one_tags = 1;
    s.routes->problem = &problem;
    route(1, 10, V0, 30000, -1, 0);
    route(2, 10, V0 + 1, 30000, -1, 0);
    route(0, 5000, V0, 30000, -1, 0);
    ck_assert(put_together(FREE));
    ck_assert(plan.shift[V0] == 0 || plan.shift[V0 + 1] == 0);
    ck_assert_int_ne(plan.shift[V0], HT_NOBODY);
    ck_assert_int_ne(plan.shift[V0 + 1], HT_NOBODY);
}
END_TEST

/* ---- routes of drawn problems ---- */

/* The plan put together from the routes of a few plans keeps all it claims when it is timed, and is as good as each. */
static void check_drawn(uint64_t seed) {
    plain_plan timed;
    ht_cost best = HT_COST_NONE;
    problem_shape shape = problem_any;
    shape.caps = 0; /* a route alone knows nothing of others' clients */
    shape.second_shifts = 0;
    search_draw(&s, seed, &shape);
    begin_pool();
    search_recreate(&s);
    for (int32_t i = 0; i < 5; i++) {
        search_shake(&s, 2);
        ht_route_pool_add(&pool, s.routes);
        best = s.routes->cost < best ? s.routes->cost : best;
    }
    ck_assert_msg(put_together(FREE), "seed %d: nothing found", (int)seed);
    ht_routes_load(s.routes, &plan);
    for (int32_t t = 0; t < s.problem->tasks; t++)
        ck_assert_msg(s.routes->shift[t] == plan.shift[t], "seed %d: task %d was lost", (int)seed, t);
    search_plain(s.routes, &timed);
    ck_assert_msg(plain_allowed(&timed) && plain_time(&timed), "seed %d: a hard rule is broken", (int)seed);
    ck_assert_msg(s.routes->cost <= best, "seed %d: %ld, a plan of the pool costs %ld", (int)seed, (long)s.routes->cost,
                  (long)best);
    tear_down();
}

START_TEST(plans_put_together_hold) {
    for (int32_t i = 0; i < 15; i++)
        check_drawn((uint64_t)_i * 15 + (uint64_t)i);
}
END_TEST

START_TEST(memory_runs_out) {
    route(0, 10, V1, 30000, -1, 0);
    bool enough = false;
    for (int32_t calls = 0; !enough; calls++) {
        ht_limited_memory memory;
        ht_arena scratch;
        bool found = false;
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&scratch, &memory.allocator);
        ht_status status = ht_set_partition(&pool, s.routes, &FREE, &scratch, &plan, &found, &err);
        enough = memory.calls >= 0;
        ck_assert_int_eq(status, enough ? HT_OK : HT_ENOMEM);
        ck_assert_int_eq(found, enough);
        ht_arena_release(&scratch);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("set_partition");
    TCase *by_hand = tcase_create("by_hand"), *with_link = tcase_create("with_link"), *drawn = tcase_create("drawn");
    tcase_add_checked_fixture(by_hand, set_up_by_hand, tear_down);
    tcase_add_test(by_hand, routes_of_different_plans_are_joined);
    tcase_add_test(by_hand, a_shift_drives_one_route);
    tcase_add_test(by_hand, shifts_that_are_alike_drive_each_others_routes);
    tcase_add_test(by_hand, nothing_better_is_not_found);
    tcase_add_test(by_hand, an_empty_pool_plans_nothing);
    tcase_add_test(by_hand, persons_of_one_visit_start_together);
    tcase_add_test(by_hand, one_of_the_staff_holds_the_tag);
    tcase_add_test(by_hand, memory_runs_out);
    suite_add_tcase(suite, by_hand);
    tcase_add_checked_fixture(with_link, set_up_with_link, tear_down);
    tcase_add_test(with_link, gaps_of_links_hold);
    tcase_add_test(with_link, a_link_to_an_unplanned_visit_is_void);
    suite_add_tcase(suite, with_link);
    tcase_set_timeout(drawn, 60);
    tcase_add_loop_test(drawn, plans_put_together_hold, 0, 6);
    suite_add_tcase(suite, drawn);
    return ht_run_suite(suite);
}
