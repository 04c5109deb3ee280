/* Why a visit stays unplanned, person by person, and what would help. */
#include <check.h>

#include "model/unplanned.h"
#include "solver/explain.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_rows.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* All but V0 are planned, or V0 alone is there. By car K1 is 5 min from the office, K2 12, K1 to K2 10. */
typedef struct reason_case {
    const char *name, *columns, *visits, *roster; /* visits without the line end of the header */
    const char *table, *rows;
    const char *rule, *reason, *would_help; /* of V0 */
} reason_case;

#define P1_AND_P2 ROSTER MORNING("P1") MORNING("P2")
#define NIGHT "V0;K1;" D ";04:00;30"
#define AT_NINE "V0;K1;" D ";09:00;30"

static const reason_case REASONS[] = {
    {"nobody has the skill", ";skill", AT_NINE ";inj\n", P1_AND_P2, NULL, NULL, "skill", "on_shift=2 skill=2",
     "give_skill staff=P1 at=08:30"},
    {"two lack it", ";staff_needed;skill", AT_NINE ";2;inj\n", P1_AND_P2, NULL, NULL, "skill", "on_shift=2 skill=2",
     "give_skill staff=P1|P2 at=08:30"},
    {"one of two lacks it", ";staff_needed;skill", AT_NINE ";2;inj\n", P1_AND_P2, "skills", "staff_id;skill\nP1;inj\n",
     "skill", "on_shift=2 skill=1 full=1", "give_skill staff=P2 at=08:30"},
    {"none of two has what one must have", ";staff_needed;skill_one", AT_NINE ";2;inj\n", P1_AND_P2, NULL, NULL,
     "skill", "on_shift=2 skill=2", "give_skill staff=P1 at=08:30"},
    {"who has what one must have is not there in time", ";staff_needed;skill_one", AT_NINE ";2;inj\n",
     P1_AND_P2 "P4;" D ";14:00;16:00;work;;;;;\n", "skills", "staff_id;skill\nP4;inj\n", "skill",
     "on_shift=3 skill=2 shift=1", "give_skill staff=P1 at=08:30"},
    {"the skill would help the person it is locked to", ";skill;locked_staff", AT_NINE ";inj;P2\n", P1_AND_P2, NULL,
     NULL, "lock", "on_shift=2 skill=2", "give_skill staff=P2 at=08:30"},
    {"nobody is there at night", "", NIGHT "\n", P1_AND_P2, NULL, NULL, "shift", "on_shift=2 shift=2",
     "move_start minutes=120 staff=P1 at=07:05"},
    {"blocked and avoiding", "", "V0;K2;" D ";09:00;30\n", P1_AND_P2, "relations",
     "client_id;staff_id;kind\nK2;P1;blocked\n", "blocked", "on_shift=2 blocked=1 avoids=1",
     "more_staff need=1 at=08:30 until=11:00"},
    {"locked to somebody who avoids the cats", ";locked_staff", "V0;K2;" D ";09:00;30;P2\n", P1_AND_P2, NULL, NULL,
     "lock", "on_shift=2 avoids=1 lock=1", "open_lock locked=P2 staff=P1 at=08:30"},
    {"locked to somebody not on shift", ";locked_staff", AT_NINE ";P4\n", P1_AND_P2, NULL, NULL, "lock",
     "on_shift=2 lock=2", "open_lock locked=P4 staff=P1 at=08:30"},
    {"one of two locked, not on shift", ";staff_needed;locked_staff", AT_NINE ";2;P4\n", P1_AND_P2, NULL, NULL, "lock",
     "on_shift=2 lock=2", "open_lock locked=P4 staff=P1|P2 at=08:30"},
    {"locked to somebody who comes later", ";locked_staff;latest", AT_NINE ";P4;09:30\n",
     P1_AND_P2 "P4;" D ";09:50;12:00;work;;;;;\n", NULL, NULL, "lock", "on_shift=3 shift=1 lock=2",
     "open_lock locked=P4 staff=P1 at=08:30"},
    {"the nearest start", ";latest", AT_NINE ";09:30\n", ROSTER "P1;" D ";09:28;12:00;work;;;;;\n", NULL, NULL,
     "travel", "on_shift=1 travel=1", "move_start minutes=5 staff=P1 at=09:33"},
    {"back too late", ";before_min", AT_NINE ";0\n", ROSTER "P1;" D ";07:00;09:30;work;;;;;\n", NULL, NULL, "travel",
     "on_shift=1 travel=1", "move_start minutes=5 staff=P1 at=08:55"},
    {"a little overtime", ";before_min", AT_NINE ";0\n", ROSTER "P1;" D ";08:57;09:30;work;;;;;\n", NULL, NULL,
     "travel", "on_shift=1 travel=1", "stay_longer minutes=15 staff=P1 at=09:02"},
    {"no overtime into the next shift", ";before_min;latest", AT_NINE ";0;09:02\n",
     ROSTER "P1;" D ";08:57;09:30;work;;;;;\nP1;" D ";09:31;09:33;work;;;;;\n", NULL, NULL, "travel",
     "on_shift=1 travel=1", "more_staff need=1 at=09:00 until=09:32"},
    {"no overtime into an absence", ";before_min", AT_NINE ";0\n", ROSTER "P1;" D ";08:57;12:00;work;;;;;\n",
     "absences", "staff_id;from;to\nP1;" D " 09:30;" D "\n", "travel", "on_shift=1 travel=1",
     "more_staff need=1 at=09:00 until=11:00"},
    {"office time", ";latest", AT_NINE ";09:00\n", ROSTER MORNING("P1") "P1;" D ";08:00;10:00;office;;;;;\n", NULL,
     NULL, "shift", "on_shift=1 shift=1", "move_start minutes=120 staff=P1 at=07:05"},
    {"travel to office time", ";latest", AT_NINE ";09:00\n", ROSTER MORNING("P1") "P1;" D ";09:02;10:00;office;;;;;\n",
     NULL, NULL, "travel", "on_shift=1 travel=1", "move_start minutes=5 staff=P1 at=08:25"},
    {"the break", ";before_min;latest", "V0;K1;" D ";11:00;55;0;11:00\n",
     ROSTER "P1;" D ";07:00;12:00;work;30;10:40;11:25;;\n", NULL, NULL, "break", "on_shift=1 break=1",
     "move_start minutes=30 staff=P1 at=10:30"},
    {"full", ";priority", AT_NINE ";3\nV1;K1;" D ";09:00;180;1\n", ROSTER MORNING("P1"), NULL, NULL, "full",
     "on_shift=1 full=1", "move_start minutes=5 staff=P1 at=08:25"},
    {"one of two is missing", ";staff_needed", AT_NINE ";2\n", ROSTER MORNING("P1"), NULL, NULL, "full",
     "on_shift=1 full=1", "more_staff need=1 at=08:30 until=11:00"},
    {"both are missing", ";staff_needed", AT_NINE ";2\n", ROSTER "P1;" D ";13:00;16:00;work;;;;;\n", NULL, NULL,
     "shift", "on_shift=1 shift=1", "more_staff need=2 at=08:30 until=11:00"},
    {"an empty window", ";latest", AT_NINE ";08:10\n", P1_AND_P2, NULL, NULL, "window", "on_shift=2 window=2",
     "move_start minutes=15 staff=P1 at=08:15"},
    {"a link to another day leaves nothing of the window", ";after_visit;gap_min;latest",
     "V1;K1;2025-03-04;20:00;30;;;\n" AT_NINE ";V1;780;09:15\n", P1_AND_P2, "performed",
     "staff_id;date;start;end;visit_id\nP1;2025-03-04;20:00;20:30;V1\n", "window", "on_shift=2 window=2",
     "move_start minutes=15 staff=P1 at=09:30"},
    {"a link to another day that no wider window keeps", ";after_visit;gap_max",
     "V1;K1;2025-03-04;20:00;30;;\n" AT_NINE ";V1;540\n", P1_AND_P2, "performed",
     "staff_id;date;start;end;visit_id\nP1;2025-03-04;20:00;20:30;V1\n", "window", "on_shift=2 window=2",
     "empty_window"},
    {"a link of the day leaves nothing of the window", ";after_visit;gap_min;priority",
     AT_NINE ";V1;200;3\nV1;K1;" D ";08:00;30;;;1\n", P1_AND_P2, NULL, NULL, "window", "on_shift=2 window=2",
     "move_start minutes=60 staff=P1 at=11:20"},
    {"not behind the next of a link", ";after_visit;gap_max;priority;locked_staff",
     "V0;K1;" D ";10:00;30;;;3;P1\nV1;K1;" D ";07:30;30;V0;;1;P2\n", P1_AND_P2, NULL, NULL, "window",
     "on_shift=2 window=2", "move_start minutes=60 staff=P1 at=08:30"},
};

