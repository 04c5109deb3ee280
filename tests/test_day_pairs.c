/* Who may make which visit of a day, and what each pair of client and person is worth. */
#include <check.h>

#include "base/text.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_rows.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* The morning of P1 (sv, fi; f), P2 (avoids cats and dogs; m), P3 (home), P4 (of team B). K2 has cats. */
#define ALL ROSTER MORNING("P1") MORNING("P2") MORNING("P3") MORNING("P4")

/* ---- who may ---- */

typedef struct able_case {
    const char *name, *columns, *visit; /* "V1;K1;...": at 08:00, 30 min */
    const char *table, *rows;           /* one more; in rows D is the day */
    const char *able;                   /* of each task, the persons who may do it, '/' between tasks */
    const char *forbidden;              /* "P1:skill P2:blocked": by whom and why not */
} able_case;

static const able_case ABLE[] = {
    {"anybody", "", "V1;K1", NULL, NULL, "1234", ""},
    {"two persons", ";staff_needed", "V1;K1;;2", NULL, NULL, "1234/1234", ""},
    {"an environment that somebody avoids", "", "V1;K2", NULL, NULL, "134", "P2:avoids"},
    {"one tag of several is enough to stay away", "", "V1;K5", "clients",
     "client_id;team;lat;lon;environment\nK5;A;63,0;20,0;smoke|dogs\n", "134", "P2:avoids"},
    {"no tag in common", "", "V1;K5", "clients", "client_id;team;lat;lon;environment\nK5;A;63,0;20,0;smoke|cat\n",
     "1234", ""},
    {"blocked", "", "V1;K1", "relations", "client_id;staff_id;kind\nK1;P3;blocked\nK2;P4;blocked\nK1;P4;wished\n",
     "124", "P3:blocked"},
    {"a skill", ";skill", "V1;K1;;inj", "skills", "staff_id;skill;from;to\nP1;inj;;\nP2;other;;\n", "1",
     "P2:skill P3:skill P4:skill"},
    {"each of several", ";skill", "V1;K1;;inj|lift", "skills",
     "staff_id;skill\nP1;inj\nP1;lift\nP2;inj\nP3;lift\nP4;lift\nP4;inj\n", "14", "P2:skill P3:skill"},
    {"a skill that nobody has", ";skill", "V1;K1;;inj", NULL, NULL, "", "P1:skill P2:skill P3:skill P4:skill"},
    {"the dates of a skill are included", ";skill", "V1;K1;;inj", "skills",
     "staff_id;skill;from;to\nP1;inj;" D ";\nP2;inj;;" D "\nP3;inj;2025-03-06;\nP4;inj;;2025-03-04\n", "12",
     "P3:skill P4:skill"},
    {"one row that holds is enough", ";skill", "V1;K1;;inj", "skills",
     "staff_id;skill;from;to\nP1;inj;2024-01-01;2024-12-31\nP1;inj;2025-01-01;2025-12-31\n", "1",
     "P2:skill P3:skill P4:skill"},
    {"a skill of one is each one's where one is enough", ";skill_one", "V1;K1;;inj|lift", "skills",
     "staff_id;skill\nP1;inj\nP2;inj\nP2;lift\n", "2", "P1:skill P3:skill P4:skill"},
    {"a skill of one forbids none of two", ";staff_needed;skill_one", "V1;K1;;2;inj", "skills",
     "staff_id;skill\nP1;inj\n", "1234/1234", ""},
    {"locked", ";locked_staff", "V1;K1;;P3", NULL, NULL, "3", "P1:lock P2:lock P4:lock"},
    {"one of two locked: the other may be anybody else", ";staff_needed;locked_staff", "V1;K1;;2;P3", NULL, NULL,
     "3/124", ""},
    {"both locked", ";staff_needed;locked_staff", "V1;K1;;2;P4|P1", NULL, NULL, "4/1", "P2:lock P3:lock"},
    {"locked, but not able", ";locked_staff", "V1;K2;;P2", NULL, NULL, "", "P1:lock P2:avoids P3:lock P4:lock"},
    {"locked, but not on shift", ";staff_needed;locked_staff", "V1;K1;;2;P7", "staff", "staff_id;team\nP7;A\n", "/1234",
     ""},
    {"no window", ";latest", "V1;K1;;06:00", NULL, NULL, "", "P1:window P2:window P3:window P4:window"},
    {"several rules", ";skill", "V1;K2;;inj", "relations", "client_id;staff_id;kind\nK2;P2;blocked\n", "",
     "P1:skill P2:skill P2:blocked P2:avoids P3:skill P4:skill"},
};

