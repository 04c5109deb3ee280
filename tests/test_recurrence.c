/* Recurrence texts in both languages: what they mean, how they are printed, on which days they come. */
#include "model/recurrence.h"

#include "base/calendar.h"
#include "base/holidays.h"
#include "base/rng.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static int32_t date_of(const char *text) {
    int32_t date = 0;
    ck_assert_msg(ht_date_parse(text, &date), "%s", text);
    return date;
}

/* A text, and what it is printed as. */
static const struct {
    const char *text, *english, *swedish;
} TEXTS[] = {
    {"daily", "daily", "Varje dag"},
    {"Varje dag", "daily", "Varje dag"},
    {"  VARJE   DAG ", "daily", "Varje dag"},
    {"every day", "daily", "Varje dag"},
    {"Alla dagar", "daily", "Varje dag"},
    {"Dagligen", "daily", "Varje dag"},
    {"every 1 days", "daily", "Varje dag"},
    {"mon-sun", "daily", "Varje dag"},
    {"every 2 days", "every 2 days", "Varannan dag"},
    {"every other day", "every 2 days", "Varannan dag"},
    {"Varannan dag", "every 2 days", "Varannan dag"},
    {"Var 3:e dag", "every 3 days", "Var 3:e dag"},
    {"weekly", "weekly", "Varje vecka"},
    {"Varje vecka", "weekly", "Varje vecka"},
    {"weekly mon wed", "weekly mon wed", "Varje vecka, mån ons"},
    {"weekly wed mon", "weekly mon wed", "Varje vecka, mån ons"},
    {"weekly on Mondays and Wednesdays", "weekly mon wed", "Varje vecka, mån ons"},
    {"Varje vecka, mån tis", "weekly mon tue", "Varje vecka, mån tis"},
    {"VARJE VECKA,MÅN,TIS", "weekly mon tue", "Varje vecka, mån tis"},
    {"varje vecka: lör. sön.", "weekends", "Helger"},
    {"varje vecka på måndagar och torsdagar", "weekly mon thu", "Varje vecka, mån tor"},
    {"Varje vecka,\r\nmån, tis", "weekly mon tue", "Varje vecka, mån tis"},
    {"måndag", "weekly mon", "Varje vecka, mån"},
    {"Varje måndag", "weekly mon", "Varje vecka, mån"},
    {"mån-ons", "weekly mon tue wed", "Varje vecka, mån tis ons"},
    {"fre - mån", "weekly mon fri sat sun", "Varje vecka, mån fre lör sön"},
    {"tisdag–torsdag", "weekly tue wed thu", "Varje vecka, tis ons tor"},
    {"every 2 weeks fri", "every 2 weeks fri", "Varannan vecka, fre"},
    {"every other week fri", "every 2 weeks fri", "Varannan vecka, fre"},
    {"every second week, Friday", "every 2 weeks fri", "Varannan vecka, fre"},
    {"Varannan vecka, ons", "every 2 weeks wed", "Varannan vecka, ons"},
    {"Varannan onsdag", "every 2 weeks wed", "Varannan vecka, ons"},
    {"Varannan helg", "every 2 weeks sat sun", "Varannan vecka, lör sön"},
    {"Var 2:a vecka ons", "every 2 weeks wed", "Varannan vecka, ons"},
    {"Var annan vecka", NULL, NULL},
    {"every 4 weeks mon thu", "every 4 weeks mon thu", "Var 4:e vecka, mån tor"},
    {"Var 4:e vecka, fre", "every 4 weeks fri", "Var 4:e vecka, fre"},
    {"var 4e vecka fre", "every 4 weeks fri", "Var 4:e vecka, fre"},
    {"every 4th week fri", "every 4 weeks fri", "Var 4:e vecka, fre"},
    {"Var fjärde vecka", "every 4 weeks", "Var 4:e vecka"},
    {"VAR FJÄRDE VECKA, LÖR", "every 4 weeks sat", "Var 4:e vecka, lör"},
    {"var tredje fredag", "every 3 weeks fri", "Var 3:e vecka, fre"},
    {"every 21 weeks", "every 21 weeks", "Var 21:a vecka"},
    {"every 52 weeks", "every 52 weeks", "Var 52:a vecka"},
    {"weekdays", "weekdays", "Vardagar"},
    {"Vardagar", "weekdays", "Vardagar"},
    {"varje vardag", "weekdays", "Vardagar"},
    {"mån-fre", "weekdays", "Vardagar"},
    {"weekends", "weekends", "Helger"},
    {"Helger", "weekends", "Helger"},
    {"every weekend", "weekends", "Helger"},
    {"vardagar, sön", "weekly mon tue wed thu fri sun", "Varje vecka, mån tis ons tor fre sön"},
    {"even weeks mon", "even weeks mon", "Jämna veckor, mån"},
    {"jämna veckor, mån", "even weeks mon", "Jämna veckor, mån"},
    {"JÄMN VECKA", "even weeks", "Jämna veckor"},
    {"udda veckor tis", "odd weeks tue", "Udda veckor, tis"},
    {"ojämna veckor vardagar", "odd weeks mon tue wed thu fri", "Udda veckor, mån tis ons tor fre"},
    {"holidays", "holidays", "Helgdagar"},
    {"Helgdagar", "holidays", "Helgdagar"},
    {"", NULL, NULL},
    {" , ", NULL, NULL},
    {"every", NULL, NULL},
    {"varannan", NULL, NULL},
    {"every 2", NULL, NULL},
    {"every 0 weeks", NULL, NULL},
    {"every 53 weeks", NULL, NULL},
    {"every 100 weeks", NULL, NULL},
    {"every 99999999999999999999 weeks", NULL, NULL},
    {"every -2 weeks", NULL, NULL},
    {"every 2.5 weeks", NULL, NULL},
    {"every 2 months", NULL, NULL},
    {"monthly", NULL, NULL},
    {"daily mon", NULL, NULL},
    {"holidays sun", NULL, NULL},
    {"even mon", NULL, NULL},
    {"even days", NULL, NULL},
    {"mon-", NULL, NULL},
    {"-mon", NULL, NULL},
    {"mon-weekends", NULL, NULL},
    {"mon mittwoch", NULL, NULL},
    {"weekly weekly", NULL, NULL},
    {"2", NULL, NULL},
    {"må", NULL, NULL},
    {"m\xc3", NULL, NULL},
    {"=daily", NULL, NULL},
};

