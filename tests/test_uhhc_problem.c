/* Published home care instances as problems of the search: each rule becomes what the search knows, and what the search
 * says of a plan is what the set's own evaluator counts. */
#include "model/uhhc_problem.h"

#include <unistd.h>

#include "base/rng.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "solver/solve.h"
#include "tests/support.h"

#define SETS HT_SOURCE_DIR "/../shared/benchmarks/"

enum { PATIENTS = 8, CAREGIVERS = 3, PLACES = PATIENTS + 2, SERVICES = 2, DRAWN = 600, EACH = 20 };

static ht_arena arena;
static ht_err err;
static ht_uhhc_problem built;

/* A small instance: the depots are places 0 and 1, patient i is at place 2 + i. */
static ht_uhhc u;
static ht_uhhc_patient patient[PATIENTS];
static ht_uhhc_caregiver caregiver[CAREGIVERS];
static int32_t distance[PLACES * PLACES];
static uint8_t able[CAREGIVERS * SERVICES], preferred[PATIENTS * CAREGIVERS], incompatible[PATIENTS * CAREGIVERS];

static void set_up(void) {
    ht_err_init(&err);
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

static void build(const ht_uhhc *instance) {
    ck_assert_msg(ht_uhhc_problem_build(instance, &arena, &built, &err) == HT_OK, "%s", err.text);
}

/* ---- rules, one by one ---- */

/* Two patients with two services and a window from 100 to 200; two caregivers who can do both, from 0 to 1000; a whole unit
 * is 10 parts. */
static void make_small(void) {
    memset(preferred, 0, sizeof preferred);
    memset(incompatible, 0, sizeof incompatible);
    memset(able, 1, sizeof able);
    for (int32_t i = 0; i < PLACES * PLACES; i++)
        distance[i] = i % (PLACES + 1) == 0 ? 0 : 30;
    for (int32_t i = 0; i < 2; i++) {
        patient[i] = (ht_uhhc_patient){.id = i == 0 ? "p0" : "p1",
                                       .place = 2 + i,
                                       .needs = 2,
                                       .windows = 1,
                                       .need = {{0, 20}, {1, 40}},
                                       .window = {{100, 200}}};
        caregiver[i] = (ht_uhhc_caregiver){.id = i == 0 ? "c0" : "c1", .arrives = 1, .shift_end = 1000};
    }
    u = (ht_uhhc){.scale = 10,
                  .divisor = 1,
                  .patients = 2,
                  .caregivers = 2,
                  .services = SERVICES,
                  .places = PLACES,
                  .patient = patient,
                  .caregiver = caregiver,
                  .distance = distance,
                  .able = able,
                  .preferred = preferred,
                  .incompatible = incompatible,
                  .weight = {[HT_UHHC_TRAVEL] = 3, [HT_UHHC_PREFERENCES] = 5, [HT_UHHC_OPTIONAL] = 80}};
}

static const ht_visit *visit_of(int32_t task) {
    return &built.problem.visit[built.problem.visit_of_task[task]];
}

START_TEST(services_that_must_be_made_are_visits_of_their_own) {
    make_small();
    build(&u);
    ck_assert_int_eq(built.problem.visits, 4);
    ck_assert_int_eq(built.problem.tasks, 4);
    for (int32_t t = 0; t < 4; t++) {
        ck_assert_int_eq(visit_of(t)->need, 1);
        ck_assert_int_eq(visit_of(t)->earliest, 100);
        ck_assert_int_eq(visit_of(t)->place, 2 + t / 2);
        ck_assert_int_eq(built.problem.task[t].service, t % 2 == 0 ? 20 : 40);
        ck_assert_int_eq(built.problem.task[t].due, 200);
        ck_assert(built.problem.task[t].counts_late);
        ck_assert_int_eq(built.patient_of_task[t], t / 2);
        ck_assert_int_eq(built.need_of_task[t], t % 2);
    }
}
END_TEST

START_TEST(services_of_an_optional_patient_are_made_both_or_not_at_all) {
    make_small();
    patient[0].optional = true;
    build(&u);
    ck_assert_int_eq(built.problem.visits, 3);
    ck_assert_int_eq(visit_of(0)->need, 2);
    ck_assert_int_eq(visit_of(0)->weight * 2, 80 * 10);
    ck_assert_int_gt(visit_of(2)->weight, 1000 * 10); /* who must be served weighs more than anything */
    ck_assert_int_le(built.problem.task[1].lag_min, -1000000);
    ck_assert_int_ge(built.problem.task[1].lag_max, 1000000);
}
END_TEST

START_TEST(pairs_keep_their_gap) {
    make_small();
    patient[0].pair = HT_UHHC_SIMULTANEOUS;
    patient[1].pair = HT_UHHC_SEQUENTIAL;
    patient[1].gap_min = 15;
    patient[1].gap_max = 35;
    build(&u);
    ck_assert_int_eq(built.problem.visits, 2);
    ck_assert_int_eq(built.problem.task[1].lag_min, 0);
    ck_assert_int_eq(built.problem.task[1].lag_max, 0);
    ck_assert_int_eq(built.problem.task[3].lag_min, 15);
    ck_assert_int_eq(built.problem.task[3].lag_max, 35);
    ck_assert_int_eq(built.problem.task[2].lag_min, 0);
    ck_assert_int_eq(built.problem.task[2].lag_max, 0);
}
END_TEST

START_TEST(a_service_that_must_end_in_its_window_is_due_so_much_earlier) {
    make_small();
    u.met = HT_UHHC_MET_AT_END;
    build(&u);
    ck_assert_int_eq(built.problem.task[0].due, 180);
    ck_assert_int_eq(built.problem.task[1].due, 160);
}
END_TEST

START_TEST(who_can_and_may_and_is_preferred) {
    make_small();
    able[0 * SERVICES + 1] = 0;  /* c0 cannot do service 1 */
    incompatible[1 * 2 + 1] = 1; /* p1 and c1 */
    patient[0].has_preference = true;
    preferred[1] = 1; /* p0 prefers c1 */
    build(&u);
    static const uint8_t ABLE[] = {1, 1, 0, 1, 1, 0, 0, 0}, UNMET[] = {1, 0, 0, 0};
    ck_assert_mem_eq(built.problem.able, ABLE, sizeof ABLE);
    ck_assert_mem_eq(built.problem.wishes_unmet, UNMET, sizeof UNMET);
}
END_TEST

START_TEST(a_shift_ends_late_unless_that_must_not_be) {
    make_small();
    build(&u);
    ck_assert_int_eq(built.problem.shift[0].end, 1000);
    ck_assert_int_ge(built.problem.shift[0].latest_end, 1000000);
    u.hard[HT_UHHC_EXTRA] = true;
    build(&u);
    ck_assert_int_eq(built.problem.shift[0].latest_end, 1000);
    ck_assert_int_eq(built.problem.shift[1].start_place, 0);
    ck_assert_int_eq(built.problem.shift[1].end_place, 1);
}
END_TEST

START_TEST(a_solution_comes_back_in_the_order_of_time) {
    make_small();
    patient[1].optional = true;
    build(&u);
    ck_assert_int_eq(built.problem.tasks, 4);
    int32_t shift[] = {1, 1, HT_NOBODY, HT_NOBODY}, start[] = {160, 100, 0, 0};
    ht_solution solution = {.shift = shift, .start = start};
    ht_uhhc_solution out;
    ck_assert(ht_uhhc_problem_solution(&built, &solution, &arena, &out));
    int32_t stops = 0;
    for (int32_t i = 0; i < out.routes; i++) {
        stops += out.route[i].stops;
        if (out.route[i].caregiver == 0)
            ck_assert_int_eq(out.route[i].stops, 0);
    }
    ck_assert_int_eq(stops, 2);
    const ht_uhhc_stop *stop = out.route[1].stop;
    ck_assert_int_eq(out.route[1].caregiver, 1);
    ck_assert(stop[0].patient == 0 && stop[0].service == 1 && stop[0].start == 100 && stop[0].end == 140);
    ck_assert(stop[1].patient == 0 && stop[1].service == 0 && stop[1].start == 160 && stop[1].end == 180);
}
END_TEST

START_TEST(a_plan_without_one_who_must_be_served_has_no_cost) {
    int64_t cost;
    ht_values values = {.component = {0}};
    make_small();
    patient[1].optional = true;
    build(&u);
    values.level[0] = 77;
    values.component[HT_C_UNPLANNED] = 80 * 10;
    ck_assert(ht_uhhc_problem_cost(&built, &values, &cost));
    ck_assert_int_eq(cost, 77);
    values.component[HT_C_UNPLANNED] = visit_of(0)->weight;
    ck_assert(!ht_uhhc_problem_cost(&built, &values, &cost));
    values.component[HT_C_UNPLANNED] = 0;
    values.component[HT_C_OVERTIME] = 1;
    ck_assert(ht_uhhc_problem_cost(&built, &values, &cost));
    u.hard[HT_UHHC_EXTRA] = true;
    ck_assert(!ht_uhhc_problem_cost(&built, &values, &cost));
}
END_TEST

START_TEST(memory_runs_out) {
    bool enough = false;
    int32_t failures = 0, shift[] = {0, 0, 1, 1}, start[] = {100, 150, 100, 150};
    ht_solution solution = {.shift = shift, .start = start};
    make_small();
    for (int32_t calls = 0; !enough; calls++) {
        ht_limited_memory memory;
        ht_arena small;
        ht_uhhc_solution out;
        ck_assert_int_lt(calls, 100);
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&small, &memory.allocator);
        ht_status status = ht_uhhc_problem_build(&u, &small, &built, &err);
        ck_assert(status == HT_OK || status == HT_ENOMEM);
        enough = status == HT_OK && ht_uhhc_problem_solution(&built, &solution, &small, &out);
        failures += !enough;
        ht_arena_release(&small);
    }
    ck_assert_int_gt(failures, 0);
}
END_TEST

