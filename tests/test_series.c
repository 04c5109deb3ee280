/* Series of visits: which visits they are on which days, what stands for one of them, what one follows. */
#include "model/series.h"

#include "base/calendar.h"
#include "base/rng.h"
#include "tests/support.h"
#include "tests/support_store.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static ht_dataset data;

static void set_up(void) {
    test_data_init(&data);
}

static void tear_down(void) {
    ht_dataset_release(&data);
}

/* "id client start date" of the visits that an expansion adds, the one each follows behind "<". */
static const char *expanded(ht_dataset *set, const char *from, const char *to, char *out, size_t size) {
    int32_t before = ht_dataset_count(set, HT_VISITS);
    size_t used = 0;
    out[0] = '\0';
    ck_assert(ht_series_expand(set, test_date(from), test_date(to)));
    const ht_visit_row *visit = ht_dataset_rows(set, HT_VISITS);
    for (int32_t i = before; i < ht_dataset_count(set, HT_VISITS); i++) {
        const char *after = ht_dataset_text(set, visit[i].after_visit);
        ck_assert_int_eq(visit[i].line, 0);
        used += (size_t)snprintf(out + used, size - used, "%s%s%s%s", i > before ? " " : "",
                                 ht_dataset_text(set, visit[i].visit_id), after[0] != '\0' ? "<" : "", after);
        ck_assert_uint_lt(used, size);
    }
    return out;
}

static void series(const char *cells) {
    test_row(&data, HT_SERIES, ht_dataset_count(&data, HT_SERIES) + 2, cells);
}

START_TEST(occurrences_have_the_fields_of_the_series) {
    series("R1;C1;07:30;30;15;10;09:00;insulin|lift;driving;2;3;Shower;;60;90;S1|S2;07:45;no;"
           "daily;2026-03-01;;;;S2|S3");
    ck_assert(ht_series_expand(&data, test_date("2026-03-10"), test_date("2026-03-10")));
    ck_assert_int_eq(ht_dataset_count(&data, HT_VISITS), 1);
    ht_text rows = test_rows(&data, HT_VISITS);
    ck_assert_str_eq(
        ht_text_get(&rows),
        "R1.20260310;C1;2026-03-10;07:30;30;15;10;09:00;insulin|lift;driving;2;3;Shower;;60;90;S1|S2;07:45;no\n");
    ht_text_release(&rows);
    const ht_visit_row *visit = ht_dataset_rows(&data, HT_VISITS);
    ck_assert_str_eq(ht_dataset_text(&data, visit->series), "R1");
    ck_assert_str_eq(ht_dataset_text(&data, visit->usual_staff), "S2|S3");
    ck_assert_int_eq(visit->usual_start, 7 * 3600 + 1800);
}
END_TEST

static const struct {
    const char *cells, *from, *to, *visits;
} DAYS[] = {
    /* from and to are inclusive */
    {"R;C;08:00;30;;;;;;;;;;;;;;;daily;2026-03-09;2026-03-10", "2026-03-01", "2026-03-31", "R.20260309 R.20260310"},
    {"R;C;08:00;30;;;;;;;;;;;;;;;daily;2026-03-09;2026-03-10", "2026-03-11", "2026-03-31", ""},
    {"R;C;08:00;30;;;;;;;;;;;;;;;daily;2026-03-09;2026-03-10", "2026-03-10", "2026-03-09", ""},
    /* a pause, an exception */
    {"R;C;08:00;30;;;;;;;;;;;;;;;daily;2026-03-01;;2026-03-09..2026-03-11;2026-03-13", "2026-03-08", "2026-03-14",
     "R.20260308 R.20260312 R.20260314"},
    /* the New Year, with week 53, a public holiday and an eve */
    {"R;C;08:00;30;;;;;;;;;;;;;;;daily;2026-01-01;;;holidays|eves", "2026-12-30", "2027-01-02",
     "R.20261230 R.20270102"},
    {"R;C;08:00;30;;;;;;;;;;;;;;;weekly fri;2026-01-01;;;holidays", "2026-12-20", "2027-01-10", "R.20270108"},
    {"R;C;08:00;30;;;;;;;;;;;;;;;holidays;2026-01-01", "2026-12-24", "2027-01-06",
     "R.20261225 R.20261226 R.20270101 R.20270106"},
    /* clock changes: a day of 23 and one of 25 hours are days like any other */
    {"R;C;02:30;30;;;;;;;;;;;;;;;daily;2026-01-01", "2026-03-28", "2026-03-30", "R.20260328 R.20260329 R.20260330"},
    {"R;C;02:30;30;;;;;;;;;;;;;;;every 2 days;2026-10-23", "2026-10-24", "2026-10-28", "R.20261025 R.20261027"},
};