static const ht_unplanned *unplanned(const char *id) {
    for (int32_t i = 0; i < day.plan.unplanned.count; i++) {
        const ht_unplanned *u = ht_array_at(&day.plan.unplanned, i);
        if (u->visit == built_symbol(id))
            return u;
    }
    ck_abort_msg("%s is not unplanned", id);
}

static bool deviates(const char *level) {
    for (int32_t i = 0; i < day.report.deviations.count; i++) {
        const ht_deviation *row = ht_array_at(&day.report.deviations, i);
        if (strcmp(row->level, level) == 0 && strcmp(row->id, "V0") == 0)
            return true;
    }
    return false;
}

START_TEST(reasons) {
    const reason_case *c = &REASONS[_i];
    char visits[300];
    snprintf(visits, sizeof visits, VISITS "%s\n%s", c->columns, c->visits);
    small_day_load(visits, c->roster);
    support_rows(&day.data, c->table ? c->table : "visits", c->rows);
    built_make(NULL);
    built_solve(1, 400);
    const ht_unplanned *u = unplanned("V0");
    ck_assert_msg(strcmp(u->reason, c->reason) == 0 && strcmp(ht_rule_name(u->rule), c->rule) == 0 &&
                      strcmp(u->would_help, c->would_help) == 0,
                  "%s: %s | %s | %s", c->name, ht_rule_name(u->rule), u->reason, u->would_help);
    small_day_breaches(c->name, "");
    bool link = u->rule == HT_RULE_WINDOW && built.visit_row[built_visit("V0")]->after_visit != HT_NO_TEXT;
    ck_assert_msg(deviates("lock") == (strstr(c->columns, "locked_staff") != NULL), "%s: lock", c->name);
    ck_assert_msg(deviates("link") == link, "%s: link", c->name);
}
END_TEST

