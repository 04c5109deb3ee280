/* Dates, times and elapsed time: every date of three centuries, the clock changes, and what is no date or time. */
#include "base/calendar.h"

#include "base/banned.h"
#include "tests/support.h"

static int32_t date_of(const char *text) {
    int32_t date = 0;
    ck_assert_msg(ht_date_parse(text, &date), "%s", text);
    return date;
}

static int32_t time_of(const char *text) {
    int32_t seconds = 0;
    ck_assert_msg(ht_time_parse(text, &seconds), "%s", text);
    return seconds;
}

START_TEST(every_date_goes_there_and_back) {
    int32_t weekday = 1; /* 1900-01-01 was a Monday */
    for (int32_t date = HT_DATE_MIN; date <= HT_DATE_MAX; date++) {
        int32_t year, month, day, again;
        ht_date_to_civil(date, &year, &month, &day);
        ck_assert(ht_date_from_civil(year, month, day, &again));
        ck_assert_int_eq(again, date);
        ck_assert_int_eq(ht_date_weekday(date), weekday);
        weekday = weekday % 7 + 1;
    }
}
END_TEST

static const struct {
    const char *text;
    int32_t date;
} DATES[] = {{"1970-01-01", 0},     {"1969-12-31", -1},  {"1900-01-01", HT_DATE_MIN}, {"2199-12-31", HT_DATE_MAX},
             {"2025-03-05", 20152}, {"20250305", 20152}, {"2024-02-29", 19782}};

START_TEST(dates_are_read) {
    ck_assert_int_eq(date_of(DATES[_i].text), DATES[_i].date);
}
END_TEST

static const char *const NO_DATES[] = {"",           "2025-02-29", "2025-04-31",  "2025-13-01", "2025-00-10",
                                       "2025-01-00", "1899-12-31", "2200-01-01",  "2025-3-5",   "2025/03/05",
                                       "2025-0305",  "202503-05",  "2025-03-05 ", "250305",     "2025-03-051",
                                       "2100-02-29", "x"};

START_TEST(what_is_no_date_is_refused) {
    int32_t date = 77;
    ck_assert_msg(!ht_date_parse(NO_DATES[_i], &date), "%s", NO_DATES[_i]);
    ck_assert_int_eq(date, 77);
}
END_TEST

START_TEST(dates_are_printed) {
    char text[HT_DATE_TEXT];
    ht_date_print(date_of("20250305"), text, sizeof(text));
    ck_assert_str_eq(text, "2025-03-05");
}
END_TEST

static const struct {
    const char *date;
    int32_t week, year;
} WEEKS[] = {{"2025-01-01", 1, 2025},  {"2024-12-30", 1, 2025}, {"2021-01-03", 53, 2020}, {"2026-12-31", 53, 2026},
             {"2025-12-28", 52, 2025}, {"2025-12-29", 1, 2026}, {"2025-03-05", 10, 2025}};

START_TEST(iso_weeks) {
    int32_t year;
    ck_assert_int_eq(ht_date_iso_week(date_of(WEEKS[_i].date), &year), WEEKS[_i].week);
    ck_assert_int_eq(year, WEEKS[_i].year);
}
END_TEST

static const struct {
    const char *text;
    int32_t seconds;
    const char *printed;
} TIMES[] = {{"00:00", 0, "00:00"},           {"7:05", 25500, "07:05"},  {"07:05", 25500, "07:05"},
             {"07.05", 25500, "07:05"},       {"7.05", 25500, "07:05"},  {"07:05:30", 25530, "07:05:30"},
             {"07.05.30", 25530, "07:05:30"}, {"24:00", 86400, "24:00"}, {"24:00:00", 86400, "24:00"},
             {"23:59:59", 86399, "23:59:59"}};

START_TEST(times_are_read_and_printed) {
    char text[HT_TIME_TEXT];
    ck_assert_int_eq(time_of(TIMES[_i].text), TIMES[_i].seconds);
    ht_time_print(TIMES[_i].seconds, text, sizeof(text));
    ck_assert_str_eq(text, TIMES[_i].printed);
}
END_TEST

