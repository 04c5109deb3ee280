#include "tests/support_day.h"

#include "base/calendar.h"
#include "base/text.h"
#include "tests/support.h"
#include "tests/support_rows.h"

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
#define TRAVEL                                                                                                         \
    "from;to;mode;minutes\n"                                                                                           \
    "office:A;K1;car;5\nK1;office:A;car;5\noffice:A;K2;car;12\nK2;office:A;car;12\noffice:A;K3;car;20\n"               \
    "K3;office:A;car;20\nK1;K2;car;10\nK2;K1;car;10\nK2;K3;car;10\nK3;K2;car;10\nK1;K3;car;25\nK3;K1;car;25\n"         \
    "K1;K2;walk;30\nK2;K1;walk;30\nK2;K3;walk;30\nK3;K2;walk;30\nK1;K3;walk;75\nK3;K1;walk;75\n"                       \
    "office:A;K1;walk;15\nK1;office:A;walk;15\noffice:B;K4;car;5\nK4;office:B;car;5\n"                                 \
    "office:A;K4;car;15\nK4;office:A;car;15\nK1;K4;car;15\nK4;K1;car;15\n"

small_day day;

int32_t small_day_date(const char *text) {
    int32_t date;
    ck_assert(ht_date_parse(text, &date));
    return date;
}

void small_day_set_up(void) {
    memset(&day, 0, sizeof day);
    ck_assert(ht_dataset_init(&day.data, &ht_allocator_system));
    ht_plan_init(&day.plan, small_day_date(D), HT_NO_TEXT, &ht_allocator_system);
    ht_err_init(&day.err);
}

void small_day_tear_down(void) {
    if (day.report.arena.allocator != NULL)
        ht_check_report_release(&day.report);
    ht_plan_release(&day.plan);
    ht_dataset_release(&day.data);
}

void small_day_load(const char *visits, const char *roster) {
    support_rows(&day.data, "teams", TEAMS);
    support_rows(&day.data, "clients", CLIENTS);
    support_rows(&day.data, "staff", STAFF);
    support_rows(&day.data, "travel", TRAVEL);
    support_rows(&day.data, "visits", visits);
    support_rows(&day.data, "roster", roster != NULL ? roster : ROSTER MORNING("P1") MORNING("P2") MORNING("P3"));
}

void small_day_series(const char *visit, const char *usual_staff, const char *usual_start) {
    ht_visit_row *row = day.data.table[HT_VISITS].items;
    ht_sym id = ht_strings_find(&day.data.text, visit);
    while (row->visit_id != id)
        row++;
    row->series = ht_strings_intern(&day.data.text, "S1", 2);
    row->usual_staff = ht_strings_intern(&day.data.text, usual_staff, strlen(usual_staff));
    ck_assert(ht_time_parse(usual_start, &row->usual_start));
}

void small_day_check(const char *lines) {
    ck_assert_msg(ht_settings_read(&day.data, NULL, &day.settings, &day.err) == HT_OK, "%s", day.err.text);
    support_plan(&day.data, lines, &day.plan);
    ht_status status = ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err);
    ck_assert_msg(status == HT_OK, "%s", day.err.text);
}

static void assert_same(const char *name, ht_text *text, const char *expected) {
    ck_assert_msg(strcmp(ht_text_get(text), expected) == 0, "%s:\ngot\n%s\nexpected\n%s", name, ht_text_get(text),
                  expected);
    ht_text_release(text);
}

void small_day_breaches(const char *name, const char *expected) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < day.report.breaches.count; i++) {
        const ht_breach *breach = ht_array_at(&day.report.breaches, i);
        ht_text_addf(&text, "%s | %s\n", ht_hard_rule_name(breach->rule), breach->text);
    }
    assert_same(name, &text, expected);
}

void small_day_deviations(const char *name, const char *expected) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < day.report.deviations.count; i++) {
        const ht_deviation *row = ht_array_at(&day.report.deviations, i);
        ht_text_addf(&text, "%s %s %s | %s\n", row->level, row->rule, row->id, row->text);
    }
    assert_same(name, &text, expected);
}

void small_day_component(const char *name, ht_component component, int64_t expected) {
    int64_t value = day.report.values.component[component];
    ck_assert_msg(value == expected, "%s: %s is %lld, expected %lld", name, ht_component_name(component),
                  (long long)value, (long long)expected);
}
