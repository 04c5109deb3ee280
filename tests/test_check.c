/* Each hard rule and each component of the objective, on days small enough to work out by hand. */
#include <check.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"
#include "io/csv_folder.h"
#include "model/check.h"
#include "model/history.h"
#include "tests/support_rows.h"

#define D "2025-03-05"

/* ---- a small day ---- */

/* K1 .. K3 and P1 .. P3 are of team A, K4 and P4 of team B. P3 starts at home and walks. */
#define TEAMS "team_id;lat;lon\nA;63,0;20,0\nB;63,1;20,1\n"
#define CLIENTS                                                                                                        \
    "client_id;team;lat;lon;contact;second_contact;environment;language;gender_wish;staff_cap;from;to\n"               \
    "K1;A;63,0;20,0;P1;P2;;;;;;\n"                                                                                     \
    "K2;A;63,0;20,1;P2;;cats;;;;;\n"                                                                                   \
    "K3;A;63,0;20,2;P1;;;fi;f;;2025-01-01;2025-12-31\n"                                                                \
    "K4;B;63,1;20,1;P4;;;;;1;;\n"
#define STAFF                                                                                                          \
    "staff_id;team;title;mode;start_place;language;gender;avoids\n"                                                    \
    "P1;A;usk;car;office;sv|fi;f;\n"                                                                                   \
    "P2;A;usk_transition;car;office;sv;m;cats|dogs\n"                                                                  \
    "P3;A;vb;walk;home;;;\n"                                                                                           \
    "P4;B;vb;car;office;fi;f;\n"
/* By car: office A to K1 5 min, to K2 12, to K3 20; K1 to K2 10, K2 to K3 10, K1 to K3 25; back the same. On foot three
 * times that. */
#define TRAVEL                                                                                                         \
    "from;to;mode;minutes\n"                                                                                           \
    "office:A;K1;car;5\nK1;office:A;car;5\noffice:A;K2;car;12\nK2;office:A;car;12\noffice:A;K3;car;20\n"               \
    "K3;office:A;car;20\nK1;K2;car;10\nK2;K1;car;10\nK2;K3;car;10\nK3;K2;car;10\nK1;K3;car;25\nK3;K1;car;25\n"         \
    "K1;K2;walk;30\nK2;K1;walk;30\nK2;K3;walk;30\nK3;K2;walk;30\nK1;K3;walk;75\nK3;K1;walk;75\n"                       \
    "office:A;K1;walk;15\nK1;office:A;walk;15\noffice:B;K4;car;5\nK4;office:B;car;5\n"                                 \
    "office:A;K4;car;15\nK4;office:A;car;15\nK1;K4;car;15\nK4;K1;car;15\n"

#define VISITS "visit_id;client_id;date;start;minutes"
#define ROSTER "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;team;mode\n"
#define MORNING(staff) staff ";" D ";07:00;12:00;work;;;;;\n"
#define LONG_DAY(staff) staff ";" D ";07:00;16:00;work;30;11:00;12:00;;\n"

typedef struct day {
    ht_dataset data;
    ht_settings settings;
    ht_plan plan;
    ht_check_report report;
    ht_err err;
} day;

static day d;
static bool planned; /* d.plan is init'ed */

static void set_up(void) {
    ck_assert(ht_dataset_init(&d.data, &ht_allocator_system));
    ht_err_init(&d.err);
    planned = false;
}

static void tear_down(void) {
    if (planned) {
        ht_check_report_release(&d.report);
        ht_plan_release(&d.plan);
    }
    ht_dataset_release(&d.data);
}

static int32_t date_of(const char *text) {
    int32_t date;
    ck_assert(ht_date_parse(text, &date));
    return date;
}

/* The base tables, with the roster "" as P1 .. P3 in the morning. */
static void load_base(const char *visits, const char *roster) {
    support_rows(&d.data, "teams", TEAMS);
    support_rows(&d.data, "clients", CLIENTS);
    support_rows(&d.data, "staff", STAFF);
    support_rows(&d.data, "travel", TRAVEL);
    support_rows(&d.data, "visits", visits);
    support_rows(&d.data, "roster", roster != NULL ? roster : ROSTER MORNING("P1") MORNING("P2") MORNING("P3"));
}

static void check_day(const char *lines) {
    ck_assert_msg(ht_settings_read(&d.data, NULL, &d.settings, &d.err) == HT_OK, "%s", d.err.text);
    ht_plan_init(&d.plan, date_of(D), HT_NO_TEXT, &ht_allocator_system);
    planned = true;
    support_plan(&d.data, lines, &d.plan);
    ck_assert_msg(ht_check_plan(&d.data, &d.settings, &d.plan, &d.report, &d.err) == HT_OK, "%s", d.err.text);
}

