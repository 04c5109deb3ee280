/* Weights of the search: what is weighed costs something, a step of a level outweighs one of the next, all fits 64 bits. */
#include "solver/tuning.h"

#include "tests/support.h"
#include "tests/support_search.h"

enum { LEG = 600, VISITS = 5000, LATE_STEP = 60 };

static ht_arena arena;

static void set_up(void) {
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

/* Visits of these weights in turn, every leg LEG seconds. */
static ht_problem even_problem(const char *levels, int32_t visits, int32_t least, int32_t most) {
    enum { PLACES = 10 };
    int32_t *travel = HT_ARENA_NEW(&arena, PLACES * PLACES, int32_t);
    ht_visit *visit = HT_ARENA_NEW(&arena, visits, ht_visit);
    ck_assert(travel && visit);
    for (int32_t i = 0; i < PLACES * PLACES; i++)
        travel[i] = i % (PLACES + 1) == 0 ? 0 : LEG;
    for (int32_t v = 0; v < visits; v++)
        visit[v] = (ht_visit){.place = v % PLACES, .need = 1, .weight = v % 2 ? most : least};
    return (ht_problem){
        .visits = visits, .places = PLACES, .visit = visit, .travel = {travel}, .objective = problem_objective(levels)};
}

static const char *const LEVELS[] = {
    "coverage: 1*unplanned|promise: 1*lateness|continuity: 1*continuity|cost: 1*travel + 2*overtime + 300*unmet_wishes",
    "coverage: 1*unplanned|promise: 1*lateness|cost: 300*continuity + 1*travel + 2*overtime + 300*unmet_wishes",
    "coverage: 1*unplanned|promise: 1*lateness|cost: 1*travel + 2*overtime + 300*unmet_wishes|contact: 1*continuity",
    "sum: 1000*unplanned + 1*travel",
    "a: 7*continuity|b: 3*travel|c: 5*unplanned|d: 1*lateness|e: 2*unmet_wishes|f: 1*overtime"};

static bool weighs(const ht_problem *p, ht_component c) {
    for (int32_t l = 0; l < p->objective.levels; l++)
        if (p->objective.level[l].weight[c] > 0)
            return true;
    return false;
}

START_TEST(what_is_weighed_costs_something) {
    ht_problem p = even_problem(LEVELS[_i], 10, 1, 100);
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        ck_assert(weighs(&p, c) ? tuning.anneal.component[c] > 0 : tuning.anneal.component[c] == 0);
        ck_assert(weighs(&p, c) ? tuning.fill.component[c] > 0 : tuning.fill.component[c] == 0);
    }
}
END_TEST

/* What one step of a component costs: the least visit, a minute, a point, a wish, a leg. */
static ht_cost step_cost(const ht_weights *weights, ht_component c) {
    static const int32_t STEP[HT_COMPONENTS] = {
        [HT_C_UNPLANNED] = 1, [HT_C_LATE] = LATE_STEP,     [HT_C_CONTINUITY] = 1,
        [HT_C_WISHES] = 1,    [HT_C_OVERTIME] = LATE_STEP, [HT_C_TRAVEL] = LEG};
    return STEP[c] * weights->component[c];
}

/* Three times; weights are rounded. */
START_TEST(a_step_of_a_level_outweighs_one_of_the_next) {
    ht_problem p = even_problem(LEVELS[_i], 10, 1, 100);
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    for (int32_t l = 0; l + 1 < p.objective.levels; l++)
        for (ht_component c = 0; c < HT_COMPONENTS; c++)
            for (ht_component d = 0; d < HT_COMPONENTS; d++)
                if (p.objective.level[l].weight[c] > 0 && p.objective.level[l + 1].weight[d] > 0)
                    ck_assert_msg(10 * step_cost(&tuning.anneal, c) > 29 * step_cost(&tuning.anneal, d),
                                  "a step of %s costs %ld, one of %s below it %ld", ht_component_name(c),
                                  (long)step_cost(&tuning.anneal, c), ht_component_name(d),
                                  (long)step_cost(&tuning.anneal, d));
}
END_TEST

START_TEST(parts_of_one_level_keep_their_proportion) {
    ht_problem p = even_problem(LEVELS[1], 10, 1, 100);
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    const ht_cost *w = tuning.anneal.component;
    ck_assert_int_eq(w[HT_C_TRAVEL], HT_COST_UNIT);
    ck_assert_int_eq(w[HT_C_OVERTIME], 2 * w[HT_C_TRAVEL]);
    ck_assert_int_eq(w[HT_C_WISHES], 300 * w[HT_C_TRAVEL]);
    ck_assert_int_eq(w[HT_C_CONTINUITY], 300 * w[HT_C_TRAVEL]);
}
END_TEST