START_TEST(a_series_is_a_visit_on_these_days) {
    char out[512];
    series(DAYS[_i].cells);
    ck_assert_str_eq(expanded(&data, DAYS[_i].from, DAYS[_i].to, out, sizeof out), DAYS[_i].visits);
}
END_TEST

START_TEST(a_visit_stands_for_the_occurrence_of_its_id) {
    char out[512];
    series("R1;C1;08:00;30;;;;;;;;;;;;;;;daily;2026-03-01;;;;S1");
    test_row(&data, HT_VISITS, 0, "R1.20260310;C1;2026-03-10;09:15;45;;;;;;;;;V7");
    test_row(&data, HT_VISITS, 0, "V1;C1;2026-03-10;10:00;20");
    ck_assert_str_eq(expanded(&data, "2026-03-09", "2026-03-11", out, sizeof out), "R1.20260309 R1.20260311");
    const ht_visit_row *visit = ht_dataset_rows(&data, HT_VISITS);
    ck_assert_int_eq(visit[0].minutes, 45);
    ck_assert_str_eq(ht_dataset_text(&data, visit[0].after_visit), "V7");
    ck_assert_str_eq(ht_dataset_text(&data, visit[0].series), "R1");
    ck_assert_str_eq(ht_dataset_text(&data, visit[0].usual_staff), "S1");
    ck_assert_int_eq(visit[0].usual_start, 8 * 3600);
    ck_assert_int_eq(visit[1].series, HT_NO_TEXT);
}
END_TEST

static const struct {
    const char *before; /* how the series that is followed comes */
    const char *visits; /* of the one that follows, every day of 2026-03-10 to 2026-03-12, a Tuesday on */
} LINKS[] = {
    {"daily;2026-01-01", "B.20260310<A.20260310 B.20260311<A.20260311 B.20260312<A.20260312"},
    {"weekly wed;2026-01-01", "B.20260310<A.20260304 B.20260311<A.20260311 B.20260312<A.20260311"},
    {"every 4 weeks;2026-02-25", "B.20260310<A.20260225 B.20260311<A.20260225 B.20260312"}, /* 14 days, not 15 */
    {"daily;2026-01-01;2026-03-01", "B.20260310<A.20260301 B.20260311<A.20260301 B.20260312<A.20260301"},
    {"daily;2026-03-12", "B.20260310 B.20260311 B.20260312<A.20260312"},
};

START_TEST(an_occurrence_follows_the_same_day_or_the_latest_before) {
    char cells[128], out[1024], followers[512] = "";
    snprintf(cells, sizeof cells, "A;C;08:00;30;;;;;;;;;;;;;;;%s", LINKS[_i].before);
    series("B;C;12:00;30;;;;;;;;;A;210;;;;;daily;2026-03-10");
    series(cells);
    expanded(&data, "2026-03-10", "2026-03-12", out, sizeof out);
    for (char *at = out, *end; *at != '\0'; at = end) {
        end = at + strcspn(at, " ");
        if (*at == 'B')
            snprintf(followers + strlen(followers), sizeof followers - strlen(followers), "%s%.*s",
                     followers[0] != '\0' ? " " : "", (int)(end - at), at);
        end += *end == ' ';
    }
    ck_assert_str_eq(followers, LINKS[_i].visits);
}
END_TEST

START_TEST(ids_name_series_and_date) {
    static const struct {
        const char *id;
        int32_t row;
    } IDS[] = {{"R1.20260310", 0}, {"R1.x.20260310", 1}, {"R1.20260230", -1}, {"R1.2026-03-10", -1}, {"R1", -1},
               {"R1.", -1},        {".20260310", -1},    {"R2.20260310", -1}, {"R1.202603100", -1}};
    ht_series all;
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    series("R1;C1;08:00;30;;;;;;;;;;;;;;;daily;2026-03-01");
    series("R1.x;C1;08:00;30;;;;;;;;;;;;;;;daily;2026-03-01");
    ck_assert(ht_series_build(&all, &data, &arena));
    for (int i = 0; i < COUNT(IDS); i++) {
        char id[HT_OCCURRENCE_ID];
        ht_occurrence found = ht_series_find(&all, IDS[i].id);
        ck_assert_msg(found.series == IDS[i].row, "%s", IDS[i].id);
        if (found.series >= 0) {
            ck_assert_int_eq(found.date, test_date("2026-03-10"));
            ht_occurrence_print(&all, found, id);
            ck_assert_str_eq(id, IDS[i].id);
        }
    }
    ht_arena_release(&arena);
}
END_TEST

/* ---- properties ---- */

