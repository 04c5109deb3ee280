/* Each component of the objective and the contacts' ceiling, on days small enough to work out by hand. */
#include <check.h>

#include "tests/support_day.h"
#include "tests/support_rows.h"

/* ---- components ---- */

typedef struct value_case {
    const char *name, *visits, *roster, *table, *rows, *plan;
    ht_component component;
    int64_t expected;
} value_case;

static const value_case VALUES[] = {
    {.name = "priority times staff",
     .visits =
         VISITS ";priority;staff_needed\nV1;K1;" D ";08:00;30;2;2\nV2;K1;" D ";08:00;30;3;1\nV3;K1;" D ";09:00;30;;\n",
     .plan = "",
     .component = HT_C_UNPLANNED,
     .expected = 20 + 1 + 100},
    {.name = "late once a visit",
     .visits = VISITS ";staff_needed\nV1;K1;" D ";08:00;30;2\nV2;K3;" D ";09:00;30;\n",
     .plan = "V1 P1 08:40 V1 P3 08:40 V2 P2 09:30",
     .component = HT_C_LATE,
     .expected = 600},
    {.name = "a locked start can be late",
     .visits = VISITS ";locked_start\nV1;K1;" D ";08:00;30;10:00\nV2;K3;" D ";09:00;30;09:40\n",
     .plan = "V1 P1 10:00 V2 P2 09:40",
     .component = HT_C_LATE,
     .expected = 5400 + 600},
    {.name = "the latest of all",
     .visits = TWO,
     .plan = "V1 P1 08:40 V2 P3 09:35",
     .component = HT_C_LATE_MAX,
     .expected = 600},
    {.name = "contact and second contact",
     .visits = TWO,
     .plan = "V1 P1 08:00 V2 P2 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 0},
    {.name = "second contact 1", .visits = ONE, .plan = "V1 P2 08:00", .component = HT_C_CONTINUITY, .expected = 1},
    {.name = "team, not met 4, then 2",
     .visits = VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";10:00;30\n",
     .plan = "V1 P3 08:00 V2 P3 10:00",
     .component = HT_C_CONTINUITY,
     .expected = 6},
    {.name = "team, met 14 days ago 2",
     .visits = ONE,
     .table = "performed",
     .rows = "staff_id;date;start;client_id\nP3;2025-02-19;08:00;K1\n",
     .plan = "V1 P3 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 2},
    {.name = "team, met 15 days ago is not met",
     .visits = ONE,
     .table = "performed",
     .rows = "staff_id;date;start;client_id\nP3;2025-02-18;08:00;K1\n",
     .plan = "V1 P3 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 4},
    {.name = "somebody else 8", .visits = ONE, .plan = "V1 P4 08:00", .component = HT_C_CONTINUITY, .expected = 8},
    {.name = "somebody else, known 5",
     .visits = ONE,
     .table = "relations",
     .rows = "client_id;staff_id;kind\nK1;P4;known\n",
     .plan = "V1 P4 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 5},
    {.name = "wished: met and one less",
     .visits = ONE,
     .table = "relations",
     .rows = "client_id;staff_id;kind\nK1;P3;wished\nK1;P1;wished\n",
     .plan = "V1 P3 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 1},
    {.name = "wished contact is not below 0",
     .visits = ONE,
     .table = "relations",
     .rows = "client_id;staff_id;kind\nK1;P1;wished\n",
     .plan = "V1 P1 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 0},
    {.name = "visits that do not count",
     .visits = VISITS ";counts\nV1;K1;" D ";08:00;30;no\n",
     .plan = "V1 P4 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 0},
    {.name = "above the cap: two persons, cap 1, 8 + the points 0 and 8",
     .visits = VISITS ";staff_needed\nV1;K4;" D ";08:00;30;2\n",
     .plan = "V1 P4 08:00 V1 P1 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 8 + 8},
    {.name = "the cap was broken before: only who is new counts; the person of day -14 is met but new to the cap",
     .visits = VISITS ";staff_needed\nV1;K4;" D ";08:00;30;2\n",
     .table = "performed",
     .rows = "staff_id;date;start;client_id\nP2;2025-02-20;08:00;K4\nP4;2025-03-04;08:00;K4\nP1;2025-02-19;08:00;K4\n",
     .plan = "V1 P4 08:00 V1 P1 08:00",
     .component = HT_C_CONTINUITY,
     .expected = 5 + 8},
    {.name = "language and gender",
     .visits = VISITS ";staff_needed\nV1;K3;" D ";08:00;30;3\n",
     .plan = "V1 P1 08:00 V1 P2 08:00 V1 P4 08:00",
     .component = HT_C_WISHES,
     .expected = 2},
    {.name = "out, between and back",
     .visits = TWO,
     .plan = "V1 P1 08:00 V2 P1 09:00",
     .component = HT_C_TRAVEL,
     .expected = 60 * (5 + 10 + 12)},
    {.name = "nothing from and to home",
     .visits = TWO,
     .plan = "V1 P3 08:00 V2 P3 09:00",
     .component = HT_C_TRAVEL,
     .expected = 60 * 30},
    {.name = "to the office and back in between",
     .visits = TWO,
     .roster = ROSTER MORNING("P1") "P1;" D ";08:40;08:45;office;;;;;\n",
     .plan = "V1 P1 08:00 V2 P1 09:00",
     .component = HT_C_TRAVEL,
     .expected = 60 * (5 + 5 + 12 + 12)},
    {.name = "the office of the team one is lent to",
     .visits = VISITS "\nV1;K4;" D ";08:00;30\n",
     .roster = ROSTER "P1;" D ";07:00;12:00;work;;;;B;\n",
     .plan = "V1 P1 08:00",
     .component = HT_C_TRAVEL,
     .expected = 60 * (5 + 5)},
    {.name = "overtime",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";07:00;08:32;work;;;;;\n",
     .plan = "V1 P1 08:00",
     .component = HT_C_OVERTIME,
     .expected = 180},
    {.name = "waiting between stops alone",
     .visits = TWO,
     .plan = "V1 P1 08:00 V2 P1 09:00",
     .component = HT_C_WAITING,
     .expected = 60 * 20},
    {.name = "the break is no waiting",
     .visits = VISITS "\nV1;K1;" D ";10:45;60\nV2;K2;" D ";12:30;60\n",
     .roster = ROSTER LONG_DAY("P1"),
     .plan = "V1 P1 10:45 V2 P1 12:30",
     .component = HT_C_WAITING,
     .expected = 60 * 5},
    {.name = "most waiting of one shift",
     .visits = VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";09:00;30\nV3;K3;" D ";08:00;30\nV4;K3;" D ";08:50;30\n",
     .plan = "V1 P1 08:00 V2 P1 09:00 V3 P2 08:00 V4 P2 08:50",
     .component = HT_C_IDLE_MAX,
     .expected = 60 * 30},
    {.name = "spread: 30 + 10 min of travel against 30 + 40",
     .visits = VISITS "\nV1;K1;" D ";08:00;30\nV3;K3;" D ";08:00;30\n",
     .plan = "V1 P1 08:00 V3 P2 08:00",
     .component = HT_C_SPREAD,
     .expected = 60 * 30},
    {.name = "missed break",
     .visits = VISITS "\nV1;K1;" D ";10:45;60\nV2;K2;" D ";12:00;60\n",
     .roster = ROSTER LONG_DAY("P1"),
     .plan = "V1 P1 10:45 V2 P1 12:00",
     .component = HT_C_MISSED_BREAKS,
     .expected = 1},
    {.name = "a split day is one person",
     .visits = VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";16:30;30\n",
     .roster = ROSTER MORNING("P1") "P1;" D ";16:00;20:00;work;;;;;\n",
     .plan = "V1 P1 08:00 V2 P1 16:30",
     .component = HT_C_STAFF_USED,
     .expected = 1},
};

START_TEST(component) {
    const value_case *c = &VALUES[_i];
    small_day_load(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&day.data, c->table, c->rows);
    small_day_check(c->plan);
    small_day_component(c->name, c->component, c->expected);
}
END_TEST

START_TEST(levels_follow_components) {
    small_day_load(TWO, NULL);
    small_day_check("V1 P2 08:40");
    ck_assert_int_eq(day.settings.objective.levels, 4);
    ck_assert_int_eq(day.report.values.level[0], 100);
    ck_assert_int_eq(day.report.values.level[1], 600);
    ck_assert_int_eq(day.report.values.level[2], 1);
    ck_assert_int_eq(day.report.values.level[3], 600);
    ck_assert_int_eq(day.report.late_visits, 1);
}
END_TEST

START_TEST(roles_add_up) {
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";09:00;30\nV3;K1;" D ";10:00;30\nV4;K1;" D ";11:00;30\n",
                   NULL);
    small_day_check("V1 P1 08:00 V2 P2 09:00 V3 P3 10:00 V4 P4 11:00");
    ck_assert_int_eq(day.report.by_contact, 1);
    ck_assert_int_eq(day.report.by_second, 1);
    ck_assert_int_eq(day.report.by_team, 1);
    ck_assert_int_eq(day.report.by_other, 1);
    ck_assert_int_eq(day.report.staff_visits, 4);
}
END_TEST

/* ---- base plan ---- */

/* V1 of a series with the usual start 08:00, for two persons. */
static const struct {
    const char *name, *usual_staff, *plan;
    int32_t moved, unusual;
} BASE_PLANS[] = {
    {"as usual", "P1|P2", "V1 P1 08:00 V1 P2 08:00", 0, 0},
    {"15 min early is as usual", "P1|P2", "V1 P1 07:45 V1 P2 07:45", 0, 0},
    {"a second more is not, once a visit", "P1|P2", "V1 P1 07:44:59 V1 P2 07:44:59", 1, 0},
    {"15 min late is as usual", "P1|P2", "V1 P1 08:15 V1 P2 08:15", 0, 0},
    {"a second later is not", "P1|P2", "V1 P1 08:15:01 V1 P2 08:15:01", 1, 0},
    {"somebody else", "P1|P2", "V1 P1 08:00 V1 P3 08:00", 0, 1},
    {"each of them counts", "P3", "V1 P1 08:00 V1 P2 08:00", 0, 2},
    {"an id is no part of another", "P10|P22", "V1 P1 08:00 V1 P2 08:00", 0, 2},
    {"without usual staff anyone is as usual", "", "V1 P1 08:00 V1 P2 08:00", 0, 0},
    {"unplanned is neither", "P3", "", 0, 0},
};

START_TEST(base_plan) {
    small_day_load(VISITS ";staff_needed\nV1;K1;" D ";08:00;30;2\nV2;K3;" D ";09:00;30;\n", NULL);
    small_day_series("V1", BASE_PLANS[_i].usual_staff, "08:00");
    small_day_check(BASE_PLANS[_i].plan);
    small_day_component(BASE_PLANS[_i].name, HT_C_MOVED, BASE_PLANS[_i].moved);
    small_day_component(BASE_PLANS[_i].name, HT_C_UNUSUAL, BASE_PLANS[_i].unusual);
    ck_assert_int_eq(day.report.of_series, 1);
}
END_TEST

/* The client is away: cancelled, whatever the plan says. */
START_TEST(a_cancelled_visit_is_neither_moved_nor_unusual) {
    small_day_load(ONE, NULL);
    support_rows(&day.data, "absences", "client_id;from;to\nK1;" D ";" D "\n");
    small_day_series("V1", "P2", "09:00");
    small_day_check("V1 P1 08:00");
    small_day_component("cancelled", HT_C_MOVED, 0);
    small_day_component("cancelled", HT_C_UNUSUAL, 0);
    ck_assert_int_eq(day.report.of_series, 0);
    for (int32_t i = 0; i < day.report.deviations.count; i++)
        ck_assert_str_ne(((const ht_deviation *)ht_array_at(&day.report.deviations, i))->level, "base-plan");
}
END_TEST

/* ---- the most that contacts could make ---- */

typedef struct ceiling_case {
    const char *name, *columns, *cells, *table, *rows;
    int32_t expected;
} ceiling_case;

/* One visit of K1 11:30-12:00 before its latest start 13:00; P1 works 07:00-12:00. */
static const ceiling_case CEILINGS[] = {
    {.name = "fits", .columns = "", .cells = "", .expected = 1},
    {.name = "too late",
     .columns = ";before_min",
     .cells = ";0",
     .table = "absences",
     .rows = "staff_id;from;to\nP1;2025-03-05 11:59;" D "\n",
     .expected = 0},
    {.name = "an earlier start fits",
     .columns = ";before_min",
     .cells = ";1",
     .table = "absences",
     .rows = "staff_id;from;to\nP1;2025-03-05 11:59;" D "\n",
     .expected = 1},
    {.name = "overtime",
     .columns = ";before_min;locked_start",
     .cells = ";0;11:35",
     .table = "settings",
     .rows = "name;value\novertime_limit_min;5\n",
     .expected = 1},
    {.name = "locked start", .columns = ";locked_start", .cells = ";11:35", .expected = 0},
    {.name = "lacks the skill", .columns = ";skill", .cells = ";insulin", .expected = 0},
    {.name = "lacks the one skill", .columns = ";skill_one", .cells = ";insulin", .expected = 0},
    {.name = "the other may have it", .columns = ";skill_one;staff_needed", .cells = ";insulin;2", .expected = 1},
    {.name = "locked to another", .columns = ";locked_staff", .cells = ";P2", .expected = 0},
    {.name = "locked to another, one more needed",
     .columns = ";locked_staff;staff_needed",
     .cells = ";P2;2",
     .expected = 1},
    {.name = "blocked",
     .columns = "",
     .cells = "",
     .table = "relations",
     .rows = "client_id;staff_id;kind\nK1;P1;blocked\n",
     .expected = 0},
};

START_TEST(contact_ceiling) {
    const ceiling_case *c = &CEILINGS[_i];
    char visits[256];
    snprintf(visits, sizeof visits, "%s%s\nV1;K1;" D ";11:30;30%s\n", VISITS, c->columns, c->cells);
    small_day_load(visits, NULL);
    if (c->table != NULL)
        support_rows(&day.data, c->table, c->rows);
    small_day_check("");
    ck_assert_msg(day.report.contact_ceiling == c->expected, "%s: %d", c->name, (int)day.report.contact_ceiling);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("check_values");
    TCase *days = tcase_create("days");
    tcase_add_checked_fixture(days, small_day_set_up, small_day_tear_down);
    tcase_add_loop_test(days, component, 0, (int)(sizeof VALUES / sizeof VALUES[0]));
    tcase_add_test(days, levels_follow_components);
    tcase_add_test(days, roles_add_up);
    tcase_add_loop_test(days, base_plan, 0, (int)(sizeof BASE_PLANS / sizeof BASE_PLANS[0]));
    tcase_add_test(days, a_cancelled_visit_is_neither_moved_nor_unusual);
    tcase_add_loop_test(days, contact_ceiling, 0, (int)(sizeof CEILINGS / sizeof CEILINGS[0]));
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