static const char *const NO_TIMES[] = {"",         "7",     "7:5",      "25:00",  "24:01", "24:00:01", "12:60",
                                       "12:00:60", ":30",   "12:",      "12:30:", "12:3",  "012:30",   "12-30",
                                       "12:30x",   "-1:00", "12:30.15", "99:99",  " 12:30"};

START_TEST(what_is_no_time_is_refused) {
    int32_t seconds = 77;
    ck_assert_msg(!ht_time_parse(NO_TIMES[_i], &seconds), "%s", NO_TIMES[_i]);
    ck_assert_int_eq(seconds, 77);
}
END_TEST

START_TEST(exact_times_have_seconds) {
    char text[HT_TIME_TEXT];
    ht_time_print_exact(25500, text, sizeof(text));
    ck_assert_str_eq(text, "07:05:00");
    ht_time_print_exact(HT_DAY_SECONDS, text, sizeof(text));
    ck_assert_str_eq(text, "24:00:00");
}
END_TEST

/* 2025: summer time from 30 March to 26 October. */
static const struct {
    const char *date, *time, *other_date, *other_time;
    int64_t seconds;
} ELAPSED[] = {
    {"2025-03-05", "08:00", "2025-03-05", "09:30", 5400},
    {"2025-03-05", "22:00", "2025-03-06", "07:00", 9 * 3600},
    {"2025-03-05", "24:00", "2025-03-06", "00:00", 0},
    {"2025-03-06", "07:00", "2025-03-05", "22:00", -9 * 3600},
    {"2025-03-29", "22:00", "2025-03-30", "07:00", 8 * 3600},  /* the night that loses an hour */
    {"2025-10-25", "22:00", "2025-10-26", "07:00", 10 * 3600}, /* the night that wins one */
    {"2025-03-30", "01:59", "2025-03-30", "03:00", 60},
    {"2025-03-30", "01:59", "2025-03-30", "02:30", 60}, /* an hour that is not there: the change itself */
    {"2025-03-30", "02:30", "2025-03-30", "03:00", 0},
    {"2025-10-26", "02:30", "2025-10-26", "03:00", 5400},     /* an hour that comes twice: the first */
    {"1995-03-25", "22:00", "1995-03-26", "07:00", 9 * 3600}, /* before the common rule */
    {"1996-10-26", "22:00", "1996-10-27", "07:00", 10 * 3600},
};

START_TEST(elapsed_time_counts_clock_changes) {
    ck_assert_int_eq(ht_elapsed(date_of(ELAPSED[_i].date), time_of(ELAPSED[_i].time), date_of(ELAPSED[_i].other_date),
                                time_of(ELAPSED[_i].other_time)),
                     ELAPSED[_i].seconds);
}
END_TEST

START_TEST(time_never_runs_back) {
    int32_t from = date_of("2025-01-01");
    for (int32_t date = from; date < from + 365; date++) {
        for (int32_t time = 0; time < HT_DAY_SECONDS; time += 600) {
            ck_assert_int_ge(ht_elapsed(date, time, date, time + 600), 0);
        }
    }
}
END_TEST

static const struct {
    const char *date, *time;
    bool summer;
} SUMMER[] = {{"2025-03-30", "01:59", false}, {"2025-03-30", "02:00", true},  {"2025-10-26", "02:59", true},
              {"2025-10-26", "03:00", false}, {"2025-07-01", "12:00", true},  {"2025-01-01", "12:00", false},
              {"2024-03-31", "12:00", true},  {"2024-03-30", "12:00", false}, {"1995-07-01", "12:00", false}};

START_TEST(summer_time) {
    ck_assert_int_eq(ht_summer_time(date_of(SUMMER[_i].date), time_of(SUMMER[_i].time)), SUMMER[_i].summer);
}
END_TEST