/* "V1;K1;;x" with the date, the start and the minutes for the ";;". */
static void load_visit(const char *columns, const char *visit) {
    char text[400];
    const char *rest = strstr(visit, ";;");
    snprintf(text, sizeof text, VISITS "%s\n%.*s;" D ";08:00;30%s\n", columns,
             rest ? (int)(rest - visit) : (int)strlen(visit), visit, rest ? rest + 1 : "");
    support_rows(&day.data, "visits", text);
}

static void print_able(ht_text *text) {
    const ht_problem *p = &built.problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        ht_text_addf(text, "%s", t > 0 ? "/" : "");
        for (int32_t s = 0; s < p->staff; s++)
            if (p->able[t * p->staff + s])
                ht_text_addf(text, "%s", ht_dataset_text(&day.data, built.staff_row[s]->staff_id) + 1);
    }
}

static void print_forbidden(ht_text *text) {
    for (int32_t s = 0; s < built.problem.staff; s++)
        for (ht_rule rule = HT_RULE_SKILL; rule <= HT_RULE_LOCK; rule++)
            if (built.forbids[s] >> rule & 1)
                ht_text_addf(text, "%s%s:%s", ht_text_get(text)[0] != '\0' ? " " : "",
                             ht_dataset_text(&day.data, built.staff_row[s]->staff_id), ht_rule_name(rule));
}

static void assert_text(const char *name, ht_text *text, const char *expected) {
    ck_assert_msg(strcmp(ht_text_get(text), expected) == 0, "%s: \"%s\", expected \"%s\"", name, ht_text_get(text),
                  expected);
    ht_text_release(text);
}

START_TEST(able) {
    const able_case *c = &ABLE[_i];
    ht_text may, may_not;
    ht_text_init(&may, &ht_allocator_system);
    ht_text_init(&may_not, &ht_allocator_system);
    small_day_load(NULL, ALL);
    support_rows(&day.data, c->table ? c->table : "visits", c->rows);
    load_visit(c->columns, c->visit);
    built_make(NULL);
    print_able(&may);
    print_forbidden(&may_not);
    assert_text(c->name, &may, c->able);
    assert_text(c->name, &may_not, c->forbidden);
}
END_TEST

/* Every plan of these keeps the rules, and is made where somebody may. */
START_TEST(able_agrees_with_the_check) {
    const able_case *c = &ABLE[_i];
    small_day_load(NULL, ALL);
    support_rows(&day.data, c->table ? c->table : "visits", c->rows);
    load_visit(c->columns, c->visit);
    built_make(NULL);
    built_solve(1, 100);
    small_day_breaches(c->name, "");
    bool somebody = c->able[0] != '\0' && c->able[0] != '/';
    ck_assert_msg(day.report.planned == somebody, "%s: %d planned", c->name, day.report.planned);
}
END_TEST

START_TEST(tags_of_one) {
    small_day_load(VISITS ";staff_needed;skill_one\nV1;K1;" D ";08:00;30;2;inj|lift\nV2;K1;" D ";09:00;30;1;inj\n"
                          "V3;K1;" D ";10:00;30;2;\nV4;K1;" D ";11:00;30;2;none\n",
                   ALL);
    support_rows(&day.data, "skills",
                 "staff_id;skill;from;to\nP1;inj;;\nP2;lift;;\nP2;inj;" D ";" D "\nP3;inj;2025-03-06;\n");
    built_make(NULL);
    const ht_problem *p = &built.problem;
    static const uint8_t TAGS[] = {3, 0, 0, 1}, HELD[4][4] = {{1, 3, 0, 0}, {0}, {0}, {0}};
    for (int32_t v = 0; v < 4; v++) {
        ck_assert_int_eq(p->visit[v].one_tags, TAGS[v]);
        for (int32_t s = 0; s < 4; s++)
            ck_assert_int_eq(p->one_held[v * 4 + s], HELD[v][s]);
    }
}
END_TEST

/* ---- what it is worth ---- */

/* K1 is of team A, contact P1, second contact P2; P3 is of team A, P4 of team B. */
typedef struct points_case {
    const char *name;
    const char *table, *rows;
    const char *first, *again; /* points of P1 .. P4 */
} points_case;

#define PERFORMED(date) "staff_id;date;start;client_id\nP3;" date ";08:00;K1\nP4;" date ";08:00;K1\n"

