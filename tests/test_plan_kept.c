/* Planned visits against those performed: days, persons, starts. */
#include "model/plan_kept.h"

#include "base/calendar.h"
#include "base/text.h"
#include "tests/support.h"
#include "tests/support_rows.h"

static ht_dataset data;
static ht_array clients, plans;
static int32_t from, to;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ck_assert(ht_date_parse("2025-03-01", &from) && ht_date_parse("2025-03-03", &to));
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63,0;20,0\nK2;A;63,0;20,0\n");
    support_rows(&data, "staff", "staff_id;team\nP1;A\nP2;A\nP3;A\nP4;A\n");
    support_rows(&data, "visits",
                 "visit_id;client_id;date;start;minutes\nV1;K1;2025-03-01;08:00;30\nV2;K1;2025-03-01;12:00;30\n"
                 "V3;K1;2025-03-02;08:00;30\nV4;K1;2025-03-03;08:00;30\nV5;K2;2025-03-01;08:00;30\n");
    ht_array_init(&clients, sizeof(ht_client_continuity), &ht_allocator_system);
    ht_array_init(&plans, sizeof(ht_performed_row), &ht_allocator_system);
}

static void tear_down(void) {
    ht_array_release(&plans);
    ht_array_release(&clients);
    ht_dataset_release(&data);
}

static void plan(const char *visit, const char *staff, int32_t day, const char *start) {
    ht_performed_row *row = ht_array_push(&plans);
    ck_assert_ptr_nonnull(row);
    *row = (ht_performed_row){.visit_id = ht_strings_find(&data.text, visit),
                              .staff_id = ht_strings_find(&data.text, staff),
                              .date = from + day - 1,
                              .end = HT_BLANK};
    ck_assert(ht_time_parse(start, &row->start));
}

static const ht_client_continuity *compare(const char *performed, int32_t at) {
    ht_definition everything;
    ht_continuity measure;
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_addf(&text, "staff_id;date;start;end;visit_id;client_id\n%s", performed);
    support_rows(&data, "performed", ht_text_get(&text));
    ht_text_release(&text);
    ck_assert(ht_definition_find("none", &everything));
    ck_assert(ht_continuity_open(&measure, &data, &everything, from, to, HT_NO_TEXT));
    ck_assert(ht_continuity_compare(&measure, &plans));
    ck_assert(ht_continuity_measure(&measure, from, to, &clients));
    ht_continuity_close(&measure);
    ck_assert_int_lt(at, clients.count);
    return ht_array_at(&clients, at);
}

/* V1 by the planned person 15 min late, V2 by another 16 min late; 2 March has a plan but no performed rows, 3 March
 * performed rows but no plan. */
START_TEST(persons_and_starts) {
    plan("V1", "P1", 1, "08:00");
    plan("V2", "P1", 1, "12:00");
    plan("V3", "P2", 2, "08:00");
    const ht_client_continuity *k1 =
        compare("P1;2025-03-01;08:15;;V1;\nP3;2025-03-01;12:16;;V2;\nP4;2025-03-03;08:00;;V4;\n", 0);
    ck_assert_int_eq(k1->total.compared, 2);
    ck_assert_int_eq(k1->total.as_planned, 1);
    ck_assert_int_eq(k1->total.compared_starts, 2);
    ck_assert_int_eq(k1->total.near_plan, 1);
    ck_assert_int_eq(k1->total.not_performed, 0);
    ck_assert_int_eq(k1->planned_distinct, 1);
    ck_assert_int_eq(k1->performed_distinct, 2);
}
END_TEST

/* Planned for P1 and P2, made by P2 and P3: one of the two came as planned. */
START_TEST(double_staffing) {
    plan("V1", "P1", 1, "08:00");
    plan("V1", "P2", 1, "08:00");
    const ht_client_continuity *k1 = compare("P2;2025-03-01;08:00;;V1;\nP3;2025-03-01;08:01;;V1;\n", 0);
    ck_assert_int_eq(k1->total.compared, 2);
    ck_assert_int_eq(k1->total.as_planned, 1);
    ck_assert_int_eq(k1->total.compared_starts, 1);
    ck_assert_int_eq(k1->total.near_plan, 1);
    ck_assert_int_eq(k1->planned_distinct, 2);
    ck_assert_int_eq(k1->performed_distinct, 2);
}
END_TEST

/* V2 was planned and nobody came; what came without a plan is not compared, but its person was there that day. */
START_TEST(what_was_not_made_and_what_was_not_planned) {
    plan("V1", "P1", 1, "08:00");
    plan("V2", "P1", 1, "12:00");
    const ht_client_continuity *k1 = compare("P1;2025-03-01;08:00;;V1;\nP4;2025-03-01;20:00;;;K1\n", 0);
    ck_assert_int_eq(k1->total.compared, 1);
    ck_assert_int_eq(k1->total.not_performed, 1);
    ck_assert_int_eq(k1->planned_distinct, 1);
    ck_assert_int_eq(k1->performed_distinct, 2);
}
END_TEST

START_TEST(a_client_without_a_plan) {
    plan("V1", "P1", 1, "08:00");
    const ht_client_continuity *k2 = compare("P1;2025-03-01;08:00;;V1;\nP4;2025-03-01;08:00;;V5;\n", 1);
    ck_assert_int_eq(k2->total.compared, 0);
    ck_assert_int_eq(k2->planned_distinct, 0);
    ck_assert_int_eq(k2->performed_distinct, 0);
}
END_TEST

/* Nobody came to K2 at all: there is a record of it. */
START_TEST(a_client_to_whom_nobody_came) {
    plan("V1", "P1", 1, "08:00");
    plan("V5", "P2", 1, "08:00");
    const ht_client_continuity *k2 = compare("P1;2025-03-01;08:00;;V1;\n", 1);
    ck_assert_int_eq(k2->total.visits, 0);
    ck_assert_int_eq(k2->total.not_performed, 1);
    ck_assert_int_eq(k2->planned_distinct, 1);
    ck_assert_int_eq(k2->performed_distinct, 0);
    ck_assert_str_eq(k2->excluded_reason, HT_NO_VISITS);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("plan_kept");
    TCase *one = tcase_create("compared");
    tcase_add_checked_fixture(one, set_up, tear_down);
    tcase_add_test(one, persons_and_starts);
    tcase_add_test(one, double_staffing);
    tcase_add_test(one, what_was_not_made_and_what_was_not_planned);
    tcase_add_test(one, a_client_without_a_plan);
    tcase_add_test(one, a_client_to_whom_nobody_came);
    suite_add_tcase(s, one);
    return s;
}

int main(void) {
    return ht_run_suite(suite());
}
