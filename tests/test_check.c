/* Each hard rule, on days small enough to work out by hand; memory that runs out; the real day. */
#include <check.h>
#include <unistd.h>

#include "io/csv_folder.h"
#include "tests/support_day.h"
#include "tests/support_rows.h"

/* ---- hard rules ---- */

typedef struct rule_case {
    const char *name, *visits, *roster, *table, *rows, *settings, *plan, *expected;
} rule_case;

static const rule_case RULES[] = {
    {.name = "a good plan", .visits = TWO, .plan = "V1 P1 08:00 V2 P1 08:40", .expected = ""},
    {.name = "unknown visit and person",
     .visits = ONE,
     .plan = "V9 P1 08:00 V1 P9 08:00 V1 P1 08:00",
     .expected = "unknown-visit-or-staff | V9: no visit of this day\n"
                 "unknown-visit-or-staff | V1: P9 is no staff member\n"},
    {.name = "a visit of another day",
     .visits = VISITS "\nV1;K1;2025-03-06;08:00;30\n",
     .plan = "V1 P1 08:00",
     .expected = "unknown-visit-or-staff | V1: no visit of this day\n"},
    {.name = "twice",
     .visits = ONE,
     .plan = "V1 P1 08:00 V1 P1 08:00",
     .expected = "planned-twice | V1: P1 is planned twice\n"},
    {.name = "too many",
     .visits = ONE,
     .plan = "V1 P1 08:00 V1 P2 08:00",
     .expected = "staffing | V1: 2 planned, 1 needed\n"},
    {.name = "half of a double visit",
     .visits = VISITS ";staff_needed\nV1;K1;" D ";08:00;30;2\n",
     .plan = "V1 P1 08:00",
     .expected = "staffing | V1: 1 planned, 2 needed\n"},
    {.name = "two starts",
     .visits = VISITS ";staff_needed\nV1;K1;" D ";08:00;30;2\n",
     .plan = "V1 P1 08:00 V1 P2 08:10",
     .expected = "same-start | V1: starts both 08:00 and 08:10\n"},
    {.name = "the window's ends are in",
     .visits = TWO,
     .plan = "V1 P1 07:30 V2 P2 10:30",
     .expected = "avoids | V2: P2 avoids the environment of K2\n"},
    {.name = "a second early",
     .visits = ONE,
     .plan = "V1 P1 07:29:59",
     .expected = "window | V1: starts 07:29:59, may start 07:30 to 09:30\n"},
    {.name = "a second late",
     .visits = VISITS ";before_min;after_min;latest\nV1;K1;" D ";08:00;30;0;10;08:20\n",
     .plan = "V1 P1 08:20:01",
     .expected = "window | V1: starts 08:20:01, may start 08:00 to 08:20\n"},
    {.name = "not on shift",
     .visits = ONE,
     .plan = "V1 P4 08:00",
     .expected = "shift | P4: V1 starts 08:00, but P4 has no shift on 2025-03-05\n"},
    {.name = "before the shift",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";08:00;12:00;work;;;;;\n",
     .plan = "V1 P1 07:59",
     .expected = "shift | P1: V1 starts 07:59, before the shift does at 08:00\n"},
    {.name = "there too early",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";08:00;12:00;work;;;;;\n",
     .plan = "V1 P1 08:04",
     .expected = "travel | P1: shift starts 08:00 at the office, 5 min by car to K1, there 08:05, V1 starts 08:04\n"},
    {.name = "back late",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";07:00;08:34;work;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected = "shift | P1: V1 ends 08:30 at K1, 5 min by car to the office, back 08:35, shift ends 08:34\n"},
    {.name = "no travel home",
     .visits = ONE,
     .roster = ROSTER "P3;" D ";08:00;08:29;work;;;;;\n",
     .plan = "V1 P3 08:00",
     .expected = "shift | P3: V1 ends 08:30 at K1, shift ends 08:29\n"},
    {.name = "overtime is allowed",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";07:00;08:30;work;;;;;\n",
     .settings = "name;value\novertime_limit_min;5\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "not that much overtime",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";07:00;08:30;work;;;;;\n",
     .settings = "name;value\novertime_limit_min;4\n",
     .plan = "V1 P1 08:00",
     .expected = "shift | P1: V1 ends 08:30 at K1, 5 min by car to the office, back 08:35, shift with its overtime "
                 "ends 08:34\n"},
    {.name = "no overtime into the next shift",
     .visits = VISITS "\nV1;K1;" D ";10:50;60\nV2;K2;" D ";11:00;30\n",
     .roster = ROSTER "P1;" D ";07:00;11:00;work;;;;;\nP1;" D ";11:00;16:00;work;;;;;\n",
     .settings = "name;value\novertime_limit_min;60\n",
     .plan = "V1 P1 10:50 V2 P1 11:12",
     .expected = "shift | P1: V1 ends 11:50 at K1, 5 min by car to the office, back 11:55, shift ends 11:00\n"},
    {.name = "overtime up to office time",
     .visits = VISITS "\nV1;K1;" D ";10:50;60\n",
     .roster = ROSTER "P1;" D ";07:00;11:00;work;;;;;\nP1;" D ";11:54;16:00;office;;;;;\n",
     .settings = "name;value\novertime_limit_min;60\n",
     .plan = "V1 P1 10:50",
     .expected = "shift | P1: V1 ends 11:50 at K1, 5 min by car to the office, back 11:55, next shift, office time or "
                 "absence begins 11:54\n"},
    {.name = "overtime that ends with the next shift's start",
     .visits = VISITS "\nV1;K1;" D ";10:50;60\n",
     .roster = ROSTER "P1;" D ";07:00;11:00;work;;;;;\nP1;" D ";11:55;16:00;work;;;;;\n",
     .settings = "name;value\novertime_limit_min;60\n",
     .plan = "V1 P1 10:50",
     .expected = ""},
    {.name = "two places",
     .visits = TWO,
     .plan = "V1 P1 08:15 V2 P1 08:30",
     .expected = "two-places | P1: V2 starts 08:30, but V1 ends 08:45\n"},
    {.name = "a short visit inside a long one",
     .visits = VISITS "\nV1;K1;" D ";08:00;90\nV2;K1;" D ";08:10;10\nV3;K1;" D ";08:40;10\n",
     .plan = "V1 P1 08:00 V2 P1 08:10 V3 P1 08:40",
     .expected = "two-places | P1: V2 starts 08:10, but V1 ends 09:30\n"
                 "two-places | P1: V3 starts 08:40, but V1 ends 09:30\n"},
    {.name = "a leg that cannot be made",
     .visits = TWO,
     .plan = "V1 P1 08:00 V2 P1 08:39:59",
     .expected = "travel | P1: V1 ends 08:30 at K1, 10 min by car to K2, there 08:40, V2 starts 08:39:59\n"},
    {.name = "on foot by the roster",
     .visits = TWO,
     .roster = ROSTER "P1;" D ";07:00;12:00;work;;;;;walk\n",
     .plan = "V1 P1 08:00 V2 P1 08:45",
     .expected = "travel | P1: V1 ends 08:30 at K1, 30 min on foot to K2, there 09:00, V2 starts 08:45\n"},
    {.name = "lacks a skill, and one that has run out",
     .visits = VISITS ";skill\nV1;K1;" D ";08:00;30;insulin|lift\n",
     .table = "skills",
     .rows = "staff_id;skill;from;to\nP1;insulin;2024-03-05;2025-03-04\nP1;lifting;;\n",
     .plan = "V1 P1 08:00",
     .expected = "skill | V1: P1 lacks the skill insulin on the day\nskill | V1: P1 lacks the skill lift on the day\n"},
    {.name = "skills hold on their first and last day",
     .visits = VISITS ";skill\nV1;K1;" D ";08:00;30;insulin|lift\n",
     .table = "skills",
     .rows = "staff_id;skill;from;to\nP1;insulin;2024-03-05;2025-03-05\nP1;lift;2025-03-05;\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "one of the two is enough",
     .visits = VISITS ";staff_needed;skill_one\nV1;K1;" D ";08:00;30;2;insulin|licence\n",
     .table = "skills",
     .rows = "staff_id;skill\nP1;insulin\nP2;licence\n",
     .plan = "V1 P1 08:00 V1 P2 08:00",
     .expected = ""},
    {.name = "none of the two",
     .visits = VISITS ";staff_needed;skill_one\nV1;K1;" D ";08:00;30;2;insulin|licence\n",
     .table = "skills",
     .rows = "staff_id;skill\nP1;insulin\nP3;licence\n",
     .plan = "V1 P1 08:00 V1 P2 08:00",
     .expected = "skill-one | V1: none of its staff has the skill licence on the day\n"},
    {.name = "blocked",
     .visits = ONE,
     .table = "relations",
     .rows = "client_id;staff_id;kind\nK1;P1;blocked\nK1;P2;wished\nK2;P1;known\n",
     .plan = "V1 P1 08:00",
     .expected = "blocked | V1: P1 is blocked for K1\n"},
    {.name = "no room for the break",
     .visits = VISITS "\nV1;K1;" D ";10:45;60\nV2;K2;" D ";12:00;60\n",
     .roster = ROSTER LONG_DAY("P1"),
     .plan = "V1 P1 10:45 V2 P1 12:00",
     .expected = "break | P1: no room for 30 min of break that starts between 11:00 and 12:00 (shift 07:00-16:00)\n"},
    {.name = "a break between two stops, travel beside it",
     .visits = VISITS "\nV1;K1;" D ";10:45;60\nV2;K2;" D ";12:30;60\n",
     .roster = ROSTER LONG_DAY("P1"),
     .plan = "V1 P1 10:45 V2 P1 12:25",
     .expected = ""},
    {.name = "a minute too little for break and travel",
     .visits = VISITS "\nV1;K1;" D ";10:45;60\nV2;K2;" D ";12:30;60\n",
     .roster = ROSTER LONG_DAY("P1"),
     .plan = "V1 P1 10:45 V2 P1 12:24",
     .expected = "break | P1: no room for 30 min of break that starts between 11:00 and 12:00 (shift 07:00-16:00)\n"},
    {.name = "the break after the last visit",
     .visits = VISITS "\nV1;K1;" D ";10:00;90\n",
     .roster = ROSTER "P1;" D ";07:00;12:05;work;30;11:00;11:35;;\n",
     .plan = "V1 P1 10:00",
     .expected = ""},
    {.name = "visit in office time",
     .visits = ONE,
     .roster = ROSTER MORNING("P1") "P1;" D ";08:20;09:00;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected = "office-time | P1: office time starts 08:20, but V1 ends 08:30\n"},
    {.name = "travel to office time",
     .visits = ONE,
     .roster = ROSTER MORNING("P1") "P1;" D ";08:34;09:00;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected =
         "travel | P1: V1 ends 08:30 at K1, 5 min by car to the office, there 08:35, office time starts 08:34\n"},
    {.name = "office time of an unused shift and beside shifts costs nothing",
     .visits = ONE,
     .roster =
         ROSTER MORNING("P1") MORNING("P2") "P2;" D ";08:00;09:00;office;;;;;\nP1;" D ";13:00;14:00;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "gap too short",
     .visits = VISITS ";after_visit;gap_min;gap_max\nV1;K1;" D ";08:00;30;;;\nV2;K1;" D ";09:00;30;V1;60;\n",
     .plan = "V1 P1 08:00 V2 P2 09:29",
     .expected = "link | V2: starts 09:29, 59 min after the end of V1, at least 60 are needed\n"},
    {.name = "gap too long",
     .visits = VISITS ";after_visit;gap_min;gap_max\nV1;K1;" D ";08:00;30;;;\nV2;K1;" D ";09:00;30;V1;;60\n",
     .plan = "V1 P1 08:00 V2 P2 09:30:01",
     .expected = "link | V2: starts 09:30:01, 61 min after the end of V1, at most 60 are allowed\n"},
    {.name = "an unplanned predecessor makes a link void",
     .visits = VISITS ";after_visit;gap_min;gap_max\nV1;K1;" D ";08:00;30;;;\nV2;K1;" D ";09:00;30;V1;60;\n",
     .plan = "V2 P2 09:00",
     .expected = ""},
    {.name = "42 hours after what was performed the day before",
     .visits = VISITS ";after_visit;gap_min\nV1;K1;2025-03-03;14:00;30;;\nV2;K1;" D ";08:30;30;V1;2520\n",
     .table = "performed",
     .rows = "staff_id;date;start;end;visit_id;client_id\nP1;2025-03-03;14:00;14:31;V1;K1\n",
     .plan = "V2 P2 08:30",
     .expected = "link | V2: starts 08:30, 2519 min after the end of V1, at least 2520 are needed\n"},
    {.name = "locked to somebody else",
     .visits = VISITS ";locked_staff\nV1;K1;" D ";08:00;30;P2\n",
     .plan = "V1 P1 08:00",
     .expected = "lock | V1: locked to P2, who is not on it\n"},
    {.name = "locked to another start, outside the window too",
     .visits = VISITS ";locked_start\nV1;K1;" D ";08:00;30;11:00\n",
     .plan = "V1 P1 08:00",
     .expected = "lock | V1: starts 08:00, locked to 11:00\n"},
    {.name = "kept locks",
     .visits = VISITS ";locked_start;locked_staff;staff_needed\nV1;K1;" D ";08:00;30;11:00;P3;2\n",
     .plan = "V1 P1 11:00 V1 P3 11:00",
     .expected = ""},
    {.name = "client away",
     .visits = ONE,
     .table = "absences",
     .rows = "client_id;from;to\nK1;2025-03-04 12:00;2025-03-05 08:01\n",
     .plan = "V1 P1 08:00",
     .expected = "client-away | V1: planned, but K1 is away at 08:00\n"},
    {.name = "client back in time",
     .visits = ONE,
     .table = "absences",
     .rows = "client_id;from;to\nK1;2025-03-04 12:00;2025-03-05 08:00\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "the second shift of a split day",
     .visits = VISITS "\nV1;K1;" D ";16:00;30\n",
     .roster = ROSTER MORNING("P1") "P1;" D ";16:00;20:00;work;;;;;\n",
     .plan = "V1 P1 16:05",
     .expected = ""},
    {.name = "an absence cuts the shift",
     .visits = ONE,
     .table = "absences",
     .rows = "staff_id;from;to\nP1;2025-03-05 08:30;2025-03-05 10:00\n",
     .plan = "V1 P1 08:00",
     .expected = "shift | P1: V1 ends 08:30 at K1, 5 min by car to the office, back 08:35, shift ends 08:30\n"},
    {.name = "no overtime into an absence",
     .visits = VISITS "\nV1;K1;" D ";09:15;30\n",
     .table = "absences",
     .rows = "staff_id;from;to\nP1;2025-03-05 09:00;2025-03-05 11:00\n",
     .settings = "name;value\novertime_limit_min;60\n",
     .plan = "V1 P1 09:15",
     .expected = "shift | P1: V1 ends 09:45 at K1, 5 min by car to the office, back 09:50, shift ends 09:00\n"},
};

START_TEST(hard_rule) {
    const rule_case *c = &RULES[_i];
    small_day_load(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&day.data, c->table, c->rows);
    support_rows(&day.data, "settings", c->settings);
    small_day_check(c->plan);
    small_day_breaches(c->name, c->expected);
}
END_TEST

START_TEST(rule_names_are_stable) {
    ck_assert_str_eq(ht_hard_rule_name(HT_HARD_UNKNOWN), "unknown-visit-or-staff");
    ck_assert_str_eq(ht_hard_rule_name(HT_HARD_COUNT), "not-accounted-for");
}
END_TEST

/* ---- accounting ---- */

/* Checks a plan as the program makes them; unplanned: visits, ' ' between. */
static void check_with_unplanned(const char *lines, const char *unplanned) {
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    support_plan(&day.data, lines, &day.plan);
    for (size_t length; *unplanned != '\0'; unplanned += length + (unplanned[length] == ' ')) {
        length = strcspn(unplanned, " ");
        ht_unplanned *row = ht_array_push(&day.plan.unplanned);
        *row = (ht_unplanned){ht_strings_intern(&day.data.text, unplanned, length), HT_RULE_FULL, "", ""};
    }
    day.plan.lists_unplanned = true;
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err), HT_OK);
}