/* ---- what the search says is what the set counts ---- */

static ht_rng rng;

static int32_t between(int32_t least, int32_t most) {
    return least + ht_rng_below(&rng, most - least + 1);
}

static bool chance(int32_t percent) {
    return ht_rng_below(&rng, 100) < percent;
}

static void draw_patient(int32_t i) {
    static const char *const ID[PATIENTS] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"};
    ht_uhhc_patient *p = &patient[i];
    *p = (ht_uhhc_patient){.id = ID[i], .place = 2 + i, .needs = between(1, 2), .windows = 1};
    p->need[0] = (ht_uhhc_need){0, between(5, 40)};
    p->need[1] = (ht_uhhc_need){1, between(5, 40)};
    p->window[0].start = between(0, 300);
    p->window[0].end = p->window[0].start + between(0, 120);
    if (chance(30)) {
        p->windows = 2;
        p->window[1].start = p->window[0].end + between(1, 100);
        p->window[1].end = p->window[1].start + between(0, 100);
    }
    p->pair = (ht_uhhc_pair)between(HT_UHHC_INDEPENDENT, HT_UHHC_SEQUENTIAL);
    p->gap_min = between(0, 40);
    p->gap_max = p->gap_min + (chance(30) ? 0 : between(0, 60));
    p->optional = chance(25);
    p->has_preference = chance(40);
    for (int32_t c = 0; c < u.caregivers; c++) {
        preferred[i * u.caregivers + c] = (uint8_t)chance(50);
        incompatible[i * u.caregivers + c] = (uint8_t)chance(10);
    }
}

