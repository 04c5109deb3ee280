/* Pauses and exceptions: which days they skip, and that their canonical text reads back the same. */
#include "model/skipped_days.h"

#include "base/calendar.h"
#include "base/rng.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static int32_t date_of(const char *text) {
    int32_t date = 0;
    ck_assert_msg(ht_date_parse(text, &date), "%s", text);
    return date;
}

static const struct {
    const char *pauses, *date;
    bool paused;
} PAUSES[] = {
    {"", "2026-07-01", false},
    {"2026-07-01..2026-07-31", "2026-06-30", false},
    {"2026-07-01..2026-07-31", "2026-07-01", true},
    {"2026-07-01..2026-07-31", "2026-07-31", true},
    {"2026-07-01..2026-07-31", "2026-08-01", false},
    {"2026-07-01..2026-07-31|2026-12-24..2027-01-06", "2027-01-01", true},
    {"2026-07-01..2026-07-31|2026-12-24..2027-01-06", "2026-10-01", false},
    {"2026-07-01..2026-07-01", "2026-07-01", true},
};

START_TEST(pauses_skip_their_first_to_last_day) {
    ck_assert_int_eq(ht_is_paused(PAUSES[_i].pauses, date_of(PAUSES[_i].date)), PAUSES[_i].paused);
}
END_TEST

static const struct {
    const char *except, *date;
    bool excepted;
} EXCEPT[] = {
    {"", "2026-12-25", false},
    {"2026-12-25", "2026-12-25", true},
    {"2026-12-25", "2026-12-26", false},
    {"2026-03-10|2026-03-12", "2026-03-12", true},
    {"holidays", "2026-12-25", true},
    {"holidays", "2026-12-24", false},
    {"eves", "2026-12-24", true},
    {"eves", "2026-12-25", false},
    {"2026-03-10|holidays|eves", "2026-06-19", true}, /* Midsummer Eve */
    {"2026-03-10|holidays|eves", "2026-06-20", true},
    {"2026-03-10|holidays|eves", "2026-06-21", false}, /* a Sunday is no public holiday */
};

START_TEST(exceptions_skip_dates_and_holidays) {
    ck_assert_int_eq(ht_is_excepted(EXCEPT[_i].except, date_of(EXCEPT[_i].date)), EXCEPT[_i].excepted);
}
END_TEST

static const char *const NO_PAUSES[] = {"2026-07-01..",
                                        "..2026-07-01",
                                        "..",
                                        "2026-07-01...2026-07-02",
                                        "2026-07-02..2026-07-01",
                                        "2026-07-01-2026-07-02",
                                        "2026-02-28..2026-02-30",
                                        "2026-07-01..2026-07-02..2026-07-03",
                                        "2026-07-01..2026-07-02|x",
                                        "holidays"};

START_TEST(what_is_no_pause_is_refused) {
    char out[600];
    ck_assert_msg(!ht_pauses_read(NO_PAUSES[_i], out, sizeof out), "'%s'", NO_PAUSES[_i]);
}
END_TEST

static const char *const NO_EXCEPT[] = {"2026-02-30", "2026-07-01..2026-07-02", "holidays eves", "sundays", "2026"};

START_TEST(what_is_no_exception_is_refused) {
    char out[600];
    ck_assert_msg(!ht_except_read(NO_EXCEPT[_i], out, sizeof out), "'%s'", NO_EXCEPT[_i]);
}
END_TEST

/* As many as there is room for are read, one more is refused, and nothing is written past the room. */
START_TEST(lists_end_where_the_room_does) {
    char cell[700] = "", out[100];
    int32_t read = 0;
    for (int32_t i = 0; i < 40; i++) {
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "%s2026-01-%02d", i > 0 ? "|" : "",
                 (int)(1 + i % 31));
        memset(out, '#', sizeof out);
        bool fits = ht_except_read(cell, out, sizeof out - 1);
        ck_assert_int_eq(out[sizeof out - 1], '#');
        ck_assert_int_eq(fits, strlen(cell) < sizeof out - 1);
        read += fits;
    }
    ck_assert_int_eq(read, 9); /* 98 bytes and the end */
    ck_assert(!ht_pauses_read("2026-01-01|2026-01-02", out, 30));
    ck_assert(!ht_except_print("holidays|eves", HT_SWEDISH, out, 12));
}
END_TEST

START_TEST(canonical_texts_read_back) {
    ht_rng rng;
    ht_rng_init(&rng, 5, 0);
    for (int32_t i = 0; i < 500; i++) {
        char cell[256] = "", canonical[256], again[256], day[HT_DATE_TEXT];
        int32_t date = date_of("2020-01-01") + ht_rng_below(&rng, 5000);
        for (int32_t k = 0; k < 4; k++) {
            ht_date_print(date + 7 * k, day, sizeof day);
            snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "%s%s", k > 0 ? " | " : "", day);
        }
        ck_assert(ht_pauses_read(cell, canonical, sizeof canonical));
        ck_assert(ht_pauses_read(canonical, again, sizeof again));
        ck_assert_str_eq(again, canonical);
        for (int32_t k = -10; k < 40; k++)
            ck_assert_int_eq(ht_is_paused(canonical, date + k), k >= 0 && k <= 21 && k % 7 == 0);
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "%s",
                 ht_rng_below(&rng, 2) ? "|AFTNAR" : "|Helgdagar|");
        ck_assert(ht_except_read(cell, canonical, sizeof canonical));
        ck_assert(ht_except_print(canonical, HT_SWEDISH, again, sizeof again));
        ck_assert(ht_except_read(again, cell, sizeof cell));
        ck_assert_str_eq(cell, canonical);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("skipped_days");
    TCase *tests = tcase_create("skipped_days");
    tcase_add_loop_test(tests, pauses_skip_their_first_to_last_day, 0, COUNT(PAUSES));
    tcase_add_loop_test(tests, exceptions_skip_dates_and_holidays, 0, COUNT(EXCEPT));
    tcase_add_loop_test(tests, what_is_no_pause_is_refused, 0, COUNT(NO_PAUSES));
    tcase_add_loop_test(tests, what_is_no_exception_is_refused, 0, COUNT(NO_EXCEPT));
    tcase_add_test(tests, lists_end_where_the_room_does);
    tcase_add_test(tests, canonical_texts_read_back);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