START_TEST(listed_as_unplanned) {
    small_day_load(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "V2");
    small_day_breaches("listed", "");
    ck_assert_int_eq(day.report.visits, 2);
    ck_assert_int_eq(day.report.unplanned, 1);
}
END_TEST

START_TEST(not_accounted_for) {
    small_day_load(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "V1");
    small_day_breaches("forgotten", "not-accounted-for | V1: planned, and listed as unplanned too\n"
                                    "not-accounted-for | V2: neither planned nor listed as unplanned\n");
}
END_TEST

START_TEST(an_empty_list_accounts_for_nothing) {
    small_day_load(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "");
    small_day_breaches("lost", "not-accounted-for | V2: neither planned nor listed as unplanned\n");
}
END_TEST

START_TEST(listed_twice) {
    small_day_load(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "V2 V2");
    small_day_breaches("twice", "not-accounted-for | V2: listed as unplanned twice\n");
}
END_TEST

START_TEST(a_cancelled_visit_is_not_to_be_listed) {
    small_day_load(TWO, NULL);
    support_rows(&day.data, "absences", "client_id;from;to\nK2;" D ";" D "\n");
    check_with_unplanned("V1 P1 08:00", "V2");
    small_day_breaches("cancelled",
                       "not-accounted-for | V2: listed as unplanned, but cancelled: K2 is away at 09:00\n");
}
END_TEST