/* V2 is planned; the others are listed in the order of visits. */
START_TEST(lists_the_unplanned_alone) {
    small_day_load(VISITS ";skill\nV3;K1;" D ";09:00;30;inj\nV2;K1;" D ";09:00;30;\nV1;K2;" D ";09:00;30;inj\n", NULL);
    built_make(NULL);
    built_solve(1, 200);
    ck_assert_int_eq(day.plan.unplanned.count, 2);
    const ht_unplanned *u = day.plan.unplanned.items;
    ck_assert_int_eq(u[0].visit, built_symbol("V3"));
    ck_assert_int_eq(u[1].visit, built_symbol("V1"));
}
END_TEST

/* Explains the day with no visit planned. */
static ht_status explain_empty(const ht_allocator *allocator, ht_plan *plan, ht_err *err) {
    int32_t shift[8], start[8] = {0};
    ck_assert_int_le(built.problem.tasks, 8);
    for (int32_t t = 0; t < built.problem.tasks; t++)
        shift[t] = HT_NOBODY;
    ht_solution solution = {.shift = shift, .start = start};
    ht_err_init(err);
    ht_plan_init(plan, day.plan.date, day.plan.team, allocator);
    return ht_explain_unplanned(&built, &solution, plan, err);
}

START_TEST(nobody_on_shift) {
    ht_plan plan;
    small_day_load(VISITS "\n" AT_NINE "\n", ROSTER);
    built_make(NULL);
    ck_assert_int_eq(explain_empty(&ht_allocator_system, &plan, &day.err), HT_OK);
    const ht_unplanned *u = ht_array_at(&plan.unplanned, 0);
    ck_assert_int_eq(u->rule, HT_RULE_SHIFT);
    ck_assert_str_eq(u->reason, "on_shift=0");
    ck_assert_str_eq(u->would_help, "more_staff need=1 at=08:30 until=11:00");
    ht_plan_release(&plan);
}
END_TEST

START_TEST(memory_runs_out) {
    small_day_load(VISITS ";skill;staff_needed\n" AT_NINE ";;\nV1;K1;" D ";04:00;30;;\nV2;K1;" D ";09:00;30;inj;2\n",
                   NULL);
    built_make(NULL);
    ht_status status = HT_ENOMEM;
    int32_t calls = 0;
    for (; status != HT_OK; calls++) {
        ht_limited_memory memory;
        ht_plan plan;
        ht_err err;
        ht_limited_memory_init(&memory, calls);
        status = explain_empty(&memory.allocator, &plan, &err);
        ck_assert(status == HT_OK || status == HT_ENOMEM);
        ht_plan_release(&plan);
    }
    ck_assert_int_gt(calls, 5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("explain");
    TCase *all = tcase_create("reasons");
    tcase_add_checked_fixture(all, built_set_up, built_tear_down);
    tcase_add_loop_test(all, reasons, 0, COUNT(REASONS));
    tcase_add_test(all, lists_the_unplanned_alone);
    tcase_add_test(all, nobody_on_shift);
    tcase_add_test(all, memory_runs_out);
    suite_add_tcase(suite, all);
    return ht_run_suite(suite);
}
