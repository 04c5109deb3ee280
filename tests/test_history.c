/* Who met whom: performed rows for days that have any, else the plan; visits that do not count make nobody met. */
#include "model/history.h"

#include "base/calendar.h"
#include "tests/support.h"
#include "tests/support_rows.h"

static ht_dataset data;

#define VISITS                                                                                                         \
    "visit_id;client_id;date;start;minutes;counts\n"                                                                   \
    "V1;K1;2025-03-01;08:00;30;yes\nV2;K2;2025-03-01;09:00;30;no\nV3;K1;2025-03-02;08:00;30;yes\n"                     \
    "V4;K2;2025-03-03;08:00;30;yes\nV5;K2;2025-03-03;12:00;30;no\n"

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    /* symbols in this order, which is the order of the meetings too */
    static const char *const NAME[] = {"K1", "K2", "P1", "P2"};
    for (int i = 0; i < 4; i++) {
        ht_strings_intern(&data.text, NAME[i], 2);
    }
    support_rows(&data, "visits", VISITS);
}

static void tear_down(void) {
    ht_dataset_release(&data);
}

static void plan(const char *visit, const char *staff, const char *date, const char *start) {
    ht_performed_row *row = ht_array_push(&data.planned);
    row->visit_id = ht_strings_find(&data.text, visit);
    row->staff_id = ht_strings_find(&data.text, staff);
    row->end = HT_BLANK;
    ck_assert(ht_date_parse(date, &row->date) && ht_time_parse(start, &row->start));
}

/* Meetings as "03-01 K1 P1 08:00 V1, ...". */
static void history(const char *from, const char *to, char *out, size_t size) {
    ht_array meetings;
    int32_t first, last;
    size_t used = 0;
    out[0] = '\0';
    ht_array_init(&meetings, sizeof(ht_meeting), &ht_allocator_system);
    ck_assert(ht_date_parse(from, &first) && ht_date_parse(to, &last));
    ck_assert(ht_history(&data, first, last, &meetings));
    for (int32_t i = 0; i < meetings.count; i++) {
        const ht_meeting *meeting = ht_array_at(&meetings, i);
        char date[HT_DATE_TEXT], start[HT_TIME_TEXT];
        ht_date_print(meeting->date, date, sizeof(date));
        ht_time_print(meeting->start, start, sizeof(start));
        used += (size_t)snprintf(out + used, size - used, "%s%s %s %s %s%s%s", i == 0 ? "" : ", ", date + 5,
                                 ht_dataset_text(&data, meeting->client), ht_dataset_text(&data, meeting->staff), start,
                                 meeting->visit == HT_NO_TEXT ? "" : " ", ht_dataset_text(&data, meeting->visit));
    }
    ht_array_release(&meetings);
}

START_TEST(performed_rows_in_order) {
    char text[512];
    support_rows(&data, "performed",
                 "staff_id;date;start;end;visit_id;client_id\n"
                 "P2;2025-03-02;08:10;;V3;K1\nP1;2025-03-01;18:00;;;K1\nP2;2025-03-01;08:00;;;K1\n"
                 "P1;2025-03-01;08:00;08:30;V1;\nP1;2025-03-01;07:00;;;K2\n");
    history("2025-03-01", "2025-03-02", text, sizeof(text));
    ck_assert_str_eq(text, "03-01 K1 P1 08:00 V1, 03-01 K1 P1 18:00, 03-01 K1 P2 08:00, 03-01 K2 P1 07:00, "
                           "03-02 K1 P2 08:10 V3");
    history("2025-03-02", "2025-03-02", text, sizeof(text));
    ck_assert_str_eq(text, "03-02 K1 P2 08:10 V3");
    history("2025-03-02", "2025-03-01", text, sizeof(text));
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(visits_that_do_not_count) {
    char text[512];
    support_rows(&data, "performed",
                 "staff_id;date;start;visit_id;client_id\nP1;2025-03-01;09:00;V2;K2\nP1;2025-03-01;10:00;Vold;K2\n");
    history("2025-03-01", "2025-03-01", text, sizeof(text));
    ck_assert_str_eq(text, "03-01 K2 P1 10:00 Vold");
}
END_TEST

START_TEST(the_plan_stands_in_for_days_without_rows) {
    char text[512];
    plan("V1", "P2", "2025-03-01", "08:00"); /* performed says otherwise */
    plan("V4", "P2", "2025-03-03", "08:15");
    plan("V5", "P2", "2025-03-03", "12:00"); /* does not count */
    support_rows(&data, "performed", "staff_id;date;start;visit_id;client_id\nP1;2025-03-01;08:00;V1;K1\n");
    history("2025-02-20", "2025-03-05", text, sizeof(text));
    ck_assert_str_eq(text, "03-01 K1 P1 08:00 V1, 03-03 K2 P2 08:15 V4");
}
END_TEST

START_TEST(memory_runs_out) {
    int32_t n = 0;
    int32_t date = 0;
    support_rows(&data, "performed", "staff_id;date;start;visit_id;client_id\nP1;2025-03-01;08:00;V1;K1\n");
    ck_assert(ht_date_parse("2025-03-01", &date));
    for (bool whole = false; !whole; n++) {
        ht_limited_memory memory;
        ht_array meetings;
        ht_limited_memory_init(&memory, n);
        ht_array_init(&meetings, sizeof(ht_meeting), &memory.allocator);
        whole = ht_history(&data, date, date + 5000, &meetings);
        ck_assert_int_eq(meetings.count, whole ? 1 : 0);
        ht_array_release(&meetings);
    }
    ck_assert_int_ge(n, 3);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("history");
    TCase *tests = tcase_create("history");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, performed_rows_in_order);
    tcase_add_test(tests, visits_that_do_not_count);
    tcase_add_test(tests, the_plan_stands_in_for_days_without_rows);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