START_TEST(each_visit_of_the_day_has_its_fate) {
    static const ht_visit_state EXPECTED[] = {HT_VISIT_PLANNED, HT_VISIT_OPEN, HT_VISIT_CANCELLED};
    small_day_load(TWO "V3;K3;" D ";10:00;30\nV4;K3;2025-03-06;10:00;30\n", NULL);
    support_rows(&day.data, "absences", "client_id;from;to\nK3;" D ";" D "\n");
    small_day_check("V1 P1 08:00 V3 P2 10:00"); /* an old plan may still name a cancelled one */
    ck_assert_int_eq(day.report.fates.count, 3);
    for (int32_t i = 0; i < 3; i++) {
        const ht_visit_fate *fate = ht_array_at(&day.report.fates, i);
        const ht_visit_row *visit = ht_dataset_rows(&day.data, HT_VISITS);
        ck_assert_int_eq(fate->visit, visit[i].visit_id);
        ck_assert_int_eq(fate->state, EXPECTED[i]);
    }
}
END_TEST

START_TEST(a_row_that_is_refused_accounts_for_its_visit) {
    small_day_load(TWO, NULL);
    check_with_unplanned("V1 P1 08:00 V2 P9 09:00", "");
    small_day_breaches("unknown person", "unknown-visit-or-staff | V2: P9 is no staff member\n");
}
END_TEST

