/* The base plan in a day's problem, and what a profile that weighs it makes of the day. */
#include <check.h>

#include "base/calendar.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_drawn.h"
#include "tests/support_rows.h"

#define USUAL_FIRST                                                                                                    \
    "name;value\nprofile.usual.1;coverage: 1*unplanned\nprofile.usual.2;promise: 1*lateness\n"                         \
    "profile.usual.3;base: 1*moved_starts + 1*unusual_staff\nprofile.usual.4;cost: 1*continuity + 1*travel\n"

enum { WORK = 2000 };

static int32_t usual_start(const char *visit) {
    return built.problem.usual_start[built_visit(visit)];
}

static bool is_unusual(const char *visit, const char *person) {
    int32_t list = built.problem.usual_staff[built_visit(visit)];
    return list != HT_NOBODY && built.problem.unusual[list * built.problem.staff + built_person(person)];
}

START_TEST(visits_without_a_series_have_none) {
    small_day_load(TWO, NULL);
    built_make(NULL);
    ck_assert_ptr_null(built.problem.usual_start);
    ck_assert_ptr_null(built.problem.usual_staff);
}
END_TEST

START_TEST(the_problem_holds_the_base_plan) {
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV2;K2;" D ";09:00;30\nV3;K1;" D ";10:00;30\nV4;K3;" D ";10:00;30\n",
                   NULL);
    small_day_series("V1", "P1|P3|P9", "08:10");
    small_day_series("V2", "", "09:00");
    small_day_series("V3", "P1|P3|P9", "10:00");
    built_make(NULL);
    ck_assert_int_eq(usual_start("V1"), built_time("08:10"));
    ck_assert_int_eq(usual_start("V2"), built_time("09:00"));
    ck_assert_int_eq(usual_start("V4"), HT_BLANK);
    ck_assert(!is_unusual("V1", "P1") && is_unusual("V1", "P2") && !is_unusual("V1", "P3"));
    ck_assert(!is_unusual("V2", "P1") && !is_unusual("V4", "P2"));
    ck_assert_int_eq(built.problem.usual_staff[built_visit("V1")], built.problem.usual_staff[built_visit("V3")]);
}
END_TEST

/* The agreed starts lie 20 min before the usual ones: V1 and V2 wait where the profile asks for it, and P2 and P3 come
 * instead of the contact. */
START_TEST(a_profile_that_weighs_it_keeps_the_base_plan) {
    small_day_load(TWO, NULL);
    support_rows(&day.data, "settings", USUAL_FIRST);
    small_day_series("V1", "P2", "08:20");
    small_day_series("V2", "P3", "09:20");
    built_make(NULL);
    built_solve(1, WORK);
    small_day_component("not weighed", HT_C_MOVED, 2);
    ht_check_report_release(&day.report);
    ht_plan_release(&day.plan);
    ht_plan_init(&day.plan, small_day_date(D), HT_NO_TEXT, &ht_allocator_system);
    built_make("usual");
    built_solve(1, WORK);
    small_day_breaches("weighed", "");
    small_day_component("weighed", HT_C_MOVED, 0);
    small_day_component("weighed", HT_C_UNUSUAL, 0);
    small_day_component("weighed", HT_C_LATE, 0);
}
END_TEST

/* What departs from the base plan in the plan that a profile gives. */
static int64_t departures(const char *profile, int64_t *moved) {
    built_make(profile);
    if (built.problem.visits == 0 || built.problem.shifts == 0)
        return 0;
    built_solve(1, WORK);
    small_day_breaches("drawn", "");
    *moved += day.report.values.component[HT_C_MOVED];
    return day.report.values.component[HT_C_UNUSUAL];
}

/* Of drawn days, all together. */
START_TEST(weighing_moved_starts_gives_fewer) {
    int64_t moved[2] = {0}, unusual[2] = {0};
    static const char *const PROFILE[] = {"contact-first", "base"};
    int32_t days = test_rounds(12, 40);
    for (int32_t i = 0; i < 2 * days; i++) {
        drawn_load((uint64_t)(i / 2));
        unusual[i % 2] += departures(PROFILE[i % 2], &moved[i % 2]);
        built_tear_down();
        built_set_up();
    }
    ck_assert_int_gt(moved[0], 2 * days);
    ck_assert_msg(2 * moved[1] < moved[0], "%d starts moved, %d where nobody weighs them", (int)moved[1],
                  (int)moved[0]);
    ck_assert_msg(unusual[1] < unusual[0], "%d by other staff, %d where nobody weighs it", (int)unusual[1],
                  (int)unusual[0]);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("day_usual");
    TCase *days = tcase_create("days");
    tcase_add_checked_fixture(days, built_set_up, built_tear_down);
    tcase_set_timeout(days, 120);
    tcase_add_test(days, visits_without_a_series_have_none);
    tcase_add_test(days, the_problem_holds_the_base_plan);
    tcase_add_test(days, a_profile_that_weighs_it_keeps_the_base_plan);
    tcase_add_test(days, weighing_moved_starts_gives_fewer);
    suite_add_tcase(suite, days);
    return ht_run_suite(suite);
}
