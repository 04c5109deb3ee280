/* A day from its rows to a checked plan, on drawn datasets: what the model, the solver, the reasons and the independent
 * check each say of it has to agree. */
#include <check.h>

#include "model/unplanned.h"
#include "solver/insertion.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_drawn.h"

enum { WORK = 3000 };

/* ---- values ---- */

static bool weighs(ht_component component) {
    for (int32_t i = 0; i < day.settings.objective.levels; i++)
        if (day.settings.objective.level[i].weight[component] != 0)
            return true;
    return false;
}

/* The search adds the others up only where the objective weighs them. */
static bool always_counted(ht_component component) {
    return component == HT_C_UNPLANNED || component == HT_C_LATE || component == HT_C_CONTINUITY ||
           component == HT_C_WISHES || component == HT_C_TRAVEL || component == HT_C_OVERTIME;
}

static void assert_values_agree(void) {
    const ht_values *found = &solved.best.values, *checked = &day.report.values;
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        if (always_counted(c) || weighs(c))
            ck_assert_msg(found->component[c] == checked->component[c], "%s: the search has %lld, the check %lld",
                          ht_component_name(c), (long long)found->component[c], (long long)checked->component[c]);
    for (int32_t i = 0; i < day.settings.objective.levels; i++)
        ck_assert_msg(found->level[i] == checked->level[i], "level %s: the search has %lld, the check %lld",
                      day.settings.objective.level[i].name, (long long)found->level[i], (long long)checked->level[i]);
}

/* ---- reasons ---- */

static void assert_reason(const ht_unplanned *u) {
    ht_reason reason;
    int32_t sum = 0;
    ck_assert_msg(ht_reason_read(u->reason, &reason), "%s", u->reason);
    ck_assert_int_eq(reason.on_shift, built.problem.staff);
    for (int32_t rule = 0; rule < HT_RULES; rule++)
        sum += reason.kept_away[rule];
    ck_assert_int_eq(reason.kept_away[HT_RULE_NONE], 0);
    ck_assert_msg(sum == built.problem.staff, "%s", u->reason);
    ck_assert_int_ne(u->rule, HT_RULE_NONE);
    ck_assert(u->would_help != NULL && u->would_help[0] != '\0');
}

static void assert_reasons(void) {
    int32_t unplanned = 0;
    for (int32_t v = 0; v < built.problem.visits; v++) {
        if (solved.best.shift[built.problem.visit[v].first_task] != HT_NOBODY)
            continue;
        const ht_unplanned *u = ht_array_at(&day.plan.unplanned, unplanned++);
        ck_assert_int_eq(u->visit, built.visit_row[v]->visit_id);
        assert_reason(u);
    }
    ck_assert_int_eq(unplanned, day.plan.unplanned.count);
    ck_assert_int_eq(unplanned, day.report.unplanned);
}

/* ---- putting a visit into the plan as it stands ---- */

/* Tries to plan one more visit of the problem; fills shift and start of all tasks where that works. */
static bool put_in(const ht_problem *problem, int32_t visit, ht_solution *extended, ht_arena *arena) {
    static const ht_weights WEIGHTS = {.component = {[HT_C_TRAVEL] = 1, [HT_C_LATE] = 1, [HT_C_OVERTIME] = 1}};
    ht_rng rng;
    ht_takers takers;
    ht_inserter inserter;
    ht_insertion found;
    ht_rng_init(&rng, 1, 1);
    ht_routes *r = ht_routes_create(problem, &WEIGHTS, arena);
    ck_assert(r != NULL && ht_takers_init(&takers, r, arena) &&
              ht_inserter_init(&inserter, r, &takers, &rng, 0, arena));
    int32_t absent = day.plan.unplanned.count;
    ht_routes_load_solution(r, &solved.best);
    ck_assert_msg(r->absents == absent, "the plan does not fit its own problem");
    if (!ht_insertion_find(&inserter, visit, HT_COST_NONE, &found) || !ht_insertion_apply(r, visit, &found))
        return false;
    *extended = (ht_solution){.shift = r->shift, .start = r->start};
    return true;
}