static void breaches_as_text(ht_text *out) {
    for (int32_t i = 0; i < d.report.breaches.count; i++) {
        const ht_breach *breach = ht_array_at(&d.report.breaches, i);
        ht_text_addf(out, "%s | %s\n", ht_hard_rule_name(breach->rule), breach->text);
    }
}

static void assert_breaches(const char *name, const char *expected) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    breaches_as_text(&text);
    ck_assert_msg(strcmp(ht_text_get(&text), expected) == 0, "%s:\ngot\n%s\nexpected\n%s", name, ht_text_get(&text),
                  expected);
    ht_text_release(&text);
}

static void assert_component(ht_component component, int64_t expected) {
    int64_t value = d.report.values.component[component];
    ck_assert_msg(value == expected, "%s is %lld, expected %lld", ht_component_name(component), (long long)value,
                  (long long)expected);
}

/* ---- hard rules ---- */

typedef struct rule_case {
    const char *name, *visits, *roster, *table, *rows, *plan, *expected;
} rule_case;

#define ONE VISITS "\nV1;K1;" D ";08:00;30\n"
#define TWO VISITS "\nV1;K1;" D ";08:00;30\nV2;K2;" D ";09:00;30\n"

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
     .table = "settings",
     .rows = "name;value\novertime_limit_min;5\n",
     .plan = "V1 P1 08:00",
     .expected = ""},
    {.name = "not that much overtime",
     .visits = ONE,
     .roster = ROSTER "P1;" D ";07:00;08:30;work;;;;;\n",
     .table = "settings",
     .rows = "name;value\novertime_limit_min;4\n",
     .plan = "V1 P1 08:00",
     .expected = "shift | P1: V1 ends 08:30 at K1, 5 min by car to the office, back 08:35, shift with its overtime "
                 "ends 08:34\n"},
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
};

START_TEST(hard_rule) {
    const rule_case *c = &RULES[_i];
    load_base(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&d.data, c->table, c->rows);
    check_day(c->plan);
    assert_breaches(c->name, c->expected);
}
END_TEST

START_TEST(rule_names_are_stable) {
    ck_assert_str_eq(ht_hard_rule_name(HT_HARD_UNKNOWN), "unknown-visit-or-staff");
    ck_assert_str_eq(ht_hard_rule_name(HT_HARD_COUNT), "not-accounted-for");
}
END_TEST

/* ---- accounting ---- */

static void check_with_unplanned(const char *lines, const char *unplanned) {
    ck_assert_int_eq(ht_settings_read(&d.data, NULL, &d.settings, &d.err), HT_OK);
    ht_plan_init(&d.plan, date_of(D), HT_NO_TEXT, &ht_allocator_system);
    planned = true;
    support_plan(&d.data, lines, &d.plan);
    ht_unplanned *row = ht_array_push(&d.plan.unplanned);
    *row = (ht_unplanned){ht_strings_intern(&d.data.text, unplanned, strlen(unplanned)), HT_RULE_FULL, "", ""};
    ck_assert_int_eq(ht_check_plan(&d.data, &d.settings, &d.plan, &d.report, &d.err), HT_OK);
}

START_TEST(listed_as_unplanned) {
    load_base(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "V2");
    assert_breaches("listed", "");
    ck_assert_int_eq(d.report.visits, 2);
    ck_assert_int_eq(d.report.unplanned, 1);
}
END_TEST

START_TEST(not_accounted_for) {
    load_base(TWO, NULL);
    check_with_unplanned("V1 P1 08:00", "V1");
    assert_breaches("forgotten", "not-accounted-for | V1: planned, and listed as unplanned too\n"
                                 "not-accounted-for | V2: neither planned nor listed as unplanned\n");
}
END_TEST

START_TEST(persons_own_plan_may_leave_visits_out) {
    load_base(TWO, NULL);
    check_day("V1 P1 08:00");
    assert_breaches("own plan", "");
    ck_assert_int_eq(d.report.unplanned, 1);
}
END_TEST

START_TEST(a_cancelled_visit_is_no_unplanned_one) {
    load_base(TWO, NULL);
    support_rows(&d.data, "absences", "client_id;from;to\nK2;" D ";" D "\n");
    check_day("V1 P1 08:00");
    ck_assert_int_eq(d.report.visits, 1);
    ck_assert_int_eq(d.report.unplanned, 0);
    assert_component(HT_C_UNPLANNED, 0);
}
END_TEST