static void draw_caregiver(int32_t i) {
    static const char *const ID[CAREGIVERS] = {"c0", "c1", "c2"};
    caregiver[i] = (ht_uhhc_caregiver){
        .id = ID[i], .departs = between(0, 1), .arrives = between(0, 1), .shift_start = between(0, 60)};
    caregiver[i].shift_end = caregiver[i].shift_start + between(150, 500);
    caregiver[i].lunch = chance(50);
    for (int32_t s = 0; s < SERVICES; s++)
        able[i * SERVICES + s] = (uint8_t)chance(80);
}

/* The search does not know the balance of workloads. */
static void draw(uint64_t seed) {
    ht_rng_init(&rng, seed, 0);
    make_small();
    u.scale = chance(50) ? 1 : 10;
    u.divisor = chance(50) ? 1 : 3;
    u.met = chance(50) ? HT_UHHC_MET_AT_START : HT_UHHC_MET_AT_END;
    u.patients = between(1, PATIENTS);
    u.caregivers = between(1, CAREGIVERS);
    for (int32_t i = 0; i < PLACES * PLACES; i++)
        distance[i] = i % (PLACES + 1) == 0 ? 0 : between(0, 40);
    for (int32_t i = 0; i < u.caregivers; i++)
        draw_caregiver(i);
    for (int32_t i = 0; i < u.patients; i++)
        draw_patient(i);
    u.lunch.start = between(50, 250);
    u.lunch_length = between(1, 30);
    u.lunch.end = u.lunch.start + u.lunch_length + between(0, 100);
    for (int32_t part = 0; part < HT_UHHC_BALANCE; part++)
        u.weight[part] = chance(25) ? 0 : between(1, 10);
    u.weight[HT_UHHC_OPTIONAL] = 20 * between(1, 10);
    u.hard[HT_UHHC_TARDINESS] = chance(15);
    u.hard[HT_UHHC_EXTRA] = chance(15);
    u.hard[HT_UHHC_LUNCH] = chance(15);
}