START_TEST(persons_own_plan_may_leave_visits_out) {
    small_day_load(TWO, NULL);
    small_day_check("V1 P1 08:00");
    small_day_breaches("own plan", "");
    ck_assert_int_eq(day.report.unplanned, 1);
}
END_TEST

START_TEST(a_cancelled_visit_is_no_unplanned_one) {
    small_day_load(TWO, NULL);
    support_rows(&day.data, "absences", "client_id;from;to\nK2;" D ";" D "\n");
    small_day_check("V1 P1 08:00");
    ck_assert_int_eq(day.report.visits, 1);
    ck_assert_int_eq(day.report.unplanned, 0);
    small_day_component("cancelled", HT_C_UNPLANNED, 0);
}
END_TEST

START_TEST(one_team_alone) {
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV4;K4;" D ";08:00;30\n", NULL);
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    day.plan.team = ht_strings_find(&day.data.text, "A");
    support_plan(&day.data, "V1 P1 08:00 V4 P1 09:00", &day.plan);
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err), HT_OK);
    ck_assert_int_eq(day.report.visits, 1);
    small_day_breaches("team A", "unknown-visit-or-staff | V4: a visit of team B, not of the plan's\n");
}
END_TEST

/* ---- memory ---- */

typedef struct counting {
    int32_t left; /* calls that still succeed; -1: all */
} counting;

