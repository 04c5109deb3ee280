/* A plan written out as each shift's day. */
#include <check.h>

#include "base/calendar.h"
#include "base/text.h"
#include "model/timetable.h"
#include "tests/support_rows.h"

#define D "2025-03-05"
#define CLIENTS "client_id;team;lat;lon;contact;second_contact\nK1;A;63,0;20,0;P1;P2\nK2;A;63,0;20,1;P2;\n"
#define STAFF "staff_id;team;start_place\nP1;A;office\nP2;A;office\nP10;A;home\nP4;B;office\n"
#define TRAVEL                                                                                                         \
    "from;to;mode;minutes\noffice;K1;car;5\nK1;office;car;5\noffice;K2;car;12\nK2;office;car;12\nK1;K2;car;10\n"       \
    "K2;K1;car;10\n"
#define VISITS                                                                                                         \
    "visit_id;client_id;date;start;minutes\nV1;K1;" D ";10:00;30\nV2;K2;" D ";12:00;30\nV3;K1;" D ";08:00;30\n"
#define ROSTER "staff_id;date;start;end;kind;break_min;break_earliest;break_latest\n"
#define MORNING(staff) staff ";" D ";07:00;13:00;work;;;\n"

static ht_dataset data;
static ht_array stops;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_array_init(&stops, sizeof(ht_stop), &ht_allocator_system);
    support_rows(&data, "clients", CLIENTS);
    support_rows(&data, "staff", STAFF);
    support_rows(&data, "travel", TRAVEL);
    support_rows(&data, "visits", VISITS);
}

static void tear_down(void) {
    ht_array_release(&stops);
    ht_dataset_release(&data);
}

static void write_out(const char *roster, const char *lines) {
    ht_plan plan;
    ht_settings settings;
    ht_err err;
    int32_t date;
    ht_err_init(&err);
    support_rows(&data, "roster", roster);
    ck_assert(ht_date_parse(D, &date));
    ck_assert_int_eq(ht_settings_read(&data, NULL, &settings, &err), HT_OK);
    ht_plan_init(&plan, date, HT_NO_TEXT, &ht_allocator_system);
    support_plan(&data, lines, &plan);
    ck_assert_msg(ht_timetable(&data, &settings, &plan, &stops, &err) == HT_OK, "%s", err.text);
    ht_plan_release(&plan);
}

static void add_stop(ht_text *text, const ht_stop *stop) {
    static const char *const KIND[] = {"travel", "wait", "visit", "break", "office"};
    char start[HT_TIME_TEXT], end[HT_TIME_TEXT];
    ht_time_print(stop->start, start, sizeof start);
    ht_time_print(stop->end, end, sizeof end);
    ht_text_addf(text, "%s %d %s %s %s-%s", ht_dataset_text(&data, stop->staff), (int)stop->seq, KIND[stop->kind],
                 ht_dataset_text(&data, stop->ref), start, end);
    if (stop->kind == HT_STOP_VISIT)
        ht_text_addf(text, " %s %d", ht_role_name(stop->role), (int)(stop->travel / 60));
    ht_text_add(text, "\n", 1);
}

static void assert_stops(const char *expected) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < stops.count; i++)
        add_stop(&text, ht_array_at(&stops, i));
    ck_assert_str_eq(ht_text_get(&text), expected);
    ht_text_release(&text);
}

START_TEST(out_between_and_back) {
    write_out(ROSTER MORNING("P1"), "V1 P1 10:00 V2 P1 12:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 travel K2 10:30-10:40\n"
                 "P1 4 wait  10:40-12:00\nP1 5 visit V2 12:00-12:30 team 10\nP1 6 travel office 12:30-12:42\n");
}
END_TEST

START_TEST(by_id_text_and_shift) {
    write_out(ROSTER MORNING("P2") MORNING("P10") MORNING("P4") "P2;" D ";06:00;06:30;work;;;\n",
              "V1 P2 10:00 V2 P10 12:00 V3 P4 08:00");
    assert_stops("P10 1 visit V2 12:00-12:30 team 0\n"
                 "P2 1 travel K1 09:55-10:00\nP2 2 visit V1 10:00-10:30 second 5\nP2 3 travel office 10:30-10:35\n"
                 "P4 1 travel K1 07:55-08:00\nP4 2 visit V3 08:00-08:30 other 5\nP4 3 travel office 08:30-08:35\n");
    ck_assert_int_eq(((ht_stop *)ht_array_at(&stops, 0))->shift_start, 7 * 3600);
}
END_TEST