static void draw_series(ht_dataset *to, uint64_t seed) {
    static const char *const RECURS[] = {
        "daily",         "weekdays", "weekly mon wed fri", "every 2 weeks tue sat", "even weeks", "every 3 days",
        "odd weeks sun", "holidays", "weekends",           "every 4 weeks mon"};
    static const char *const PAUSES[] = {"", "2026-12-20..2027-01-03", "2026-12-29|2027-01-05..2027-01-07"};
    static const char *const EXCEPT[] = {"", "holidays", "holidays|eves", "2026-12-28|2027-01-04"};
    ht_rng rng;
    ht_rng_init(&rng, seed, 0);
    for (int32_t i = 0; i < 8; i++) {
        char cells[256], from[HT_DATE_TEXT], end[HT_DATE_TEXT] = "", after[8] = "";
        ht_date_print(test_date("2026-11-20") + ht_rng_below(&rng, 50), from, sizeof from);
        if (ht_rng_below(&rng, 3) == 0)
            ht_date_print(test_date("2026-12-20") + ht_rng_below(&rng, 30), end, sizeof end);
        if (i > 0 && ht_rng_below(&rng, 2))
            snprintf(after, sizeof after, "R%d", (int)ht_rng_below(&rng, i));
        snprintf(cells, sizeof cells, "R%d;C1;08:00;30;;;;;;;;;%s;;;;;;%s;%s;%s;%s;%s;S1", (int)i, after,
                 RECURS[ht_rng_below(&rng, 10)], from, end, PAUSES[ht_rng_below(&rng, 3)],
                 EXCEPT[ht_rng_below(&rng, 4)]);
        test_row(to, HT_SERIES, i + 2, cells);
    }
}

START_TEST(two_ranges_are_the_whole_range) {
    ht_dataset whole, parts;
    ht_rng rng;
    ht_rng_init(&rng, (uint64_t)_i, 1);
    test_data_init(&whole);
    test_data_init(&parts);
    draw_series(&whole, (uint64_t)_i);
    draw_series(&parts, (uint64_t)_i);
    int32_t from = test_date("2026-12-10"), to = test_date("2027-01-15");
    int32_t middle = from + ht_rng_below(&rng, to - from);
    ck_assert(ht_series_expand(&whole, from, to));
    ck_assert(ht_series_expand(&parts, from, middle));
    ck_assert(ht_series_expand(&parts, middle + 1, to));
    ht_text expected = test_rows(&whole, HT_VISITS), found = test_rows(&parts, HT_VISITS);
    ck_assert_str_eq(ht_text_get(&found), ht_text_get(&expected));
    ck_assert_int_gt(ht_dataset_count(&whole, HT_VISITS), 10);
    ht_text_release(&expected);
    ht_text_release(&found);
    ht_dataset_release(&whole);
    ht_dataset_release(&parts);
}
END_TEST

START_TEST(expanding_again_adds_nothing) {
    draw_series(&data, (uint64_t)_i);
    ck_assert(ht_series_expand(&data, test_date("2026-12-10"), test_date("2027-01-15")));
    int32_t count = ht_dataset_count(&data, HT_VISITS);
    ck_assert(ht_series_expand(&data, test_date("2026-12-15"), test_date("2027-01-10")));
    ck_assert_int_eq(ht_dataset_count(&data, HT_VISITS), count);
}
END_TEST

START_TEST(memory_runs_out) {
    int32_t calls = 0;
    bool fits = false;
    for (; !fits && calls < 1000; calls++) {
        ht_limited_memory memory;
        ht_dataset small;
        ht_limited_memory_init(&memory, 1000);
        ck_assert(ht_dataset_init(&small, &memory.allocator));
        draw_series(&small, 3);
        memory.calls = calls;
        fits = ht_series_expand(&small, test_date("2026-12-10"), test_date("2027-01-15"));
        ht_dataset_release(&small);
    }
    ck_assert_int_gt(calls, 3);
    ck_assert(fits);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("series");
    TCase *tests = tcase_create("series");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, occurrences_have_the_fields_of_the_series);
    tcase_add_loop_test(tests, a_series_is_a_visit_on_these_days, 0, COUNT(DAYS));
    tcase_add_test(tests, a_visit_stands_for_the_occurrence_of_its_id);
    tcase_add_loop_test(tests, an_occurrence_follows_the_same_day_or_the_latest_before, 0, COUNT(LINKS));
    tcase_add_test(tests, ids_name_series_and_date);
    tcase_add_loop_test(tests, two_ranges_are_the_whole_range, 0, 100);
    tcase_add_loop_test(tests, expanding_again_adds_nothing, 0, 20);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