static void *failing_resize(void *context, void *block, size_t size) {
    counting *c = context;
    if (c->left == 0)
        return NULL;
    c->left -= c->left > 0;
    return realloc(block, size);
}

static void plain_release(void *context, void *block) {
    (void)context;
    free(block);
}

START_TEST(memory_out_at_each_call) {
    static counting c = {-1}; /* the dataset outlives this function */
    static const ht_allocator allocator = {failing_resize, plain_release, &c};
    ht_dataset_release(&day.data);
    ck_assert(ht_dataset_init(&day.data, &allocator));
    small_day_load(TWO, NULL);
    support_rows(&day.data, "performed", "staff_id;date;start;client_id\nP3;2025-02-19;08:00;K1\n");
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    ht_plan plan;
    ht_plan_init(&plan, small_day_date(D), HT_NO_TEXT, &ht_allocator_system);
    support_plan(&day.data, "V1 P1 08:45 V2 P1 08:46", &plan);
    ht_status status = HT_ENOMEM;
    int32_t fails = 0;
    for (; status == HT_ENOMEM && fails < 1000; fails++) {
        ht_check_report report;
        ht_err_init(&day.err);
        c.left = fails;
        status = ht_check_plan(&day.data, &day.settings, &plan, &report, &day.err);
        c.left = -1;
        ht_check_report_release(&report);
    }
    ck_assert_int_eq(status, HT_OK);
    ck_assert_int_gt(fails, 2);
    ht_plan_release(&plan);
}
END_TEST

