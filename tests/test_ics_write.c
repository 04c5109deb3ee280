/* Calendars read back by a strict reader of their own: lines, folding, escapes, needed properties; their time zone rule
 * gives the same Universal Time as base/calendar. */
#include "io/ics_write.h"

#include <unistd.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "base/text.h"
#include "tests/support.h"
#include "tests/support_store.h"

enum { FILE_ROOM = 1 << 20, LINES = 16384, ROUNDS = 300, TEXT_ROOM = 512, OCTETS = 75 };
enum { FIRST_YEAR = 1996, YEARS = 64 };

static ht_test_folder place;
static ht_file_batch batch;
static ht_err err;

/* The unfolded content lines of the calendar that was read. */
static char bytes[FILE_ROOM], unfolded[FILE_ROOM];
static const char *line[LINES];
static int32_t lines;

static void set_up(void) {
    test_folder_make(&place);
    ht_err_init(&err);
    ht_file_batch_init(&batch);
}

static void tear_down(void) {
    ht_file_batch_release(&batch);
    test_folder_remove(&place);
}

/* ---- reading ---- */

/* Each physical line ends with CR LF, has at most 75 octets and no cut character; those that begin with a blank go on. */
static void unfold(void) {
    char *out = unfolded;
    lines = 0;
    for (const char *at = bytes; *at != '\0';) {
        const char *end = strstr(at, "\r\n");
        ck_assert_msg(end != NULL, "no CR LF after: %.40s", at);
        ck_assert_int_le(end - at, OCTETS);
        ck_assert_msg(memchr(at, '\n', (size_t)(end - at)) == NULL, "a bare LF");
        ck_assert_msg(ht_utf8_valid(at, (size_t)(end - at)), "a cut character in: %.75s", at);
        if (*at == ' ') {
            ck_assert_int_gt(lines, 0);
            at++;
            out--; /* over the NUL */
        } else {
            ck_assert_int_lt(lines, LINES);
            line[lines++] = out;
        }
        memcpy(out, at, (size_t)(end - at));
        out += end - at;
        *out++ = '\0';
        at = end + 2;
    }
}

static void read_calendar(const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", place.path, name);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    unfold();
}

/* The value of the first line of that name (with its parameters) from line `from` on; NULL where there is none before the
 * component ends. */
static const char *value_of(int32_t from, const char *name) {
    for (int32_t i = from; i < lines && strncmp(line[i], "END:", 4) != 0; i++)
        if (strncmp(line[i], name, strlen(name)) == 0 && strchr(":;", line[i][strlen(name)]) != NULL)
            return strchr(line[i], ':') + 1;
    return NULL;
}

/* The line after BEGIN:component, the n-th from 0; fails where there is none. */
static int32_t begin_of(const char *component, int32_t n) {
    for (int32_t i = 0; i < lines; i++)
        if (strncmp(line[i], "BEGIN:", 6) == 0 && strcmp(line[i] + 6, component) == 0 && n-- == 0)
            return i + 1;
    ck_abort_msg("no %s", component);
    return 0;
}

static void unescape(const char *value, char *out) {
    for (; *value != '\0'; value++) {
        ck_assert_msg(strchr(",;", *value) == NULL, "a bare %c", *value);
        ck_assert_msg((unsigned char)*value >= ' ' || *value == '\t', "a control character");
        if (*value == '\\') {
            value++;
            ck_assert_msg(strchr(",;\\n", *value) != NULL && *value != '\0', "no escape: \\%c", *value);
            *out++ = *value == 'n' ? '\n' : *value;
        } else {
            *out++ = *value;
        }
    }
    *out = '\0';
}