static void assert_nothing_left_to_put_in(void) {
    ht_arena arena;
    ht_solution extended;
    ht_arena_init(&arena, &ht_allocator_system);
    for (int32_t i = 0; i < day.plan.unplanned.count; i++) {
        const ht_unplanned *u = ht_array_at(&day.plan.unplanned, i);
        const char *id = ht_dataset_text(&day.data, u->visit);
        ck_assert_msg(!put_in(&built.problem, built_visit(id), &extended, &arena), "%s fits the plan as it is: %s", id,
                      u->reason);
        ht_arena_clear(&arena);
    }
    ht_arena_release(&arena);
}

/* ---- relaxations, made in the rows ---- */

static ht_visit_row *row_of(ht_sym visit) {
    ht_visit_row *row = day.data.table[HT_VISITS].items;
    while (row->visit_id != visit)
        row++;
    return row;
}

static int32_t given(int32_t value, int32_t standard) {
    return value == HT_BLANK ? standard : value;
}

/* The agreed start stays, so before_min may come out below 0, which a file cannot say but the day understands. */
static void widen(ht_visit_row *row, int32_t minutes) {
    const ht_settings *s = &day.settings;
    int32_t before = given(row->before_min, s->before_min), after = given(row->after_min, s->after_min);
    int32_t latest = given(row->latest, row->start + 60 * (after + s->late_limit_min));
    if (row->locked_start != HT_BLANK) {
        before = (row->start - row->locked_start) / 60;
        latest = row->locked_start;
        row->locked_start = HT_BLANK;
    }
    row->before_min = before + minutes;
    row->latest = latest + 60 * minutes;
}

static void give_skills(const char *persons, const ht_visit_row *row) {
    const ht_sym list[] = {row->skill, row->skill_one};
    const char *person, *part;
    size_t person_at = 0, length, size;
    while (ht_list_next(persons, &person_at, &person, &length))
        for (int i = 0; i < 2; i++)
            for (size_t at = 0; ht_list_next(ht_dataset_text(&day.data, list[i]), &at, &part, &size);) {
                ht_skill_row *skill = ht_array_push(&day.data.table[HT_SKILLS]);
                ht_sym id = ht_strings_intern(&day.data.text, person, length);
                ht_sym tag = ht_strings_intern(&day.data.text, part, size);
                ck_assert(skill != NULL && id != HT_NO_SYMBOL && tag != HT_NO_SYMBOL);
                *skill = (ht_skill_row){.staff_id = id, .skill = tag, .from = HT_BLANK, .to = HT_BLANK};
            }
}

static void relax_rows(const ht_help *help, ht_visit_row *row) {
    if (help->kind == HT_HELP_MOVE_START)
        widen(row, help->minutes);
    else if (help->kind == HT_HELP_STAY_LONGER)
        day.settings.overtime_limit_min += help->minutes;
    else if (help->kind == HT_HELP_GIVE_SKILL)
        give_skills(help->staff, row);
    else
        row->locked_staff = HT_NO_TEXT;
}

/* The day of the relaxed rows takes the visit into the plan as it stands, and the check agrees. */
static void assert_helps(const char *text, const char *id) {
    ht_day wider;
    ht_arena arena;
    ht_solution extended;
    ht_plan plan;
    ht_check_report report;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_plan_init(&plan, day.plan.date, day.plan.team, &ht_allocator_system);
    ht_status status =
        ht_day_build(&wider, &day.data, &day.settings, day.plan.date, day.plan.team, &ht_allocator_system, &day.err);
    ck_assert_msg(status == HT_OK, "%s", day.err.text);
    ck_assert_msg(put_in(&wider.problem, built_visit(id), &extended, &arena), "%s: '%s' does not help", id, text);
    ck_assert_int_eq(ht_day_plan(&wider, &extended, &plan, &day.err), HT_OK);
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &plan, &report, &day.err), HT_OK);
    const ht_breach *first = report.breaches.count > 0 ? ht_array_at(&report.breaches, 0) : NULL;
    ck_assert_msg(first == NULL, "%s: '%s', but %s: %s", id, text, ht_hard_rule_name(first->rule), first->text);
    ck_assert_int_eq(report.unplanned, day.report.unplanned - 1);
    ht_check_report_release(&report);
    ht_plan_release(&plan);
    ht_day_release(&wider);
    ht_arena_release(&arena);
}

