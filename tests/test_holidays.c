/* Swedish public holidays: whole years as the calendars print them, Easter over three centuries. */
#include "base/holidays.h"

#include <string.h>

#include "base/calendar.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static int32_t date_of(const char *text) {
    int32_t date = 0;
    ck_assert_msg(ht_date_parse(text, &date), "%s", text);
    return date;
}

static const struct {
    int32_t year;
    const char *days; /* MM-DD, in order */
} YEARS[] = {
    {2008, "01-01 01-06 03-21 03-23 03-24 05-01 05-11 06-06 06-21 11-01 12-25 12-26"}, /* Ascension on 1 May */
    {2011, "01-01 01-06 04-22 04-24 04-25 05-01 06-02 06-06 06-12 06-25 11-05 12-25 12-26"},
    {2015, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26"},
    {2016, "01-01 01-06 03-25 03-27 03-28 05-01 05-05 05-15 06-06 06-25 11-05 12-25 12-26"},
    {2019, "01-01 01-06 04-19 04-21 04-22 05-01 05-30 06-06 06-09 06-22 11-02 12-25 12-26"},
    {2020, "01-01 01-06 04-10 04-12 04-13 05-01 05-21 05-31 06-06 06-20 10-31 12-25 12-26"},
    {2021, "01-01 01-06 04-02 04-04 04-05 05-01 05-13 05-23 06-06 06-26 11-06 12-25 12-26"},
    {2022, "01-01 01-06 04-15 04-17 04-18 05-01 05-26 06-05 06-06 06-25 11-05 12-25 12-26"},
    {2023, "01-01 01-06 04-07 04-09 04-10 05-01 05-18 05-28 06-06 06-24 11-04 12-25 12-26"},
    {2024, "01-01 01-06 03-29 03-31 04-01 05-01 05-09 05-19 06-06 06-22 11-02 12-25 12-26"},
    {2025, "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26"},
    {2026, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26"},
    {2027, "01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 06-26 11-06 12-25 12-26"},
};

START_TEST(a_year_has_these_public_holidays) {
    char days[128] = "";
    size_t used = 0;
    int32_t first, last;
    ht_date_from_civil(YEARS[_i].year, 1, 1, &first);
    ht_date_from_civil(YEARS[_i].year, 12, 31, &last);
    for (int32_t date = first; date <= last; date++) {
        char text[HT_DATE_TEXT];
        ht_date_print(date, text, sizeof text);
        if (ht_is_public_holiday(date))
            used += (size_t)snprintf(days + used, sizeof days - used, "%s%s", used > 0 ? " " : "", text + 5);
    }
    ck_assert_str_eq(days, YEARS[_i].days);
}
END_TEST

/* The earliest and latest Easters, and the years in which the simple rule of the moon fails (1954, 1981, 2049, 2076). */
static const char *const EASTERS[] = {"1913-03-23", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19",
                                      "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05",
                                      "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2035-03-25",
                                      "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2160-03-23"};

START_TEST(easter_is_known) {
    int32_t year, month, day, date = date_of(EASTERS[_i]);
    ht_date_to_civil(date, &year, &month, &day);
    ck_assert_int_eq(ht_easter_sunday(year), date);
}
END_TEST

START_TEST(easter_is_a_sunday_of_spring) {
    for (int32_t year = 1900; year <= 2199; year++) {
        int32_t first, last, easter = ht_easter_sunday(year);
        ht_date_from_civil(year, 3, 22, &first);
        ht_date_from_civil(year, 4, 25, &last);
        ck_assert_int_eq(ht_date_weekday(easter), 7);
        ck_assert_int_ge(easter, first);
        ck_assert_int_le(easter, last);
    }
}
END_TEST

static const char *const EVES[] = {"2024-06-21", "2025-06-20", "2026-06-19", "2026-12-24", "2026-12-31"};

START_TEST(eves_are_no_public_holidays) {
    ck_assert(ht_is_holiday_eve(date_of(EVES[_i])));
    ck_assert(!ht_is_public_holiday(date_of(EVES[_i])));
}
END_TEST

START_TEST(a_year_has_three_eves) {
    int32_t eves = 0;
    for (int32_t date = date_of("1900-01-01"); date <= date_of("2199-12-31"); date++)
        eves += ht_is_holiday_eve(date);
    ck_assert_int_eq(eves, 3 * 300);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("holidays");
    TCase *tests = tcase_create("holidays");
    tcase_add_loop_test(tests, a_year_has_these_public_holidays, 0, COUNT(YEARS));
    tcase_add_loop_test(tests, easter_is_known, 0, COUNT(EASTERS));
    tcase_add_test(tests, easter_is_a_sunday_of_spring);
    tcase_add_loop_test(tests, eves_are_no_public_holidays, 0, COUNT(EVES));
    tcase_add_test(tests, a_year_has_three_eves);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