START_TEST(one_team_alone) {
    load_base(VISITS "\nV1;K1;" D ";08:00;30\nV4;K4;" D ";08:00;30\n", NULL);
    ck_assert_int_eq(ht_settings_read(&d.data, NULL, &d.settings, &d.err), HT_OK);
    ht_plan_init(&d.plan, date_of(D), ht_strings_find(&d.data.text, "A"), &ht_allocator_system);
    planned = true;
    support_plan(&d.data, "V1 P1 08:00 V4 P1 09:00", &d.plan);
    ck_assert_int_eq(ht_check_plan(&d.data, &d.settings, &d.plan, &d.report, &d.err), HT_OK);
    ck_assert_int_eq(d.report.visits, 1);
    assert_breaches("team A", "unknown-visit-or-staff | V4: a visit of team B, not of the plan's\n");
}
END_TEST

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
    load_base(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&d.data, c->table, c->rows);
    check_day(c->plan);
    int64_t value = d.report.values.component[c->component];
    ck_assert_msg(value == c->expected, "%s: %lld, expected %lld", c->name, (long long)value, (long long)c->expected);
}
END_TEST

START_TEST(levels_follow_components) {
    load_base(TWO, NULL);
    check_day("V1 P2 08:40");
    ck_assert_int_eq(d.settings.objective.levels, 4);
    ck_assert_int_eq(d.report.values.level[0], 100);
    ck_assert_int_eq(d.report.values.level[1], 600);
    ck_assert_int_eq(d.report.values.level[2], 1);
    ck_assert_int_eq(d.report.values.level[3], 600);
    ck_assert_int_eq(d.report.late_visits, 1);
}
END_TEST

START_TEST(roles_add_up) {
    load_base(VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";09:00;30\nV3;K1;" D ";10:00;30\nV4;K1;" D ";11:00;30\n",
              NULL);
    check_day("V1 P1 08:00 V2 P2 09:00 V3 P3 10:00 V4 P4 11:00");
    ck_assert_int_eq(d.report.by_contact, 1);
    ck_assert_int_eq(d.report.by_second, 1);
    ck_assert_int_eq(d.report.by_team, 1);
    ck_assert_int_eq(d.report.by_other, 1);
    ck_assert_int_eq(d.report.staff_visits, 4);
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
    load_base(visits, NULL);
    if (c->table != NULL)
        support_rows(&d.data, c->table, c->rows);
    check_day("");
    ck_assert_msg(d.report.contact_ceiling == c->expected, "%s: %d", c->name, (int)d.report.contact_ceiling);
}
END_TEST

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
                 "lent lent P4 | P4 of team B: 1 visits to clients of team A\n"
                 "contact contact_title K4 | K4: the contact P4 is no assistant nurse\n"},
    {.name = "too little rest before and after",
     .visits = ONE,
     .roster = ROSTER "P1;2025-03-04;13:00;20:01;work;30;16:00;17:00;;\n" MORNING(
         "P1") "P1;2025-03-06;07:00;12:00;work;;;;;\nP2;2025-03-04;13:00;23:00;work;60;;;;\n" MORNING("P2"),
     .plan = "V1 P1 08:00",
     .expected =
         "rest daily_rest P1 | P1: 659 min of rest between 2025-03-04 20:01 and 2025-03-05 07:00, 11 h are needed\n"},
    {.name = "office time in no shift",
     .visits = ONE,
     .roster = ROSTER MORNING("P1") "P1;" D ";13:00;14:00;office;;;;;\n",
     .plan = "V1 P1 08:00",
     .expected = "roster office-time P1 | P1: office time 13:00-14:00 lies in no shift and is passed over\n"},
};

static void assert_deviations(const char *name, const char *expected) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < d.report.deviations.count; i++) {
        const ht_deviation *row = ht_array_at(&d.report.deviations, i);
        ht_text_addf(&text, "%s %s %s | %s\n", row->level, row->rule, row->id, row->text);
    }
    ck_assert_msg(strcmp(ht_text_get(&text), expected) == 0, "%s:\ngot\n%s\nexpected\n%s", name, ht_text_get(&text),
                  expected);
    ht_text_release(&text);
}

START_TEST(deviation) {
    const deviation_case *c = &DEVIATIONS[_i];
    load_base(c->visits, c->roster);
    if (c->table != NULL)
        support_rows(&d.data, c->table, c->rows);
    check_day(c->plan);
    assert_deviations(c->name, c->expected);
}
END_TEST