/* NAME[;PARAMETER=VALUE]:VALUE, components inside each other, each event with what it needs, once. */
static void check_grammar(void) {
    static const char *const NEEDED[] = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"};
    const char *open[8];
    int32_t depth = 0;
    for (int32_t i = 0; i < lines; i++) {
        size_t name = strspn(line[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
        ck_assert_msg(name > 0 && strchr(":;", line[i][name]) != NULL && strchr(line[i], ':') != NULL, "no line: %s",
                      line[i]);
        if (strncmp(line[i], "BEGIN:", 6) == 0)
            open[depth++] = line[i] + 6;
        if (strncmp(line[i], "END:", 4) == 0)
            ck_assert_str_eq(open[--depth], line[i] + 4);
        ck_assert_msg(depth > 0 || i == lines - 1, "a line outside the calendar: %s", line[i]);
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_str_eq(line[0], "BEGIN:VCALENDAR");
    ck_assert_str_eq(value_of(1, "VERSION"), "2.0");
    ck_assert_ptr_nonnull(value_of(1, "PRODID"));
    for (int32_t i = 0; i < lines; i++)
        for (size_t k = 0; strcmp(line[i], "BEGIN:VEVENT") == 0 && k < sizeof NEEDED / sizeof *NEEDED; k++) {
            const char *value = value_of(i + 1, NEEDED[k]);
            ck_assert_msg(value != NULL, "an event without %s", NEEDED[k]);
            int32_t next = i + 1;
            while (strncmp(line[next++], NEEDED[k], strlen(NEEDED[k])) != 0)
                ;
            ck_assert_msg(value_of(next, NEEDED[k]) == NULL, "%s twice", NEEDED[k]);
        }
}

/* ---- the calendar's own time zone ---- */

typedef struct observance {
    int32_t month, offset; /* of TZOFFSETTO, seconds */
    int32_t from;          /* TZOFFSETFROM */
    int32_t time;          /* of the change, local before it */
} observance;

static int32_t number_at(const char *text, int32_t length) {
    char digits[16];
    int64_t value = -1;
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    ck_assert_msg(ht_int_parse(digits, &value), "no number: %s", text);
    return (int32_t)value;
}

static int32_t offset_at(const char *text) {
    int32_t seconds = number_at(text + 1, 2) * 3600 + number_at(text + 3, 2) * 60;
    ck_assert_msg(strlen(text) == 5 && strchr("+-", *text) != NULL, "no offset: %s", text);
    return *text == '-' ? -seconds : seconds;
}

static observance read_observance(const char *component) {
    int32_t at = begin_of(component, 0);
    const char *start = value_of(at, "DTSTART"), *rule = value_of(at, "RRULE");
    observance o = {.offset = offset_at(value_of(at, "TZOFFSETTO")), .from = offset_at(value_of(at, "TZOFFSETFROM"))};
    ck_assert_msg(strncmp(rule, "FREQ=YEARLY;BYMONTH=", 20) == 0, "another rule: %s", rule);
    const char *day = strstr(rule, ";BYDAY=");
    ck_assert_str_eq(day, ";BYDAY=-1SU");
    o.month = number_at(rule + 20, (int32_t)(day - rule - 20));
    ck_assert_int_eq(number_at(start + 4, 2), o.month); /* the rule begins with its own first day */
    o.time = number_at(start + 9, 2) * 3600;
    return o;
}

static int32_t last_sunday(int32_t year, int32_t month) {
    int32_t date = 0;
    for (int32_t day = 31; day > 0; day--)
        if (ht_date_from_civil(year, month, day, &date) && ht_date_weekday(date) == 7)
            return date;
    return 0;
}

/* Seconds since 1970 in Universal Time of a local time, by the two observances: RFC 5545 has a time that comes twice be
 * the first, and counts one that never comes with the offset before the change. */
static int64_t universal(const observance *summer, const observance *winter, int32_t date, int32_t time) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    int64_t local = (int64_t)date * HT_DAY_SECONDS + time;
    int64_t spring = (int64_t)last_sunday(year, summer->month) * HT_DAY_SECONDS + summer->time;
    int64_t autumn = (int64_t)last_sunday(year, winter->month) * HT_DAY_SECONDS + winter->time;
    int64_t gap = summer->offset - summer->from;
    bool in_summer = local >= spring + gap && local < autumn;
    return local - (in_summer ? summer->offset : winter->offset);
}

static void read_local(const char *value, int32_t *date, int32_t *time) {
    ck_assert_msg(strlen(value) == 15 && value[8] == 'T', "no local time: %s", value);
    ck_assert(ht_date_from_civil(number_at(value, 4), number_at(value + 4, 2), number_at(value + 6, 2), date));
    *time = number_at(value + 9, 2) * 3600 + number_at(value + 11, 2) * 60 + number_at(value + 13, 2);
    ck_assert_int_lt(*time, HT_DAY_SECONDS);
}

/* ---- writing ---- */

static ht_ics_event event_at(int32_t date, int32_t start, int32_t end) {
    return (ht_ics_event){.uid = "visit+V1+S1@hemtur",
                          .stamp = "2025-03-05T07:30:00",
                          .sequence = 3,
                          .date = date,
                          .start = start,
                          .end = end,
                          .summary = "K1",
                          .lat = HT_BLANK,
                          .lon = HT_BLANK};
}

static ht_ics *open_calendar(void) {
    ht_ics *ics = ht_ics_open(place.path, "S1.ics", "hemtur S1", &err);
    ck_assert_msg(ics != NULL, "%s", err.text);
    return ics;
}

static void close_and_read(ht_ics *ics) {
    ck_assert_msg(ht_ics_hand_over(ics, &batch, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_file_batch_place(&batch, &err), HT_OK);
    read_calendar("S1.ics");
    check_grammar();
}

START_TEST(an_event_says_all_of_itself) {
    ht_ics_event event = event_at(test_date("2026-03-10"), 7 * 3600 + 1830, 8 * 3600);
    event.lat = 599010000;
    event.lon = -176012345;
    ht_ics *ics = open_calendar();
    ht_ics_put(ics, &event);
    close_and_read(ics);
    int32_t at = begin_of("VEVENT", 0);
    ck_assert_str_eq(value_of(at, "UID"), "visit+V1+S1@hemtur");
    ck_assert_str_eq(value_of(at, "DTSTAMP"), "20250305T073000Z");
    ck_assert_str_eq(value_of(at, "SEQUENCE"), "3");
    ck_assert_str_eq(value_of(at, "DTSTART;TZID=Europe/Stockholm"), "20260310T073030");
    ck_assert_str_eq(value_of(at, "DTEND;TZID=Europe/Stockholm"), "20260310T080000");
    ck_assert_str_eq(value_of(at, "SUMMARY"), "K1");
    ck_assert_str_eq(value_of(at, "GEO"), "59.901;-17.601235");
    ck_assert_str_eq(value_of(at, "CLASS"), "PRIVATE");
}
END_TEST

START_TEST(an_empty_calendar_is_one) {
    close_and_read(open_calendar());
    begin_of("VTIMEZONE", 0);
    ck_assert_ptr_null(strstr(bytes, "VEVENT"));
}
END_TEST

START_TEST(a_place_that_is_not_known_is_left_out) {
    ht_ics_event event = event_at(test_date("2026-03-10"), 0, 60);
    ht_ics *ics = open_calendar();
    ht_ics_put(ics, &event);
    close_and_read(ics);
    ck_assert_ptr_null(value_of(begin_of("VEVENT", 0), "GEO"));
}
END_TEST

START_TEST(every_text_is_read_back_the_same) {
    static const char *const PART[] = {",", ";", "\\", "\n", "å", "★", "日", "\xF0\x9F\x98\x80",
                                       "a", " ", ":",  "\"", "n"};
    ht_rng rng;
    ht_rng_init(&rng, 3, 0);
    static char text[ROUNDS][TEXT_ROOM];
    ht_ics *ics = open_calendar();
    for (int32_t i = 0; i < ROUNDS; i++) {
        for (int32_t k = ht_rng_below(&rng, 120); k > 0; k--)
            strncat(text[i], PART[ht_rng_below(&rng, 13)], TEXT_ROOM - strlen(text[i]) - 5);
        while (!ht_utf8_valid(text[i], strlen(text[i]))) /* strncat cut the last one */
            text[i][strlen(text[i]) - 1] = '\0';
        ht_ics_event event = event_at(test_date("2026-03-10"), 0, 60);
        event.summary = text[i];
        ht_ics_put(ics, &event);
    }
    close_and_read(ics);
    for (int32_t i = 0; i < ROUNDS; i++) {
        char read[TEXT_ROOM];
        unescape(value_of(begin_of("VEVENT", i), "SUMMARY"), read);
        ck_assert_str_eq(read, text[i]);
    }
}
END_TEST

static const struct {
    const char *text, *value;
} LINE_BREAKS[] = {{"a\r\nb", "a\\nb"},
                   {"a\rb", "a\\nb"},
                   {"a\n\nb", "a\\n\\nb"},
                   {"a\x01\x7F"
                    "b",
                    "a  b"},
                   {"a\tb", "a\tb"}};

START_TEST(line_breaks_and_control_characters_break_no_line) {
    ht_ics_event event = event_at(test_date("2026-03-10"), 0, 60);
    event.summary = LINE_BREAKS[_i].text;
    ht_ics *ics = open_calendar();
    ht_ics_put(ics, &event);
    close_and_read(ics);
    ck_assert_str_eq(value_of(begin_of("VEVENT", 0), "SUMMARY"), LINE_BREAKS[_i].value);
}
END_TEST

/* Every quarter of an hour of the days of change and beside them, and of two ordinary days, 1996 to 2060: each eighth year, each with
 * HT_FULL. */
START_TEST(its_time_zone_is_that_of_the_plan) {
    int32_t year = FIRST_YEAR + _i * YEARS / test_rounds(8, YEARS);
    const int32_t days[] = {last_sunday(year, 3) - 1,  last_sunday(year, 3),  last_sunday(year, 3) + 1,
                            last_sunday(year, 10) - 1, last_sunday(year, 10), last_sunday(year, 10) + 1,
                            last_sunday(year, 6),      last_sunday(year, 12)};
    int32_t quarters = HT_DAY_SECONDS / 900, base = test_date("1996-01-15");
    ht_ics *ics = open_calendar();
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        for (int32_t k = 0; k < quarters; k++) {
            ht_ics_event event = event_at(days[i], k * 900, k * 900 + 900);
            ht_ics_put(ics, &event);
        }
    close_and_read(ics);
    observance summer = read_observance("DAYLIGHT"), winter = read_observance("STANDARD");
    ck_assert_int_eq(summer.from, winter.offset);
    ck_assert_int_eq(winter.from, summer.offset);
    int32_t at = 0, date, time;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        for (int32_t k = 0; k < quarters; k++) {
            while (strcmp(line[at++], "BEGIN:VEVENT") != 0)
                ;
            read_local(value_of(at, "DTSTART;TZID=Europe/Stockholm"), &date, &time);
            int64_t start = universal(&summer, &winter, date, time), base_at = universal(&summer, &winter, base, 0);
            ck_assert_int_eq(start - base_at, ht_elapsed(base, 0, days[i], k * 900));
            const char *ends = value_of(at, "DTEND;TZID=Europe/Stockholm");
            int64_t lasts = ht_elapsed(days[i], k * 900, days[i], k * 900 + 900);
            ck_assert_int_eq(ends != NULL, lasts > 0);
            if (ends == NULL)
                continue;
            read_local(ends, &date, &time);
            ck_assert_int_eq(universal(&summer, &winter, date, time) - start, lasts);
        }
}
END_TEST

START_TEST(what_goes_on_after_midnight_ends_the_day_after) {
    ht_ics_event event = event_at(test_date("2026-12-31"), 23 * 3600, 25 * 3600);
    ht_ics *ics = open_calendar();
    ht_ics_put(ics, &event);
    event.end = 24 * 3600;
    ht_ics_put(ics, &event);
    close_and_read(ics);
    ck_assert_str_eq(value_of(begin_of("VEVENT", 0), "DTEND;TZID=Europe/Stockholm"), "20270101T010000");
    ck_assert_str_eq(value_of(begin_of("VEVENT", 1), "DTEND;TZID=Europe/Stockholm"), "20270101T000000");
}
END_TEST

START_TEST(only_our_own_calendars_are_ours) {
    char path[128];
    close_and_read(open_calendar());
    ck_assert(ht_ics_is_ours(place.path, "S1.ics"));
    ck_assert(!ht_ics_is_ours(place.path, "S2.ics"));
    snprintf(path, sizeof path, "%s/S3.ics", place.path);
    FILE *file = fopen(path, "wb");
    fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//else//EN\r\nBEGIN:VEVENT\r\n", file);
    fclose(file);
    ck_assert(!ht_ics_is_ours(place.path, "S3.ics"));
}
END_TEST

START_TEST(an_abandoned_calendar_leaves_nothing) {
    char list[64];
    ht_ics_abandon(open_calendar());
    ck_assert_str_eq(test_folder_list(&place, list, sizeof list), "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("ics_write");
    TCase *tcase = tcase_create("ics_write");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_event_says_all_of_itself);
    tcase_add_test(tcase, an_empty_calendar_is_one);
    tcase_add_test(tcase, a_place_that_is_not_known_is_left_out);
    tcase_add_test(tcase, every_text_is_read_back_the_same);
    tcase_add_loop_test(tcase, line_breaks_and_control_characters_break_no_line, 0, 5);
    tcase_add_loop_test(tcase, its_time_zone_is_that_of_the_plan, 0, test_rounds(8, YEARS) + 1);
    tcase_add_test(tcase, what_goes_on_after_midnight_ends_the_day_after);
    tcase_add_test(tcase, only_our_own_calendars_are_ours);
    tcase_add_test(tcase, an_abandoned_calendar_leaves_nothing);
    suite_add_tcase(suite, tcase);
    return ht_run_suite(suite);
}
