/* What a planner is told beside the broken rules. */
#include <check.h>

#include "tests/support_day.h"
#include "tests/support_rows.h"

/* ---- deviations ---- */

typedef struct deviation_case {
    const char *name, *visits, *roster, *table, *rows, *plan, *expected;
} deviation_case;

static const deviation_case DEVIATIONS[] = {
    {.name = "late",
     .visits = ONE,
     .plan = "V1 P1 08:45",
     .expected = "promise lateness V1 | V1: starts 08:45, 15 min after the promise (agreed 08:00, at most 08:30)\n"},
    {.name = "locked to somebody without a shift",
     .visits = VISITS ";locked_staff\nV1;K1;" D ";08:00;30;P4\n",
     .plan = "",
     .expected = "lock locked_staff V1 | V1: unplanned, its lock to P4 is not kept: has no shift on the day\n"},
    {.name = "locked to a start",
     .visits = VISITS ";locked_start\nV1;K1;" D ";08:00;30;23:00\n",
     .plan = "",
     .expected = "lock locked_start V1 | V1: unplanned, its lock to start 23:00 is not kept\n"},
    {.name = "a link that no plan keeps",
     .visits = VISITS ";after_visit;gap_min\nV1;K1;" D ";08:00;30;;\nV2;K1;" D ";09:00;30;V1;300\n",
     .plan = "V1 P1 08:00",
     .expected = "link after_visit V2 | V2: unplanned, V1 ends too late for the gap that is needed\n"},
    {.name = "a link that some plan keeps",
     .visits = VISITS ";after_visit;gap_min\nV1;K1;" D ";08:00;30;;\nV2;K1;" D ";09:00;30;V1;60\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "lent without and with the roster's word",
     .visits = VISITS "\nV1;K1;" D ";08:00;30\nV4;K4;" D ";08:00;30\nV5;K4;" D ";09:00;30\n",
     .roster = ROSTER "P2;" D ";07:00;12:00;work;;;;B;\n" MORNING("P3"),
     .plan = "V4 P2 08:00 V5 P2 09:00 V1 P4 08:00",
     .expected = "lent lent P2 | P2 of team A: 2 visits to clients of team B, lent by the roster\n"
                 "lent lent P4 | P4 of team B: 1 visit to a client of team A\n"
                 "contact contact_title K4 | K4: the contact P4 is no assistant nurse\n"},
    {.name = "too little rest before and after",
     .visits = ONE,
     .roster = ROSTER "P1;2025-03-04;13:00;20:01;work;30;16:00;17:00;;\n" MORNING(
         "P1") "P1;2025-03-06;07:00;12:00;work;;;;;\nP2;2025-03-04;13:00;23:00;work;60;;;;\n" MORNING("P2"),
     .plan = "V1 P1 08:00",
     .expected = "rest daily_rest P1 | P1: 10 h 59 min of rest between 2025-03-04 20:01 and 2025-03-05 07:00, 11 h are "
                 "needed\n"},
    {.name = "office time leaves no room for the break",
     .visits = ONE,
     .roster = ROSTER MORNING("P1")
         LONG_DAY("P2") "P2;" D ";11:20;12:25;office;;;;;\n" LONG_DAY("P3") "P3;" D ";11:31;12:25;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected =
         "roster break P2 | P2: nothing can be planned in the shift 07:00-16:00: its office time leaves no room "
         "for the break\n"},
    {.name = "office time that cannot be reached",
     .visits = ONE,
     .roster = ROSTER MORNING("P1") "P1;" D ";08:50;09:00;office;;;;;\nP1;" D ";08:59;09:10;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected =
         "roster office-time P1 | P1: nothing can be planned in the shift 07:00-12:00: its office time cannot be "
         "reached in time, or the shift's end after it\n"},
    {.name = "office time in no shift",
     .visits = ONE,
     .roster = ROSTER MORNING("P1") "P1;" D ";13:00;14:00;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected = "roster office-time P1 | P1: office time 13:00-14:00 lies in no shift and is passed over\n"},
};

START_TEST(deviation) {
    const deviation_case *c = &DEVIATIONS[_i];
    small_day_load(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&day.data, c->table, c->rows);
    small_day_check(c->plan);
    small_day_deviations(c->name, c->expected);
}
END_TEST

/* Whatever the profile weighs: the standard one weighs neither. */
START_TEST(what_is_not_as_the_base_plan_has_it) {
    small_day_load(TWO, NULL);
    small_day_series("V1", "P2 | P3", "08:40");
    small_day_series("V2", "", "08:30");
    small_day_check("V1 P1 08:00 V2 P2 09:00");
    small_day_deviations("base plan", "base-plan moved-start V1 | V1 starts 08:00, usually 08:40\n"
                                      "base-plan unusual-staff V1 | V1 by P1, usually P2 | P3\n"
                                      "base-plan moved-start V2 | V2 starts 09:00, usually 08:30\n");
}
END_TEST

START_TEST(a_week_of_work) {
    small_day_load(
        ONE, ROSTER
        "P1;2025-03-03;07:00;16:00;work;30;11:00;12:00;;\nP1;2025-03-04;07:00;16:00;work;30;11:00;12:00;;\n" LONG_DAY(
            "P1") "P1;2025-03-06;07:00;16:00;work;30;11:00;12:00;;\nP1;2025-03-07;07:00;16:00;work;30;11:00;12:00;;\n"
                  "P1;2025-03-08;16:00;20:00;work;;;;;\nP1;2025-03-09;07:00;12:00;work;;;;;\n");
    small_day_check("V1 P1 08:00");
    small_day_deviations("week",
                         "rest weekly_rest P1 | P1: at most 24 h of rest on end this week, 36 h are needed\n"
                         "hours weekly_hours P1 | P1: 51 h 30 min of work this week, 40 h on average are allowed\n");
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("check_deviations");
    TCase *days = tcase_create("days");
    tcase_add_checked_fixture(days, small_day_set_up, small_day_tear_down);
    tcase_add_loop_test(days, deviation, 0, (int)(sizeof DEVIATIONS / sizeof DEVIATIONS[0]));
    tcase_add_test(days, what_is_not_as_the_base_plan_has_it);
    tcase_add_test(days, a_week_of_work);
    suite_add_tcase(s, days);
    return s;
}

int main(void) {
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