static const points_case POINTS[] = {
    {"nobody met before", NULL, NULL, "0 1 4 8", "0 1 2 5"},
    {"met the day before", "performed", PERFORMED("2025-03-04"), "0 1 2 5", "0 1 2 5"},
    {"met 14 days before", "performed", PERFORMED("2025-02-19"), "0 1 2 5", "0 1 2 5"},
    {"met 15 days before", "performed", PERFORMED("2025-02-18"), "0 1 4 8", "0 1 2 5"},
    {"met on the day itself", "performed", PERFORMED(D), "0 1 4 8", "0 1 2 5"},
    {"met another client", "performed", "staff_id;date;start;client_id\nP3;2025-03-04;08:00;K2\n", "0 1 4 8",
     "0 1 2 5"},
    {"known", "relations", "client_id;staff_id;kind\nK1;P3;known\nK1;P4;known\n", "0 1 2 5", "0 1 2 5"},
    {"wished: met, one less, not below 0", "relations",
     "client_id;staff_id;kind\nK1;P1;wished\nK1;P2;wished\nK1;P3;wished\nK1;P4;wished\n", "0 0 1 4", "0 0 1 4"},
    {"wished and known", "relations", "client_id;staff_id;kind\nK1;P3;wished\nK1;P3;known\n", "0 1 1 8", "0 1 1 5"},
    {"blocked is not met", "relations", "client_id;staff_id;kind\nK1;P3;blocked\n", "0 1 4 8", "0 1 2 5"},
    {"points of settings", "settings",
     "name;value\npoints_contact;3\npoints_second;10\npoints_team_met;20\npoints_team_new;40\npoints_other_met;50\n"
     "points_other_new;80\n",
     "3 10 40 80", "3 10 20 50"},
};

static void print_points(const int32_t *points, ht_text *text) {
    for (int32_t s = 0; s < built.problem.staff; s++)
        ht_text_addf(text, "%s%d", s > 0 ? " " : "", (int)points[s]);
}

START_TEST(points) {
    const points_case *c = &POINTS[_i];
    ht_text first, again;
    ht_text_init(&first, &ht_allocator_system);
    ht_text_init(&again, &ht_allocator_system);
    small_day_load(ONE, ALL);
    support_rows(&day.data, c->table ? c->table : "visits", c->rows);
    built_make(NULL);
    print_points(built.problem.points_first, &first);
    print_points(built.problem.points_again, &again);
    assert_text(c->name, &first, c->first);
    assert_text(c->name, &again, c->again);
}
END_TEST

/* Days with performed rows follow these alone, for all clients; others the plan. Visits that do not count are none. */
START_TEST(performed_beats_planned_day_by_day) {
    static const struct {
        const char *performed, *first;
    } CASES[] = {
        {"", "0 1 2 8"},                                                   /* P3 was planned */
        {"P4;2025-03-04;09:00;;K1\n", "0 1 4 5"},                          /* P4 came */
        {"P4;2025-03-04;09:00;;K2\n", "0 1 4 8"},                          /* another visit of that day was performed */
        {"P4;2025-03-03;09:00;;K1\n", "0 1 2 5"},                          /* on another day: both */
        {"P4;2025-03-03;09:00;U1;\n", "0 1 2 8"},                          /* U1 does not count */
        {"P4;2025-03-03;09:00;U1;\nP4;2025-03-02;09:00;U2;\n", "0 1 2 5"}, /* U2 does, and names its client */
    };
    char rows[200];
    ht_text first;
    ht_text_init(&first, &ht_allocator_system);
    snprintf(rows, sizeof rows, "staff_id;date;start;visit_id;client_id\n%s", CASES[_i].performed);
    small_day_load(VISITS ";counts\nV1;K1;" D ";08:00;30;\nU1;K1;2025-03-03;08:00;30;no\nU2;K1;2025-03-02;08:00;30;\n",
                   ALL);
    support_rows(&day.data, "performed", rows);
    ht_performed_row *planned = ht_array_push(&day.data.planned);
    ck_assert_ptr_nonnull(planned);
    *planned = (ht_performed_row){.staff_id = built_symbol("P3"),
                                  .date = small_day_date("2025-03-04"),
                                  .start = 8 * 3600,
                                  .end = 9 * 3600,
                                  .client_id = built_symbol("K1")};
    built_make(NULL);
    print_points(built.problem.points_first, &first);
    assert_text(CASES[_i].performed, &first, CASES[_i].first);
}
END_TEST

