/* Solving: the best plan of small problems, the same plan whatever the threads, an end when it is asked for. */
#include "solver/solve.h"

#include "base/clock.h"
#include "tests/support.h"
#include "tests/support_plain.h"

enum { CASES = 300, APART = 200, EACH = 20, BASE_PLANS = 100, WORK = 1000, MORE_WORK = 40000 };

static ht_arena arena;
static ht_err err;

static void set_up(void) {
    ht_arena_init(&arena, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

/* ---- every plan of a small problem ---- */

typedef struct force {
    const ht_problem *problem;
    ht_problem loose; /* no travel, no breaks: what does not fit here fits with no other visit either */
    plain_plan plan;
    ht_values best;
    bool found;
} force;

static void relax(force *f) {
    const ht_problem *p = f->problem;
    f->loose = *p;
    ht_shift *shift = HT_ARENA_NEW(&arena, p->shifts, ht_shift);
    for (int32_t s = 0; s < p->shifts; s++) {
        shift[s] = p->shift[s];
        shift[s].break_length = 0;
    }
    f->loose.shift = shift;
    for (int32_t m = 0; m < HT_MODES; m++)
        f->loose.travel[m] = HT_ARENA_NEW(&arena, p->places * p->places, int32_t);
}

/* Windows, services, blocks and links leave room. */
static bool may_fit(force *f) {
    plain_plan plan = f->plan;
    plan.problem = &f->loose;
    for (int32_t s = 0; s < f->problem->shifts; s++)
        plan.route[s].break_leg = PLAIN_NO_BREAK;
    return plain_time(&plan);
}

static bool is_better(const force *f, const ht_values *values) {
    return !f->found || ht_values_compare(values, &f->best, &f->problem->objective) < 0;
}

/* Tries to let the visits from here on wait for their usual start, or not; only where a level asks for that. */
static void try_waits(force *f, int32_t visit) {
    const ht_problem *p = f->problem;
    ht_values values;
    for (; visit < p->visits && p->usual_start; visit++) {
        int32_t from = p->usual_start[visit] == HT_BLANK ? 0 : p->usual_start[visit] - HT_USUAL_START_TOLERANCE;
        if (from <= p->visit[visit].earliest || from > p->visit[visit].latest || !plain_is_planned(&f->plan, visit))
            continue;
        f->plan.floor[p->visit[visit].first_task] = from;
        try_waits(f, visit + 1);
        f->plan.floor[p->visit[visit].first_task] = 0;
    }
    if (!plain_time(&f->plan))
        return;
    plain_values(&f->plan, &values);
    if (!is_better(f, &values))
        return;
    f->best = values;
    f->found = true;
}

/* Tries the breaks of the shifts from here on at every leg. */
static void try_breaks(force *f, int32_t shift) {
    if (shift < f->problem->shifts) {
        plain_route *route = &f->plan.route[shift];
        if (f->problem->shift[shift].break_length == 0 || !plain_uses(&f->plan, shift)) {
            try_breaks(f, shift + 1);
            return;
        }
        for (route->break_leg = 0; route->break_leg <= route->count; route->break_leg++)
            try_breaks(f, shift + 1);
        route->break_leg = 0;
        return;
    }
    try_waits(f, 0);
}

static void try_plan(force *f) {
    ht_values bound;
    plain_values_untimed(&f->plan, &bound);
    if (is_better(f, &bound) && plain_allowed(&f->plan))
        try_breaks(f, 0);
}

static void try_visit(force *f, int32_t visit);

/* Tries the task at every place of every route, then the visit's other tasks. */
static void try_task(force *f, int32_t visit, int32_t task) {
    const ht_visit *v = &f->problem->visit[visit];
    if (task == v->first_task + v->need) {
        if (may_fit(f))
            try_visit(f, visit + 1);
        return;
    }
    for (int32_t s = 0; s < f->problem->shifts; s++) {
        if (!f->problem->able[task * f->problem->staff + f->problem->shift[s].staff])
            continue;
        int32_t places = f->plan.route[s].count + 1;
        for (int32_t at = 0; at < places; at++) {
            plain_insert(&f->plan, task, s, at);
            try_task(f, visit, task + 1);
            plain_remove(&f->plan, s, at);
        }
    }
}

/* All visits from here on: planned somewhere, or not. */
static void try_visit(force *f, int32_t visit) {
    if (visit == f->problem->visits) {
        try_plan(f);
        return;
    }
    try_task(f, visit, f->problem->visit[visit].first_task);
    try_visit(f, visit + 1);
}

static ht_values best_of_all(const ht_problem *problem) {
    force f = {.problem = problem};
    relax(&f);
    plain_clear(&f.plan, problem);
    try_visit(&f, 0);
    ck_assert(f.found);
    return f.best;
}

/* ---- solving ---- */

static void same_levels(const ht_problem *problem, const ht_solution *solution) {
    plain_plan plan;
    ht_values values;
    ck_assert_msg(plain_from_solution(&plan, problem, solution), "a hard rule is broken");
    plain_values(&plan, &values);
    for (int32_t l = 0; l < problem->objective.levels; l++)
        ck_assert_msg(solution->values.level[l] == values.level[l], "level %s is %ld, plainly %ld",
                      problem->objective.level[l].name, (long)solution->values.level[l], (long)values.level[l]);
}

static ht_solve_result solve(const ht_problem *problem, int64_t seed, int64_t work, int32_t threads) {
    ht_solve_options options = {.seed = seed, .work = work, .threads = threads};
    ht_solve_result result;
    ck_assert_msg(ht_solve(problem, &options, &arena, &result, &err) == HT_OK, "%s", err.text);
    ck_assert_str_eq(result.note, "");
    ck_assert(result.first_full_s < 0);
    same_levels(problem, &result.best);
    return result;
}

static void check_best(uint64_t seed, const problem_shape *shape) {
    const ht_problem *problem = problem_draw(seed, shape, &arena);
    ht_values best = best_of_all(problem);
    ht_solve_result result = solve(problem, 1, WORK, 1);
    if (ht_values_compare(&best, &result.best.values, &problem->objective) != 0)
        result = solve(problem, 1, MORE_WORK, 1);
    for (int32_t l = 0; l < problem->objective.levels; l++)
        ck_assert_msg(result.best.values.level[l] == best.level[l], "seed %d: level %s is %ld, the best %ld", (int)seed,
                      problem->objective.level[l].name, (long)result.best.values.level[l], (long)best.level[l]);
}

START_TEST(small_problems_are_solved_to_the_best) {
    for (int32_t i = 0; i < EACH; i++) {
        check_best((uint64_t)_i * EACH + (uint64_t)i, &problem_tiny);
        ht_arena_clear(&arena);
    }
}
END_TEST

/* One sum of all, visits whose persons start apart, no last start, the largest lateness: published sets in small. */
START_TEST(small_published_problems_are_solved_to_the_best) {
    for (int32_t i = 0; i < EACH; i++) {
        check_best((uint64_t)_i * EACH + (uint64_t)i, &problem_tiny_apart);
        ht_arena_clear(&arena);
    }
}
END_TEST

static int64_t delays(const ht_values *values) {
    return values->component[HT_C_LATE] + values->component[HT_C_OVERTIME];
}

/* Visits wait for their usual start only where that costs no lateness or overtime (solver/routes.h): a plan that buys its
 * usual starts with them is not looked for. No plan claims to be better than the best. */
START_TEST(small_base_plans_are_kept_nearly_as_well_as_can_be) {
    problem_shape shape = problem_tiny;
    int32_t best_found = 0;
    shape.usual = problem_usual.usual;
    shape.profile = problem_usual.profile;
    for (uint64_t seed = 0; seed < BASE_PLANS; seed++) {
        const ht_problem *problem = problem_draw(seed, &shape, &arena);
        ht_values best = best_of_all(problem);
        ht_solve_result result = solve(problem, 1, WORK, 1);
        int order = ht_values_compare(&best, &result.best.values, &problem->objective);
        ck_assert_msg(order <= 0, "seed %d: better than the best", (int)seed);
        best_found += order == 0 || delays(&best) > delays(&result.best.values);
        ht_arena_clear(&arena);
    }
    ck_assert_msg(100 * best_found >= 97 * BASE_PLANS, "%d of %d are the best", best_found, (int)BASE_PLANS);
}
END_TEST

/* ---- threads ---- */

static void same_result(const ht_problem *problem, const ht_solve_result *a, const ht_solve_result *b) {
    size_t size = (size_t)problem->tasks * sizeof(int32_t);
    ck_assert_mem_eq(a->best.shift, b->best.shift, size);
    for (int32_t t = 0; t < problem->tasks; t++)
        ck_assert(a->best.shift[t] == HT_NOBODY || a->best.start[t] == b->best.start[t]);
    ck_assert_mem_eq(&a->best.values, &b->best.values, sizeof a->best.values);
    ck_assert_int_eq(a->work, b->work);
}

START_TEST(threads_change_nothing) {
    const ht_problem *problem = problem_draw((uint64_t)_i, _i % 2 == 0 ? &problem_any : &problem_apart, &arena);
    ht_solve_result one = solve(problem, 5, WORK, 1);
    ht_solve_result two = solve(problem, 5, WORK, 2), many = solve(problem, 5, WORK, 9);
    same_result(problem, &one, &two);
    same_result(problem, &one, &many);
    ck_assert_int_ge(one.work, WORK / 2);
    ck_assert_int_le(one.work, WORK);
}
END_TEST

/* ---- ends ---- */

static const ht_problem *large_problem(void) {
    problem_shape shape = problem_any;
    shape.visits_least = PROBLEM_VISITS;
    shape.shifts_least = PROBLEM_SHIFTS;
    return problem_draw(3, &shape, &arena);
}

START_TEST(a_time_limit_is_kept) {
    const ht_problem *problem = large_problem();
    ht_solve_options options = {.seed = 1, .time_limit = 0.5, .threads = 2};
    ht_solve_result result;
    double begin = ht_clock_wall();
    ck_assert_int_eq(ht_solve(problem, &options, &arena, &result, &err), HT_OK);
    double took = ht_clock_wall() - begin;
    ck_assert_msg(took > 0.4 && took < 2.5, "a run of 0.5 s took %.2f s",
                  took); /* loaded machines are slow to begin and end */
    ck_assert_int_gt(result.work, 0);
    ck_assert(result.first_full_s >= 0 && result.first_full_s <= took);
    same_levels(problem, &result.best);
}
END_TEST

START_TEST(work_ends_a_run_with_a_time_limit_too) {
    const ht_problem *problem = large_problem();
    ht_solve_options options = {.seed = 1, .time_limit = 60, .work = 200, .threads = 2};
    ht_solve_result result;
    double begin = ht_clock_wall();
    ck_assert_int_eq(ht_solve(problem, &options, &arena, &result, &err), HT_OK);
    ck_assert(ht_clock_wall() - begin < 20);
    ck_assert_int_le(result.work, 200);
    same_levels(problem, &result.best);
}
END_TEST

START_TEST(a_stop_from_the_beginning_gives_the_first_plan) {
    const ht_problem *problem = large_problem();
    atomic_int stop = 1;
    ht_solve_options options = {.seed = 1, .work = INT64_MAX / 1000, .threads = 2, .stop = &stop};
    ht_solve_result result;
    ck_assert_int_eq(ht_solve(problem, &options, &arena, &result, &err), HT_OK);
    ck_assert_int_eq(result.work, 0);
    ck_assert_int_gt(result.best.values.component[HT_C_TRAVEL], 0);
    same_levels(problem, &result.best);
}
END_TEST

static atomic_int stop_now;

static void stop_at_first_progress(void *context, const ht_progress *progress) {
    int32_t *calls = context;
    ++*calls;
    ck_assert(progress->seconds > 0);
    ck_assert_int_gt(progress->work, 0);
    ck_assert_int_ge(progress->unplanned, 0);
    ck_assert_ptr_nonnull(progress->best);
    atomic_store(&stop_now, 1);
}

START_TEST(a_stop_ends_a_run_soon) {
    const ht_problem *problem = large_problem();
    int32_t calls = 0;
    ht_solve_options options = {.seed = 1,
                                .time_limit = 600,
                                .threads = 2,
                                .stop = &stop_now,
                                .progress = stop_at_first_progress,
                                .context = &calls};
    ht_solve_result result;
    double begin = ht_clock_wall();
    atomic_store(&stop_now, 0);
    ck_assert_int_eq(ht_solve(problem, &options, &arena, &result, &err), HT_OK);
    ck_assert(ht_clock_wall() - begin < 30);
    ck_assert_int_ge(calls, 1);
    same_levels(problem, &result.best);
}
END_TEST

/* ---- hardly anything to plan ---- */

START_TEST(without_visits_nothing_is_planned) {
    ht_problem problem = *problem_draw(1, &problem_plain, &arena);
    problem.visits = problem.tasks = problem.links = 0;
    ht_solve_result result = solve(&problem, 1, 100, 2);
    for (int32_t l = 0; l < problem.objective.levels; l++)
        ck_assert_int_eq(result.best.values.level[l], 0);
}
END_TEST

static int64_t weight_of_all(const ht_problem *problem) {
    int64_t sum = 0;
    for (int32_t v = 0; v < problem->visits; v++)
        sum += (int64_t)problem->visit[v].weight * problem->visit[v].need;
    return sum;
}

START_TEST(without_shifts_nothing_can_be_planned) {
    ht_problem problem = *problem_draw(1, &problem_any, &arena);
    problem.shifts = 0;
    ht_solve_result result = solve(&problem, 1, 100, 2);
    ck_assert_int_eq(result.best.values.component[HT_C_UNPLANNED], weight_of_all(&problem));
    problem.staff = 0;
    result = solve(&problem, 1, 100, 2);
    ck_assert_int_eq(result.best.values.component[HT_C_UNPLANNED], weight_of_all(&problem));
}
END_TEST

START_TEST(nobody_able_leaves_all_unplanned) {
    ht_problem problem = *problem_draw(2, &problem_any, &arena);
    problem.able = HT_ARENA_NEW(&arena, problem.tasks * problem.staff, uint8_t);
    ht_solve_result result = solve(&problem, 1, 300, 2);
    ck_assert_int_eq(result.best.values.component[HT_C_UNPLANNED], weight_of_all(&problem));
    for (int32_t t = 0; t < problem.tasks; t++)
        ck_assert_int_eq(result.best.shift[t], HT_NOBODY);
}
END_TEST

START_TEST(one_visit_is_planned_where_it_is_best) {
    problem_shape shape = problem_tiny;
    shape.visits_least = shape.visits_most = 1;
    for (uint64_t seed = 0; seed < 30; seed++) {
        const ht_problem *problem = problem_draw(seed, &shape, &arena);
        ht_values best = best_of_all(problem);
        ht_solve_result result = solve(problem, 1, 100, 1);
        ck_assert_int_eq(ht_values_compare(&best, &result.best.values, &problem->objective), 0);
    }
}
END_TEST

/* ---- more visits than there is time for ---- */

enum { MANY = 6000, MANY_SHIFTS = 40 };

/* Visits of a second each at one place, all of which fit. */
static ht_problem problem_of_many(void) {
    static ht_visit visit[MANY];
    static ht_shift shift[MANY_SHIFTS];
    static int32_t visit_of_task[MANY];
    static uint8_t able[MANY * MANY_SHIFTS];
    static const int32_t NONE[MANY_SHIFTS] = {0}, CAP[1] = {INT32_MAX};
    static const uint8_t NOTHING[MANY_SHIFTS] = {0};
    static const ht_block NO_BLOCK;
    for (int32_t v = 0; v < MANY; v++) {
        visit[v] = (ht_visit){.service = 1, .latest = 86000, .due = 86000, .need = 1, .weight = 1, .first_task = v};
        visit_of_task[v] = v;
    }
    for (int32_t s = 0; s < MANY_SHIFTS; s++)
        shift[s] = (ht_shift){.staff = s, .end = 86400, .latest_end = 86400};
    memset(able, 1, sizeof able);
    return (ht_problem){.visits = MANY,
                        .tasks = MANY,
                        .shifts = MANY_SHIFTS,
                        .staff = MANY_SHIFTS,
                        .clients = 1,
                        .places = 1,
                        .visit = visit,
                        .visit_of_task = visit_of_task,
                        .shift = shift,
                        .block = &NO_BLOCK,
                        .travel = {NONE},
                        .able = able,
                        .points_first = NONE,
                        .points_again = NONE,
                        .wishes_unmet = NOTHING,
                        .seen = NOTHING,
                        .cap = CAP,
                        .objective = problem_objective("coverage: 1*unplanned|cost: 1*travel")};
}

static void assert_first_plan_was_cut_short(const ht_solve_result *result) {
    int64_t unplanned = result->best.values.component[HT_C_UNPLANNED];
    int64_t left = 0;
    ck_assert_int_eq(result->work, 0);
    ck_assert(unplanned > 0 && unplanned < MANY);
    for (int32_t t = 0; t < MANY; t++)
        left += result->best.shift[t] == HT_NOBODY;
    ck_assert_int_eq(left, unplanned);
}

START_TEST(a_stop_cuts_a_long_first_plan_short) {
    ht_problem problem = problem_of_many();
    atomic_int stop = 1;
    ht_solve_options options = {.seed = 1, .work = 1000, .threads = 1, .stop = &stop};
    ht_solve_result result;
    ck_assert_int_eq(ht_solve(&problem, &options, &arena, &result, &err), HT_OK);
    assert_first_plan_was_cut_short(&result);
}
END_TEST

START_TEST(a_time_limit_cuts_a_long_first_plan_short) {
    ht_problem problem = problem_of_many();
    ht_solve_options options = {.seed = 1, .time_limit = 0.001, .threads = 2};
    ht_solve_result result;
    ck_assert_int_eq(ht_solve(&problem, &options, &arena, &result, &err), HT_OK);
    assert_first_plan_was_cut_short(&result);
}
END_TEST

/* ---- plans that are easily overlooked ---- */

/* One person, places 0 (the office) to 2, a visit at each of the others; all in reach of all, nothing counts but visits. */
typedef struct small_case {
    ht_visit visit[2];
    ht_shift shift;
    ht_block block;
    int32_t travel[9];
    ht_problem problem;
} small_case;

static void make_small_case(small_case *c) {
    static const int32_t NONE[2] = {0}, CAP[2] = {INT32_MAX, INT32_MAX}, VISIT_OF_TASK[2] = {0, 1};
    static const uint8_t ABLE[2] = {1, 1}, NOTHING[2] = {0};
    memset(c, 0, sizeof *c);
    c->shift = (ht_shift){.start = 28800, .end = 36000, .latest_end = 36000};
    for (int32_t v = 0; v < 2; v++)
        c->visit[v] = (ht_visit){.client = v,
                                 .place = 1 + v,
                                 .service = 600,
                                 .earliest = 28800,
                                 .latest = 36000,
                                 .due = 36000,
                                 .need = 1,
                                 .weight = 1,
                                 .first_task = v};
    for (int32_t i = 0; i < 9; i++)
        c->travel[i] = i % 4 == 0 ? 0 : 300;
    c->problem = (ht_problem){.visits = 2,
                              .tasks = 2,
                              .shifts = 1,
                              .staff = 1,
                              .clients = 2,
                              .places = 3,
                              .visit = c->visit,
                              .visit_of_task = VISIT_OF_TASK,
                              .shift = &c->shift,
                              .block = &c->block,
                              .travel = {c->travel},
                              .able = ABLE,
                              .points_first = NONE,
                              .points_again = NONE,
                              .wishes_unmet = NOTHING,
                              .seen = NOTHING,
                              .cap = CAP,
                              .objective = problem_objective("coverage: 1*unplanned|cost: 1*travel")};
}

START_TEST(both_visits_of_a_small_case_are_planned) {
    small_case c;
    make_small_case(&c);
    ck_assert_int_eq(solve(&c.problem, 1, WORK, 1).best.values.component[HT_C_UNPLANNED], 0);
}
END_TEST

/* The way back from place 2 is long but by place 1: alone its visit does not fit the shift, before the other it does. */
START_TEST(a_detour_may_be_shorter) {
    small_case c;
    make_small_case(&c);
    c.travel[2 * 3 + 0] = 7000;
    ck_assert_int_eq(solve(&c.problem, 1, WORK, 1).best.values.component[HT_C_UNPLANNED], 0);
    make_small_case(&c);
    c.travel[0 * 3 + 2] = 7000; /* and the way there */
    ck_assert_int_eq(solve(&c.problem, 1, WORK, 1).best.values.component[HT_C_UNPLANNED], 0);
}
END_TEST

/* Before office time there is room for the visits or the break, not both; the break may be behind it as well. */
START_TEST(a_break_makes_room_behind_office_time) {
    small_case c;
    make_small_case(&c);
    c.block = (ht_block){0, 31200, 31800};
    c.shift.blocks = 1;
    c.shift.break_length = 1800;
    c.shift.break_earliest = 28800;
    c.shift.break_latest = 33000;
    c.visit[0].latest = c.visit[1].latest = 30600;
    ck_assert_int_eq(solve(&c.problem, 1, WORK, 1).best.values.component[HT_C_UNPLANNED], 0);
}
END_TEST

/* ---- memory ---- */

/* Every allocation is the first to fail once; those of set partitioning are survived. */
START_TEST(memory_runs_out) {
    problem_shape shape = problem_any;
    shape.visits_most = 6;
    const ht_problem *problem = problem_draw(11, &shape, &arena);
    ht_solve_options options = {.seed = 1, .work = 120, .threads = 1};
    bool enough = false;
    int32_t failures = 0;
    for (int32_t calls = 0; !enough; calls++) {
        ht_limited_memory memory;
        ht_arena small;
        ht_solve_result result;
        ck_assert_int_lt(calls, 1000);
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&small, &memory.allocator);
        ht_err_init(&err);
        ht_status status = ht_solve(problem, &options, &small, &result, &err);
        ck_assert(status == HT_OK || status == HT_ENOMEM);
        if (status == HT_OK)
            same_levels(problem, &result.best);
        failures += status == HT_ENOMEM;
        enough = memory.calls >= 0;
        ck_assert(!enough || status == HT_OK);
        ht_arena_release(&small);
    }
    ck_assert_int_gt(failures, 5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("solve");
    TCase *tests = tcase_create("solve");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, small_problems_are_solved_to_the_best, 0, CASES / EACH);
    tcase_add_test(tests, small_base_plans_are_kept_nearly_as_well_as_can_be);
    tcase_add_loop_test(tests, small_published_problems_are_solved_to_the_best, 0, APART / EACH);
    tcase_add_loop_test(tests, threads_change_nothing, 0, 12);
    tcase_add_test(tests, a_time_limit_is_kept);
    tcase_add_test(tests, work_ends_a_run_with_a_time_limit_too);
    tcase_add_test(tests, a_stop_from_the_beginning_gives_the_first_plan);
    tcase_add_test(tests, a_stop_ends_a_run_soon);
    tcase_add_test(tests, a_stop_cuts_a_long_first_plan_short);
    tcase_add_test(tests, a_time_limit_cuts_a_long_first_plan_short);
    tcase_add_test(tests, without_visits_nothing_is_planned);
    tcase_add_test(tests, without_shifts_nothing_can_be_planned);
    tcase_add_test(tests, nobody_able_leaves_all_unplanned);
    tcase_add_test(tests, one_visit_is_planned_where_it_is_best);
    tcase_add_test(tests, both_visits_of_a_small_case_are_planned);
    tcase_add_test(tests, a_detour_may_be_shorter);
    tcase_add_test(tests, a_break_makes_room_behind_office_time);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