START_TEST(texts_mean_what_they_say) {
    char out[HT_RECURRENCE_TEXT];
    ht_recurrence recurrence;
    bool read = ht_recurrence_parse(TEXTS[_i].text, &recurrence);
    ck_assert_msg(read == (TEXTS[_i].english != NULL), "'%s'", TEXTS[_i].text);
    if (!read)
        return;
    ht_recurrence_print(&recurrence, HT_ENGLISH, out, sizeof out);
    ck_assert_str_eq(out, TEXTS[_i].english);
    ht_recurrence_print(&recurrence, HT_SWEDISH, out, sizeof out);
    ck_assert_str_eq(out, TEXTS[_i].swedish);
}
END_TEST

static ht_recurrence drawn(ht_rng *rng) {
    ht_recurrence r = {.kind = (ht_recurs_kind)ht_rng_below(rng, HT_RECURS_HOLIDAYS + 1), .every = 1};
    if (r.kind == HT_RECURS_DAYS)
        r.every = 2 + ht_rng_below(rng, 51);
    if (r.kind == HT_RECURS_WEEKS)
        r.every = 1 + ht_rng_below(rng, 52);
    if (r.kind <= HT_RECURS_ODD)
        r.weekdays = ht_rng_below(rng, 128);
    return r;
}

START_TEST(what_is_printed_reads_back) {
    ht_rng rng;
    ht_rng_init(&rng, 11, 0);
    for (int32_t i = 0; i < 20000; i++) {
        ht_recurrence again, recurrence = drawn(&rng);
        for (int32_t words = HT_ENGLISH; words <= HT_SWEDISH; words++) {
            char out[HT_RECURRENCE_TEXT];
            ht_recurrence_print(&recurrence, (ht_words_in)words, out, sizeof out);
            ck_assert_uint_lt(strlen(out), sizeof out - 1);
            ck_assert_msg(ht_recurrence_parse(out, &again), "'%s'", out);
            ck_assert_msg(again.kind == recurrence.kind && again.every == recurrence.every &&
                              again.weekdays == recurrence.weekdays,
                          "'%s'", out);
        }
    }
}
END_TEST