/* K4 has a cap of 1, K5 of 3, K1 none; H are the persons of days -13 .. -1, also those who are not on shift. */
START_TEST(caps) {
    static const struct {
        const char *performed, *seen; /* by P1 .. P4 of K4 */
        int32_t cap4, cap5;
    } CASES[] = {
        {"", "0000", 1, 3},
        {"P4;2025-02-20;08:00;K4\n", "0001", 0, 3},
        {"P4;2025-02-19;08:00;K4\n", "0000", 1, 3}, /* day -14 */
        {"P4;2025-02-19;08:00;K4\nP4;2025-03-01;08:00;K4\n", "0001", 0, 3},
        {"P4;2025-03-04;08:00;K4\nP1;2025-03-03;08:00;K4\nP1;2025-03-02;08:00;K4\n", "1001", 0, 3},
        {"P7;2025-03-04;08:00;K4\nP7;2025-03-04;08:00;K5\nP1;2025-03-04;08:00;K5\n", "0000", 0, 1},
    };
    char rows[200];
    ht_text seen;
    ht_text_init(&seen, &ht_allocator_system);
    snprintf(rows, sizeof rows, "staff_id;date;start;client_id\n%s", CASES[_i].performed);
    support_rows(&day.data, "staff", "staff_id;team\nP7;A\n");
    support_rows(&day.data, "clients", "client_id;team;lat;lon;staff_cap\nK5;A;63,0;20,0;3\n");
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV4;K4;" D ";09:00;30\nV5;K5;" D ";09:00;30\n", ALL);
    support_rows(&day.data, "performed", rows);
    built_make(NULL);
    const ht_problem *p = &built.problem;
    ck_assert_int_eq(p->cap[p->visit[0].client], INT32_MAX);
    ck_assert_int_eq(p->cap[p->visit[1].client], CASES[_i].cap4);
    ck_assert_int_eq(p->cap[p->visit[2].client], CASES[_i].cap5);
    for (int32_t s = 0; s < p->staff; s++)
        ht_text_addf(&seen, "%d", (int)p->seen[p->visit[1].client * p->staff + s]);
    assert_text(CASES[_i].performed, &seen, CASES[_i].seen);
    ck_assert_int_eq(p->points_over_cap, 8);
}
END_TEST

/* K3 wishes fi and f: P1 has both, P2 neither, P3 tells nothing, P4 both. K1 wishes nothing. */
START_TEST(wishes) {
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV3;K3;" D ";09:00;30\n", ALL);
    built_make(NULL);
    static const uint8_t UNMET[2][4] = {{0, 0, 0, 0}, {0, 2, 2, 0}};
    for (int32_t c = 0; c < 2; c++)
        for (int32_t s = 0; s < 4; s++)
            ck_assert_int_eq(built.problem.wishes_unmet[c * 4 + s], UNMET[c][s]);
}
END_TEST

/* ---- split shifts of one person ---- */

#define SPLIT ROSTER "P4;" D ";07:00;10:00;work;;;;A;\nP4;" D ";15:00;19:00;work;;;;A;\n"

/* P4 did not meet K1: 8 points for the first visit, 5 for the second in the other shift. */
START_TEST(not_met_once_over_both_shifts) {
    small_day_load(VISITS "\nV1;K1;" D ";08:00;30\nV2;K1;" D ";16:00;30\n", SPLIT);
    built_make(NULL);
    ck_assert_int_eq(built.problem.staff, 1);
    ck_assert_int_eq(built.problem.shifts, 2);
    built_solve(1, 100);
    ck_assert_int_eq(day.report.planned, 2);
    ck_assert_int_ne(solved.best.shift[0], solved.best.shift[1]);
    ck_assert_int_eq(solved.best.values.component[HT_C_CONTINUITY], 8 + 5);
    small_day_component("both shifts", HT_C_CONTINUITY, 8 + 5);
}
END_TEST

/* The two shifts leave one start each that both would allow: a double visit needs two persons. */
START_TEST(double_visit_needs_two_persons) {
    static const char *const ROSTERS[] = {ROSTER "P1;" D ";07:00;09:00;work;;;;;\nP1;" D ";09:00;12:00;work;;;;;\n",
                                          ROSTER MORNING("P1") MORNING("P2")};
    small_day_load(VISITS ";staff_needed;before_min;after_min\nV1;K1;" D ";08:30;10;2;60;60\n", ROSTERS[_i]);
    built_make(NULL);
    built_solve(1, 100);
    ck_assert_int_eq(day.report.planned, _i);
    small_day_breaches("two persons", "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("day_pairs");
    TCase *may = tcase_create("may"), *worth = tcase_create("worth"), *split = tcase_create("split");
    TCase *all[] = {may, worth, split};
    for (int i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], built_set_up, built_tear_down);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_loop_test(may, able, 0, COUNT(ABLE));
    tcase_add_loop_test(may, able_agrees_with_the_check, 0, COUNT(ABLE));
    tcase_add_test(may, tags_of_one);
    tcase_add_loop_test(worth, points, 0, COUNT(POINTS));
    tcase_add_loop_test(worth, performed_beats_planned_day_by_day, 0, 6);
    tcase_add_loop_test(worth, caps, 0, 6);
    tcase_add_test(worth, wishes);
    tcase_add_test(split, not_met_once_over_both_shifts);
    tcase_add_loop_test(split, double_visit_needs_two_persons, 0, 2);
    return ht_run_suite(suite);
}