static const struct {
    const char *date, *time, *shown;
} ON_CLOCK[] = {{"2025-03-30", "01:59", "01:59:00"}, {"2025-03-30", "02:00", "03:00:00"},
                {"2025-03-30", "02:59", "03:00:00"}, {"2025-03-30", "03:00", "03:00:00"},
                {"2025-10-26", "02:30", "02:30:00"}, {"2025-07-01", "02:30", "02:30:00"},
                {"2025-01-01", "02:30", "02:30:00"}, {"1995-03-26", "02:30", "02:30:00"}};

START_TEST(the_clock_never_shows_the_hour_that_spring_leaves_out) {
    char text[HT_TIME_TEXT];
    ht_time_print_exact(ht_time_on_clock(date_of(ON_CLOCK[_i].date), time_of(ON_CLOCK[_i].time)), text, sizeof text);
    ck_assert_str_eq(text, ON_CLOCK[_i].shown);
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

START_TEST(a_week_begins_on_its_monday) {
    for (int32_t date = -40; date < 40; date++) {
        int32_t monday = ht_date_monday(date);
        ck_assert_int_eq(ht_date_weekday(monday), 1);
        ck_assert(monday <= date && date < monday + HT_WEEK_DAYS);
    }
}
END_TEST

static const struct {
    const char *date, *time, *swedish_date, *swedish_time;
} UNIVERSAL[] = {
    {"2026-11-22", "08:48:37", "2026-11-22", "09:48:37"}, {"2026-07-01", "08:48", "2026-07-01", "10:48:00"},
    {"2026-12-31", "23:00", "2027-01-01", "00:00:00"},    {"2026-07-31", "22:30", "2026-08-01", "00:30:00"},
    {"2026-03-29", "00:59:59", "2026-03-29", "01:59:59"}, {"2026-03-29", "01:00", "2026-03-29", "03:00:00"},
    {"2026-10-25", "00:59:59", "2026-10-25", "02:59:59"}, {"2026-10-25", "01:00", "2026-10-25", "02:00:00"},
    {"1990-07-01", "12:00", "1990-07-01", "13:00:00"},
};

START_TEST(universal_time_on_a_swedish_clock) {
    char text[HT_TIME_TEXT];
    int32_t date = date_of(UNIVERSAL[_i].date), time = time_of(UNIVERSAL[_i].time);
    ht_to_swedish_clock(&date, &time);
    ht_time_print_exact(time, text, sizeof text);
    ck_assert_str_eq(text, UNIVERSAL[_i].swedish_time);
    ck_assert_int_eq(date, date_of(UNIVERSAL[_i].swedish_date));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("calendar");
    TCase *tests = tcase_create("calendar");
    tcase_add_test(tests, a_week_begins_on_its_monday);
    tcase_add_test(tests, every_date_goes_there_and_back);
    tcase_add_loop_test(tests, dates_are_read, 0, COUNT(DATES));
    tcase_add_loop_test(tests, what_is_no_date_is_refused, 0, COUNT(NO_DATES));
    tcase_add_test(tests, dates_are_printed);
    tcase_add_loop_test(tests, iso_weeks, 0, COUNT(WEEKS));
    tcase_add_loop_test(tests, times_are_read_and_printed, 0, COUNT(TIMES));
    tcase_add_loop_test(tests, what_is_no_time_is_refused, 0, COUNT(NO_TIMES));
    tcase_add_test(tests, exact_times_have_seconds);
    tcase_add_loop_test(tests, elapsed_time_counts_clock_changes, 0, COUNT(ELAPSED));
    tcase_add_test(tests, time_never_runs_back);
    tcase_add_loop_test(tests, universal_time_on_a_swedish_clock, 0, COUNT(UNIVERSAL));
    tcase_add_loop_test(tests, summer_time, 0, COUNT(SUMMER));
    tcase_add_loop_test(tests, the_clock_never_shows_the_hour_that_spring_leaves_out, 0, COUNT(ON_CLOCK));
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