static void assert_help_helps(void) {
    const ht_settings settings = day.settings;
    for (int32_t i = 0; i < day.plan.unplanned.count; i++) {
        const ht_unplanned *u = ht_array_at(&day.plan.unplanned, i);
        ht_help help;
        ck_assert_msg(ht_help_read(u->would_help, &help), "%s", u->would_help);
        if (help.kind == HT_HELP_MORE_STAFF || help.kind == HT_HELP_EMPTY_WINDOW)
            continue;
        ht_visit_row *row = row_of(u->visit), before = *row;
        int32_t skills = day.data.table[HT_SKILLS].count;
        relax_rows(&help, row);
        assert_helps(u->would_help, ht_dataset_text(&day.data, u->visit));
        ht_array_shrink(&day.data.table[HT_SKILLS], skills);
        *row = before;
        day.settings = settings;
    }
}

/* ---- shifts that office time closes ---- */

static int32_t told_closed(void) {
    int32_t count = 0;
    for (int32_t i = 0; i < day.report.deviations.count; i++)
        count += strstr(((const ht_deviation *)ht_array_at(&day.report.deviations, i))->text,
                        "nothing can be planned in the shift") != NULL;
    return count;
}

/* Each shift that the search takes no visit into has its row; the check tells those of all teams. */
static void assert_closed_shifts_are_told(void) {
    static const ht_weights WEIGHTS = {.component = {[HT_C_TRAVEL] = 1}};
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_routes *r = ht_routes_create(&built.problem, &WEIGHTS, &arena);
    int32_t closed = 0;
    ck_assert_ptr_nonnull(r);
    for (int32_t s = 0; s < built.problem.shifts; s++)
        closed += r->closed[s];
    if (day.plan.team == HT_NO_TEXT)
        ck_assert_int_eq(closed, told_closed());
    else
        ck_assert_int_le(closed, told_closed());
    ht_arena_release(&arena);
}

/* ---- the whole ---- */

START_TEST(drawn_days) {
    built_make(drawn_load((uint64_t)_i));
    if (built.problem.visits == 0 || built.problem.shifts == 0)
        return;
    built_solve(_i, WORK);
    small_day_breaches("drawn", "");
    assert_values_agree();
    assert_reasons();
    assert_closed_shifts_are_told();
    assert_nothing_left_to_put_in();
    assert_help_helps();
}
END_TEST

/* ---- clock changes ---- */

/* 01:30 to 04:00 is 2 h 30 min by the clock, whatever the night's change: a link within the day goes by that. */
static const struct {
    const char *date, *gap;
    int32_t unplanned;
} NIGHTS[] = {
    {"2026-03-29", "150;", 0},    {"2026-03-29", "151;", 1}, {"2026-03-29", "0;150", 0},   {"2026-03-29", "0;149", 1},
    {"2026-10-25", "150;150", 0}, {"2026-10-25", "151;", 1}, {"2026-10-25", "150;210", 0}, {"2026-10-25", "0;149", 1},
};

START_TEST(links_within_a_day_go_by_the_clock) {
    char visits[400], roster[200];
    snprintf(visits, sizeof visits,
             VISITS
             ";locked_start;after_visit;gap_min;gap_max\nV1;K1;%s;01:00;30;01:00;;;\nV2;K1;%s;04:00;30;04:00;V1;%s\n",
             NIGHTS[_i].date, NIGHTS[_i].date, NIGHTS[_i].gap);
    snprintf(roster, sizeof roster, ROSTER "P1;%s;00:00;05:00;work;;;;;\n", NIGHTS[_i].date);
    small_day_load(visits, roster);
    day.plan.date = small_day_date(NIGHTS[_i].date);
    built_make(NULL);
    built_solve(1, WORK);
    small_day_breaches("night", "");
    ck_assert_int_eq(day.report.unplanned, NIGHTS[_i].unplanned);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("plan_and_check");
    TCase *all = tcase_create("drawn");
    tcase_add_checked_fixture(all, built_set_up, built_tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, drawn_days, 0, test_rounds(50, 150));
    tcase_add_loop_test(all, links_within_a_day_go_by_the_clock, 0, (int)(sizeof NIGHTS / sizeof NIGHTS[0]));
    suite_add_tcase(suite, all);
    return ht_run_suite(suite);
}