START_TEST(the_search_cools) {
    for (uint64_t seed = 0; seed < 40; seed++) {
        const ht_problem *p = problem_draw(seed, &problem_any, &arena);
        ht_tuning tuning;
        ht_tune(p, &tuning);
        const ht_stream_options *o = &tuning.options;
        ck_assert(o->cold > 0 && o->cold <= o->hot);
        ck_assert(o->fill_cold > 0 && o->fill_cold <= o->fill_hot);
        ck_assert(o->blink >= 0 && o->blink < 1);
        ck_assert_int_gt(o->ruin.removed, 0);
        ck_assert_int_gt(o->ruin.longest_string, 0);
        ck_assert(o->ruin.random_share + o->ruin.client_share + o->ruin.person_share + o->ruin.shift_share <= 1);
    }
}
END_TEST

/* However little a level weighs beside the others, what is weighed in it keeps its proportions. */
START_TEST(weights_of_a_level_keep_their_proportions) {
    ht_problem p = even_problem(LEVELS[2], 10, 1, 100);
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    const ht_cost *w = tuning.anneal.component;
    ck_assert_int_ge(w[HT_C_TRAVEL], HT_COST_UNIT);
    ck_assert_int_le(llabs((long long)(w[HT_C_OVERTIME] - 2 * w[HT_C_TRAVEL])), 2);
    ck_assert_int_le(llabs((long long)(w[HT_C_WISHES] - 300 * w[HT_C_TRAVEL])), 300);
}
END_TEST

/* ---- extremes ---- */

static const char *const EXTREME[] = {
    "coverage: 1*unplanned|promise: 1*lateness|continuity: 1*continuity|cost: 1*travel + 2*overtime + 300*unmet_wishes",
    "a: 1000000*unplanned|b: 1000000*lateness|c: 1000000*continuity|d: 1000000*travel",
    "a: 1*unplanned|b: 1000000*lateness + 1*overtime|c: 1000000*travel + 1*continuity|d: 1000000*unmet_wishes + "
    "1*waiting",
    "a: 1*unplanned + 1000000*travel|b: 1*continuity + 1000000*travel|c: 1*unmet_wishes + 1000000*travel|"
    "d: 1*staff_used + 1000000*travel|e: 1*unplanned + 1000000*travel|f: 1*continuity + 1000000*lateness|"
    "g: 1*continuity + 1000000*overtime|h: 1000000*travel"};

/* What the sums of a plan can come to: all unplanned; or all late, over time and far away for a day each. */
START_TEST(no_sum_leaves_64_bits) {
    ht_problem p = even_problem(EXTREME[_i], VISITS, 1, HT_WEIGHT_MAX);
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    const ht_weights *of[] = {&tuning.anneal, &tuning.fill};
    for (int32_t i = 0; i < 2; i++)
        for (ht_component c = 0; c < HT_COMPONENTS; c++) {
            double most = c == HT_C_UNPLANNED ? (double)HT_WEIGHT_MAX : 86400;
            ht_cost weight = of[i]->component[c];
            ck_assert(weight >= 0 && weight < INT64_MAX / 4);
            ck_assert(weighs(&p, c) == (weight > 0));
            ck_assert_msg((double)weight * most * VISITS < 0x1p62, "%s: a unit costs %ld", ht_component_name(c),
                          (long)weight);
        }
    ck_assert(tuning.options.hot > 0 && tuning.options.hot < 0x1p62);
    ck_assert(tuning.options.cold > 0 && tuning.options.cold <= tuning.options.hot);
}
END_TEST

START_TEST(without_visits_or_places_weights_are_sound) {
    ht_problem p = {.objective = problem_objective(LEVELS[0])};
    ht_tuning tuning;
    ht_tune(&p, &tuning);
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        ck_assert(weighs(&p, c) == (tuning.anneal.component[c] > 0));
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

int main(void) {
    Suite *suite = suite_create("tuning");
    TCase *tests = tcase_create("tuning");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, what_is_weighed_costs_something, 0, COUNT(LEVELS));
    tcase_add_loop_test(tests, a_step_of_a_level_outweighs_one_of_the_next, 0, COUNT(LEVELS));
    tcase_add_test(tests, parts_of_one_level_keep_their_proportion);
    tcase_add_test(tests, weights_of_a_level_keep_their_proportions);
    tcase_add_test(tests, the_search_cools);
    tcase_add_loop_test(tests, no_sum_leaves_64_bits, 0, COUNT(EXTREME));
    tcase_add_test(tests, without_visits_or_places_weights_are_sound);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