/* Plans of more and less search; returns how many of them are feasible. */
static int32_t compare(const ht_uhhc *instance, uint64_t seed) {
    static const int64_t WORK[] = {8, 60, 600};
    int32_t feasible = 0;
    build(instance);
    for (size_t i = 0; i < sizeof WORK / sizeof WORK[0]; i++) {
        ht_solve_options options = {.seed = (int64_t)seed, .work = WORK[i], .threads = 1};
        ht_solve_result result;
        ht_uhhc_solution solution;
        ht_uhhc_cost counted;
        int64_t cost;
        ck_assert_msg(ht_solve(&built.problem, &options, &arena, &result, &err) == HT_OK, "%s", err.text);
        ck_assert(ht_uhhc_problem_solution(&built, &result.best, &arena, &solution));
        ck_assert_int_eq(ht_uhhc_evaluate(instance, &solution, &counted, &err), HT_OK);
        bool holds = ht_uhhc_problem_cost(&built, &result.best.values, &cost);
        ck_assert_msg(holds == (counted.broken == 0), "seed %d: the search says %d: %s", (int)seed, holds,
                      counted.first);
        if (!holds)
            continue;
        feasible++;
        ck_assert_msg(cost == counted.total, "seed %d: the search says %ld, the set %ld", (int)seed, (long)cost,
                      (long)counted.total);
    }
    return feasible;
}

START_TEST(the_search_counts_as_the_set_does) {
    int32_t feasible = 0;
    for (int32_t i = 0; i < EACH; i++) {
        uint64_t seed = (uint64_t)_i * EACH + (uint64_t)i;
        draw(seed);
        feasible += compare(&u, seed);
        ht_arena_clear(&arena);
    }
    ck_assert_int_ge(feasible, EACH / 2);
}
END_TEST

/* ---- the sets, where they are ---- */

