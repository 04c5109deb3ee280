/* Instances of vehicle routing with time windows as problems: what the search finds costs what it says, and holds. */
#include "model/vrptw_problem.h"

#include "base/rng.h"
#include "solver/solve.h"
#include "tests/support.h"

enum { PLACES = 13, CASES = 20, WORK = 2000 };

static ht_arena arena;
static ht_err err;
static ht_vrptw instance;
static ht_vrptw_place place[PLACES];
static ht_vrptw_problem built;

static void set_up(void) {
    ht_err_init(&err);
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

/* A depot in the middle of customers, each with a window, in reach of the depot. */
static void draw(uint64_t seed) {
    ht_rng rng;
    ht_rng_init(&rng, seed, 0);
    place[0] = (ht_vrptw_place){.x = 50, .y = 50, .due = 4000, .service = 10 * ht_rng_below(&rng, 2)};
    for (int32_t i = 1; i < PLACES; i++) {
        place[i] = (ht_vrptw_place){.x = ht_rng_below(&rng, 100),
                                    .y = ht_rng_below(&rng, 100),
                                    .demand = ht_rng_below(&rng, 10),
                                    .ready = 720 + ht_rng_below(&rng, 1500),
                                    .service = 10 * ht_rng_below(&rng, 10)};
        place[i].due = place[i].ready + ht_rng_below(&rng, 600);
    }
    instance = (ht_vrptw){.vehicles = PLACES, .capacity = 9 + ht_rng_below(&rng, 20), .places = PLACES, .place = place};
}

static void build(void) {
    ck_assert_int_eq(ht_vrptw_problem_build(&instance, &arena, &built, &err), HT_OK);
}

START_TEST(what_the_search_says_is_what_a_solution_costs) {
    ht_vrptw_solution solution;
    ht_vrptw_cost cost;
    ht_solve_result result;
    ht_solve_options options = {.seed = 1, .work = WORK, .threads = 1};
    draw((uint64_t)_i);
    build();
    ck_assert_int_eq(ht_solve(&built.problem, &options, &arena, &result, &err), HT_OK);
    ck_assert_int_eq(result.best.values.component[HT_C_UNPLANNED], 0);
    ck_assert(ht_vrptw_problem_solution(&built, &result.best, &arena, &solution));
    ck_assert_int_eq(ht_vrptw_evaluate(&instance, &solution, &cost, &err), HT_OK);
    ck_assert_msg(cost.broken == 0, "%s", cost.first);
    ck_assert_int_eq(cost.distance, result.best.values.level[0]);
}
END_TEST

/* Two customers, one vehicle: its capacity decides. */
static int64_t planned_with(int32_t capacity) {
    place[0] = (ht_vrptw_place){.due = 10000};
    place[1] = (ht_vrptw_place){.x = 10, .demand = 6, .due = 9000};
    place[2] = (ht_vrptw_place){.x = 20, .demand = 5, .due = 9000};
    instance = (ht_vrptw){.vehicles = 1, .capacity = capacity, .places = 3, .place = place};
    build();
    ht_solve_result result;
    ht_vrptw_solution solution;
    ht_solve_options options = {.seed = 1, .work = WORK, .threads = 1};
    ck_assert_int_eq(ht_solve(&built.problem, &options, &arena, &result, &err), HT_OK);
    ck_assert(ht_vrptw_problem_solution(&built, &result.best, &arena, &solution));
    return solution.routes > 0 ? solution.first[solution.routes] : 0;
}

START_TEST(a_vehicle_carries_no_more_than_its_capacity) {
    ck_assert_int_eq(planned_with(11), 2);
    ck_assert_int_eq(planned_with(10), 1);
    ck_assert_int_eq(planned_with(4), 0);
}
END_TEST

/* A customer far away is worth the way. */
START_TEST(no_way_is_too_long_to_serve_a_customer) {
    place[0] = (ht_vrptw_place){.due = 1000000};
    place[1] = (ht_vrptw_place){.x = 1, .due = 1000000};
    place[2] = (ht_vrptw_place){.x = 30000, .due = 1000000};
    instance = (ht_vrptw){.vehicles = 2, .capacity = 0, .places = 3, .place = place};
    build();
    const ht_problem *q = &built.problem;
    int64_t weight = (int64_t)q->objective.level[0].weight[HT_C_UNPLANNED] * q->visit[0].weight;
    ck_assert_int_gt(weight, 2 * 300000 + 2 * 10);
}
END_TEST

START_TEST(a_solution_lists_the_routes_in_use_by_time) {
    draw(1);
    instance.places = 5;
    build();
    int32_t shift[] = {4, 1, HT_NOBODY, 4}, start[] = {900, 800, 0, 850};
    ht_vrptw_solution solution;
    ck_assert(ht_vrptw_problem_solution(&built, &(ht_solution){.shift = shift, .start = start}, &arena, &solution));
    ck_assert_int_eq(solution.routes, 2);
    ck_assert_int_eq(solution.first[1], 1);
    ck_assert_int_eq(solution.first[2], 3);
    ck_assert_int_eq(solution.stop[0], 2);
    ck_assert_int_eq(solution.stop[1], 4);
    ck_assert_int_eq(solution.stop[2], 1);
}
END_TEST

START_TEST(memory_runs_out) {
    draw(2);
    bool made = false;
    for (int32_t calls = 0; !made; calls++) {
        ht_limited_memory memory;
        ht_arena scratch;
        ck_assert_int_lt(calls, 100);
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&scratch, &memory.allocator);
        ht_status status = ht_vrptw_problem_build(&instance, &scratch, &built, &err);
        made = status == HT_OK;
        ck_assert(made || status == HT_ENOMEM);
        ck_assert(calls > 0 || !made);
        ht_arena_release(&scratch);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("vrptw_problem");
    TCase *tests = tcase_create("vrptw_problem");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, what_the_search_says_is_what_a_solution_costs, 0, CASES);
    tcase_add_test(tests, a_vehicle_carries_no_more_than_its_capacity);
    tcase_add_test(tests, no_way_is_too_long_to_serve_a_customer);
    tcase_add_test(tests, a_solution_lists_the_routes_in_use_by_time);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