START_TEST(a_week_of_work) {
    load_base(
        ONE, ROSTER
        "P1;2025-03-03;07:00;16:00;work;30;11:00;12:00;;\nP1;2025-03-04;07:00;16:00;work;30;11:00;12:00;;\n" LONG_DAY(
            "P1") "P1;2025-03-06;07:00;16:00;work;30;11:00;12:00;;\nP1;2025-03-07;07:00;16:00;work;30;11:00;12:00;;\n"
                  "P1;2025-03-08;16:00;20:00;work;;;;;\nP1;2025-03-09;07:00;12:00;work;;;;;\n");
    check_day("V1 P1 08:00");
    assert_deviations("week", "rest weekly_rest P1 | P1: at most 1440 min of rest on end this week, 36 h are needed\n"
                              "hours weekly_hours P1 | P1: 3090 min of work this week, 40 h on average are allowed\n");
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
    ht_dataset_release(&d.data);
    ck_assert(ht_dataset_init(&d.data, &allocator));
    load_base(TWO, NULL);
    support_rows(&d.data, "performed", "staff_id;date;start;client_id\nP3;2025-02-19;08:00;K1\n");
    ck_assert_int_eq(ht_settings_read(&d.data, NULL, &d.settings, &d.err), HT_OK);
    ht_plan plan;
    ht_plan_init(&plan, date_of(D), HT_NO_TEXT, &ht_allocator_system);
    support_plan(&d.data, "V1 P1 08:45 V2 P1 08:46", &plan);
    ht_status status = HT_ENOMEM;
    int32_t fails = 0;
    for (; status == HT_ENOMEM && fails < 1000; fails++) {
        ht_check_report report;
        ht_err_init(&d.err);
        c.left = fails;
        status = ht_check_plan(&d.data, &d.settings, &plan, &report, &d.err);
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
    ck_assert_int_eq(ht_folder_read(REAL, HT_FOLDER_WHOLE, &d.data, &folder, &issues, &d.err), HT_OK);
    ck_assert_int_eq(ht_settings_read(&d.data, NULL, &d.settings, &d.err), HT_OK);
    ht_plan_init(&d.plan, date_of(D), HT_NO_TEXT, &ht_allocator_system);
    planned = true;
    ck_assert_int_eq(ht_plan_csv_read(REAL "/manual_plan.csv", date_of(D), &d.data, &d.plan.entries, &issues, &d.err),
                     HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ht_issues_release(&issues);
    ck_assert_int_eq(ht_check_plan(&d.data, &d.settings, &d.plan, &d.report, &d.err), HT_OK);
    int64_t travel = d.report.values.component[HT_C_TRAVEL] / 60;
    ck_assert_int_eq(d.report.visits, 330);
    ck_assert_int_eq(d.report.planned, 330);
    ck_assert_int_eq(d.report.staff_visits, 336);
    ck_assert_int_eq(d.report.by_contact, 165);
    ck_assert_int_eq(d.report.by_second, 49);
    ck_assert_int_ge(d.report.contact_ceiling, 198);
    ck_assert_msg(travel >= 2540 && travel <= 2600, "%lld min", (long long)travel);
    ck_assert_int_gt(d.report.breaches.count, 100);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("check");
    TCase *rules = tcase_create("rules"), *values = tcase_create("values"), *other = tcase_create("other");
    tcase_add_checked_fixture(rules, set_up, tear_down);
    tcase_add_checked_fixture(values, set_up, tear_down);
    tcase_add_checked_fixture(other, set_up, tear_down);
    tcase_add_loop_test(rules, hard_rule, 0, (int)(sizeof RULES / sizeof RULES[0]));
    tcase_add_test(rules, rule_names_are_stable);
    tcase_add_test(rules, listed_as_unplanned);
    tcase_add_test(rules, not_accounted_for);
    tcase_add_test(rules, persons_own_plan_may_leave_visits_out);
    tcase_add_test(rules, a_cancelled_visit_is_no_unplanned_one);
    tcase_add_test(rules, one_team_alone);
    tcase_add_loop_test(values, component, 0, (int)(sizeof VALUES / sizeof VALUES[0]));
    tcase_add_test(values, levels_follow_components);
    tcase_add_test(values, roles_add_up);
    tcase_add_loop_test(values, contact_ceiling, 0, (int)(sizeof CEILINGS / sizeof CEILINGS[0]));
    tcase_add_loop_test(other, deviation, 0, (int)(sizeof DEVIATIONS / sizeof DEVIATIONS[0]));
    tcase_add_test(other, a_week_of_work);
    tcase_add_test(other, memory_out_at_each_call);
    tcase_add_test(other, the_planners_own_plan_of_the_real_day);
    suite_add_tcase(s, rules);
    suite_add_tcase(s, values);
    suite_add_tcase(s, other);
    return s;
}

int main(void) {
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