/* The days on which a text comes in a span, as "MM-DD". */
static const struct {
    const char *text, *from, *first, *last, *days;
} DAYS[] = {
    {"daily", "2026-12-31", "2026-12-29", "2027-01-02", "12-31 01-01 01-02"},
    {"weekly", "2026-03-11", "2026-03-09", "2026-03-26", "03-11 03-18 03-25"}, /* a Wednesday */
    {"weekly mon wed", "2026-03-10", "2026-03-09", "2026-03-18", "03-11 03-16 03-18"},
    /* weeks are counted from the Monday of the first day's week, whatever day that is */
    {"every 2 weeks mon", "2026-03-11", "2026-03-09", "2026-04-10", "03-23 04-06"},
    {"every 2 weeks fri", "2026-03-11", "2026-03-09", "2026-04-10", "03-13 03-27 04-10"},
    {"every 2 weeks sun", "2026-03-15", "2026-03-09", "2026-04-12", "03-15 03-29 04-12"},
    /* 2026 has a week 53: every second week goes on over the New Year, even and odd weeks do not alternate there */
    {"every 2 weeks tue", "2026-12-15", "2026-12-14", "2027-01-31", "12-15 12-29 01-12 01-26"},
    {"odd weeks tue", "2026-12-01", "2026-12-14", "2027-01-31", "12-15 12-29 01-05 01-19"},
    {"even weeks tue", "2026-12-01", "2026-12-14", "2027-01-31", "12-22 01-12 01-26"},
    {"every 4 weeks", "2026-12-10", "2026-12-01", "2027-03-01", "12-10 01-07 02-04"},
    /* over the clock changes of March and October */
    {"every 2 days", "2026-03-27", "2026-03-26", "2026-04-01", "03-27 03-29 03-31"},
    {"daily", "2026-01-01", "2026-10-24", "2026-10-26", "10-24 10-25 10-26"},
    {"weekends", "2026-01-01", "2026-03-27", "2026-04-05", "03-28 03-29 04-04 04-05"},
    {"weekdays", "2026-01-01", "2026-03-27", "2026-03-31", "03-27 03-30 03-31"},
    {"holidays", "2026-04-04", "2026-04-01", "2026-05-15", "04-05 04-06 05-01 05-14"},
};

START_TEST(a_series_comes_on_these_days) {
    ht_recurrence recurrence;
    char days[256] = "", text[HT_DATE_TEXT];
    size_t used = 0;
    ck_assert(ht_recurrence_parse(DAYS[_i].text, &recurrence));
    for (int32_t date = date_of(DAYS[_i].first); date <= date_of(DAYS[_i].last); date++)
        if (ht_recurs_on(&recurrence, date_of(DAYS[_i].from), date)) {
            ht_date_print(date, text, sizeof text);
            used += (size_t)snprintf(days + used, sizeof days - used, "%s%s", used > 0 ? " " : "", text + 5);
        }
    ck_assert_str_eq(days, DAYS[_i].days);
}
END_TEST

/* Each of the weeks' recurrences by its definition, one day at a time over five years. */
START_TEST(weeks_follow_their_definition) {
    ht_rng rng;
    ht_rng_init(&rng, 12, (uint64_t)_i);
    ht_recurrence r = drawn(&rng);
    int32_t from = date_of("2024-01-01") + ht_rng_below(&rng, 730), weeks = 0, year;
    for (int32_t date = from; date < from + 5 * 365; date++) {
        int32_t weekday = ht_date_weekday(date);
        weeks += date > from && weekday == 1; /* Mondays passed */
        bool day = r.weekdays == 0 ? weekday == ht_date_weekday(from) : (r.weekdays >> (weekday - 1) & 1) != 0;
        bool even = ht_date_iso_week(date, &year) % 2 == 0;
        bool comes = r.kind == HT_RECURS_WEEKS  ? day && weeks % r.every == 0
                     : r.kind == HT_RECURS_EVEN ? day && even
                     : r.kind == HT_RECURS_ODD  ? day && !even
                     : r.kind == HT_RECURS_DAYS ? (date - from) % r.every == 0
                                                : ht_is_public_holiday(date);
        ck_assert_int_eq(ht_recurs_on(&r, from, date), comes);
    }
    ck_assert(!ht_recurs_on(&r, from, from - 7 * 52));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("recurrence");
    TCase *tests = tcase_create("recurrence");
    tcase_add_loop_test(tests, texts_mean_what_they_say, 0, COUNT(TEXTS));
    tcase_add_test(tests, what_is_printed_reads_back);
    tcase_add_loop_test(tests, a_series_comes_on_these_days, 0, COUNT(DAYS));
    tcase_add_loop_test(tests, weeks_follow_their_definition, 0, 200);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