/* ---- the real day ---- */

#define REAL HT_SOURCE_DIR "/../shared/realday"

START_TEST(the_planners_own_plan_of_the_real_day) {
    if (access(REAL "/visits.csv", R_OK) != 0) {
        fprintf(stderr, "skipped: %s is missing\n", REAL);
        return;
    }
    ht_folder folder;
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    ck_assert_int_eq(ht_folder_read(REAL, HT_FOLDER_WHOLE, &day.data, &folder, &issues, &day.err), HT_OK);
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    ck_assert_int_eq(
        ht_plan_csv_read(REAL "/manual_plan.csv", small_day_date(D), &day.data, &day.plan.entries, &issues, &day.err),
        HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ht_issues_release(&issues);
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err), HT_OK);
    int64_t travel = day.report.values.component[HT_C_TRAVEL] / 60;
    ck_assert_int_eq(day.report.visits, 330);
    ck_assert_int_eq(day.report.planned, 330);
    ck_assert_int_eq(day.report.staff_visits, 336);
    ck_assert_int_eq(day.report.by_contact, 165);
    ck_assert_int_eq(day.report.by_second, 49);
    ck_assert_int_ge(day.report.contact_ceiling, 198);
    ck_assert_int_eq(travel, 2594); /* 2,584 where the person with two shifts has one route */
    ck_assert_int_gt(day.report.breaches.count, 100);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("check");
    TCase *days = tcase_create("days");
    tcase_add_checked_fixture(days, small_day_set_up, small_day_tear_down);
    tcase_add_loop_test(days, hard_rule, 0, (int)(sizeof RULES / sizeof RULES[0]));
    tcase_add_test(days, rule_names_are_stable);
    tcase_add_test(days, listed_as_unplanned);
    tcase_add_test(days, not_accounted_for);
    tcase_add_test(days, an_empty_list_accounts_for_nothing);
    tcase_add_test(days, listed_twice);
    tcase_add_test(days, a_cancelled_visit_is_not_to_be_listed);
    tcase_add_test(days, each_visit_of_the_day_has_its_fate);
    tcase_add_test(days, a_row_that_is_refused_accounts_for_its_visit);
    tcase_add_test(days, persons_own_plan_may_leave_visits_out);
    tcase_add_test(days, a_cancelled_visit_is_no_unplanned_one);
    tcase_add_test(days, one_team_alone);
    tcase_add_test(days, memory_out_at_each_call);
    tcase_add_test(days, the_planners_own_plan_of_the_real_day);
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
