#include "tests/support_built.h"

#include "base/calendar.h"
#include "solver/explain.h"
#include "tests/support.h"

ht_day built;
ht_solve_result solved;

static ht_arena arena;

void built_set_up(void) {
    small_day_set_up();
    memset(&built, 0, sizeof built);
    ht_arena_init(&arena, &ht_allocator_system);
}

void built_tear_down(void) {
    ht_arena_release(&arena);
    ht_day_release(&built);
    small_day_tear_down();
}

void built_make(const char *profile) {
    ht_day_release(&built);
    ck_assert_msg(ht_settings_read(&day.data, profile, &day.settings, &day.err) == HT_OK, "%s", day.err.text);
    ht_status status =
        ht_day_build(&built, &day.data, &day.settings, day.plan.date, day.plan.team, &ht_allocator_system, &day.err);
    ck_assert_msg(status == HT_OK, "%s", day.err.text);
}

void built_solve(int64_t seed, int64_t work) {
    ht_solve_options options = {.seed = seed, .work = work, .threads = 1};
    ht_status status = ht_solve(&built.problem, &options, &arena, &solved, &day.err);
    if (status == HT_OK)
        status = ht_day_plan(&built, &solved.best, &day.plan, &day.err);
    if (status == HT_OK)
        status = ht_explain_unplanned(&built, &solved.best, &day.plan, &day.err);
    if (status == HT_OK)
        status = ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err);
    ck_assert_msg(status == HT_OK, "%s", day.err.text);
}

ht_sym built_symbol(const char *id) {
    ht_sym symbol = ht_strings_find(&day.data.text, id);
    ck_assert_msg(symbol != HT_NO_SYMBOL, "the data does not hold %s", id);
    return symbol;
}

int32_t built_visit(const char *id) {
    ht_sym symbol = built_symbol(id);
    for (int32_t v = 0; v < built.problem.visits; v++)
        if (built.visit_row[v]->visit_id == symbol)
            return v;
    return -1;
}

int32_t built_person(const char *id) {
    ht_sym symbol = built_symbol(id);
    for (int32_t s = 0; s < built.problem.staff; s++)
        if (built.staff_row[s]->staff_id == symbol)
            return s;
    return -1;
}

const ht_shift *built_shift(const char *id, int32_t n) {
    int32_t person = built_person(id);
    for (int32_t i = 0; person >= 0 && i < built.problem.shifts; i++)
        if (built.problem.shift[i].staff == person && n-- == 0)
            return &built.problem.shift[i];
    return NULL;
}

int32_t built_time(const char *text) {
    int32_t seconds = -1;
    ck_assert_msg(strcmp(text, "-") == 0 || ht_time_parse(text, &seconds), "'%s' is no time", text);
    return seconds;
}