static const char *const INSTANCE[] = {"hhcrsp-mankowska/instances/InstanzCPLEX_HCSRP_10_1.txt",
                                       "hhcrsp-mankowska/instances/InstanzCPLEX_HCSRP_25_6.txt",
                                       "hhcrsp-mankowska/instances/InstanzVNS_HCSRP_100_3.txt"};

static const char *const UNIFIED[] = {
    "uhhc-2026/validation/i-077.json",   "uhhc-2026/validation/i-083.json",   "uhhc-2026/validation/i-116.json",
    "uhhc-2026/validation/i-134.json",   "uhhc-2026/validation/i-219.json",   "uhhc-2026/validation/i-235.json",
    "uhhc-2026/validation/i-247.json",   "uhhc-2026/validation/i-316.json",   "uhhc-2026/validation/i-369.json",
    "uhhc-2026/small/instance-000.json", "uhhc-2026/small/instance-001.json", "uhhc-2026/small/instance-002.json",
    "uhhc-2026/small/instance-003.json", "uhhc-2026/small/instance-004.json", "uhhc-2026/small/instance-005.json",
    "uhhc-2026/small/instance-006.json", "uhhc-2026/small/instance-007.json", "uhhc-2026/small/instance-008.json",
    "uhhc-2026/small/instance-009.json"};

/* False where the instance is not there. */
static bool is_there(const char *name, char path[512]) {
    snprintf(path, 512, SETS "%s", name);
    if (access(path, R_OK) == 0)
        return true;
    printf("skipped: there is no %s\n", path);
    return false;
}

START_TEST(the_search_counts_as_mankowska_does) {
    char path[512];
    ht_uhhc instance;
    if (!is_there(INSTANCE[_i], path))
        return;
    ck_assert_msg(ht_mankowska_read(path, &instance, &err) == HT_OK, "%s", err.text);
    for (uint64_t seed = 1; seed <= 3; seed++)
        ck_assert_int_eq(compare(&instance, seed), 3);
    ht_uhhc_release(&instance);
}
END_TEST

START_TEST(the_search_counts_as_the_unified_set_does) {
    char path[512];
    ht_uhhc instance;
    if (!is_there(UNIFIED[_i], path))
        return;
    ck_assert_msg(ht_uhhc_read(path, &instance, &err) == HT_OK, "%s", err.text);
    compare(&instance, 1);
    ht_uhhc_release(&instance);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("uhhc_problem");
    TCase *rules = tcase_create("rules"), *costs = tcase_create("costs");
    tcase_add_checked_fixture(rules, set_up, tear_down);
    tcase_add_test(rules, services_that_must_be_made_are_visits_of_their_own);
    tcase_add_test(rules, services_of_an_optional_patient_are_made_both_or_not_at_all);
    tcase_add_test(rules, pairs_keep_their_gap);
    tcase_add_test(rules, a_service_that_must_end_in_its_window_is_due_so_much_earlier);
    tcase_add_test(rules, who_can_and_may_and_is_preferred);
    tcase_add_test(rules, a_shift_ends_late_unless_that_must_not_be);
    tcase_add_test(rules, a_solution_comes_back_in_the_order_of_time);
    tcase_add_test(rules, a_plan_without_one_who_must_be_served_has_no_cost);
    tcase_add_test(rules, memory_runs_out);
    suite_add_tcase(suite, rules);
    tcase_add_checked_fixture(costs, set_up, tear_down);
    tcase_set_timeout(costs, 120);
    tcase_add_loop_test(costs, the_search_counts_as_the_set_does, 0, DRAWN / EACH);
    tcase_add_loop_test(costs, the_search_counts_as_mankowska_does, 0, (int)(sizeof INSTANCE / sizeof INSTANCE[0]));
    tcase_add_loop_test(costs, the_search_counts_as_the_unified_set_does, 0, (int)(sizeof UNIFIED / sizeof UNIFIED[0]));
    suite_add_tcase(suite, costs);
    return ht_run_suite(suite);
}