START_TEST(break_after_travel) {
    write_out(ROSTER "P1;" D ";07:00;13:00;work;30;11:00;11:25\n", "V1 P1 10:00 V2 P1 12:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 travel K2 10:30-10:40\n"
                 "P1 4 wait  10:40-11:00\nP1 5 break  11:00-11:30\nP1 6 wait  11:30-12:00\n"
                 "P1 7 visit V2 12:00-12:30 team 10\nP1 8 travel office 12:30-12:42\n");
}
END_TEST

START_TEST(break_before_travel) {
    write_out(ROSTER "P1;" D ";07:00;13:00;work;30;10:30;10:35\n", "V1 P1 10:00 V2 P1 12:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 break  10:30-11:00\n"
                 "P1 4 travel K2 11:00-11:10\nP1 5 wait  11:10-12:00\nP1 6 visit V2 12:00-12:30 team 10\n"
                 "P1 7 travel office 12:30-12:42\n");
}
END_TEST

START_TEST(break_inside_travel) {
    write_out(ROSTER "P1;" D ";07:00;13:00;work;80;10:34;10:36\n", "V1 P1 10:00 V2 P1 12:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 travel K2 10:30-10:34\n"
                 "P1 4 break  10:34-11:54\nP1 5 travel K2 11:54-12:00\nP1 6 visit V2 12:00-12:30 team 10\n"
                 "P1 7 travel office 12:30-12:42\n");
}
END_TEST

START_TEST(break_before_the_first_visit) {
    write_out(ROSTER "P1;" D ";07:00;13:00;work;30;09:00;09:10\n", "V1 P1 10:00");
    assert_stops("P1 1 break  09:10-09:40\nP1 2 travel K1 09:55-10:00\nP1 3 visit V1 10:00-10:30 contact 5\n"
                 "P1 4 travel office 10:30-10:35\n");
}
END_TEST

START_TEST(break_on_the_way_to_the_first_visit) {
    write_out(ROSTER "P1;" D ";07:00;12:00;work;30;07:02;07:03\n" MORNING("P2") "P4;" D
                                                                                ";07:00;13:00;work;60;08:56;09:00\n",
              "V3 P1 07:35 V1 P4 10:00");
    assert_stops("P1 1 travel K1 07:00-07:03\nP1 2 break  07:03-07:33\nP1 3 travel K1 07:33-07:35\n"
                 "P1 4 visit V3 07:35-08:05 contact 5\nP1 5 travel office 08:05-08:10\n"
                 "P4 1 travel K1 08:55-09:00\nP4 2 break  09:00-10:00\nP4 3 visit V1 10:00-10:30 other 5\n"
                 "P4 4 travel office 10:30-10:35\n");
}
END_TEST

START_TEST(break_after_the_last_visit) {
    write_out(ROSTER "P1;" D ";07:00;13:00;work;30;11:00;11:10\n", "V1 P1 10:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 travel office 10:30-10:35\n"
                 "P1 4 wait  10:35-11:00\nP1 5 break  11:00-11:30\n");
}
END_TEST

START_TEST(office_time) {
    write_out(ROSTER MORNING("P1") "P1;" D ";11:00;11:30;office;;;\n", "V1 P1 10:00");
    assert_stops("P1 1 travel K1 09:55-10:00\nP1 2 visit V1 10:00-10:30 contact 5\nP1 3 travel office 10:30-10:35\n"
                 "P1 4 wait  10:35-11:00\nP1 5 office office 11:00-11:30\n");
}
END_TEST

START_TEST(somebody_who_is_not_on_shift) {
    write_out(ROSTER MORNING("P2"), "V1 P1 10:00 V9 P1 11:00");
    assert_stops("P1 1 visit V1 10:00-10:30 contact 0\n");
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("timetable");
    TCase *days = tcase_create("days");
    tcase_add_checked_fixture(days, set_up, tear_down);
    tcase_add_test(days, out_between_and_back);
    tcase_add_test(days, by_id_text_and_shift);
    tcase_add_test(days, break_after_travel);
    tcase_add_test(days, break_before_travel);
    tcase_add_test(days, break_inside_travel);
    tcase_add_test(days, break_before_the_first_visit);
    tcase_add_test(days, break_on_the_way_to_the_first_visit);
    tcase_add_test(days, break_after_the_last_visit);
    tcase_add_test(days, office_time);
    tcase_add_test(days, somebody_who_is_not_on_shift);
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
