/* Mappings: which rows are right, and what is said of those that are not. */
#include "io/csv_map.h"

#include <check.h>

#include "base/text.h"
#include "tests/support.h"

static ht_csv_map map;
static ht_issues issues;
static ht_err err;

static void set_up(void) {
    ht_csv_map_init(&map, &ht_allocator_system);
    ht_issues_init(&issues, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_csv_map_release(&map);
    ht_issues_release(&issues);
}

static ht_status read_text(const char *text, ht_csv_map *into, ht_issues *said) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    rewind(file);
    ht_status status = ht_csv_map_read_file(file, "map.csv", into, said, &err);
    fclose(file);
    return status;
}

#define HEAD "file;kind;from;to;value\n"

static const ht_map_row *row_at(int32_t index) {
    ck_assert_int_lt(index, map.rows.count);
    return ht_array_at(&map.rows, index);
}

START_TEST(each_kind_is_read) {
    static const char TEXT[] = HEAD "b.csv;column; Kundnr ;visits.client_id;\n"
                                    "b.csv;prefix;;visits.client_id;K\n"
                                    "b.csv;column;Start;visits.start;\n"
                                    "b.csv;slot;Morgon;visits.start;08.30|60|90\n"
                                    "b.csv;column;Slinga;visits.route;\n"
                                    "b.csv;column;Dubbelid;visits.double_id;\n"
                                    "b.csv;constant;;visits.counts;nej\n"
                                    "b.csv;column;Typ;visits.service;\n"
                                    "b.csv;word;Dusch;visits.service;shower\n"
                                    "b.csv;word;*;visits.service;\n"
                                    "b.csv;keep;Typ;visits;Dusch|Frukost\n"
                                    "b.csv;skip;Vilande;;*\n";
    ck_assert_int_eq(read_text(TEXT, &map, &issues), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(map.rows.count, 12);
    ck_assert_str_eq(row_at(0)->from, "Kundnr");
    ck_assert_int_eq(row_at(0)->table, HT_VISITS);
    ck_assert_int_eq(row_at(0)->column, 1);
    ck_assert_int_eq(row_at(3)->slot.start, 8 * 3600 + 1800);
    ck_assert_int_eq(row_at(3)->slot.before, 60);
    ck_assert_int_eq(row_at(3)->slot.after, 90);
    ck_assert_int_eq(row_at(4)->column, HT_MAP_ROUTE);
    ck_assert_int_eq(row_at(5)->column, HT_MAP_DOUBLE_ID);
    ck_assert_int_eq(row_at(10)->table, HT_VISITS);
    ck_assert_int_eq(row_at(11)->table, HT_TABLES);
    ck_assert_int_eq(row_at(11)->line, 13);
}
END_TEST

START_TEST(a_row_may_have_several_targets_and_swedish_words) {
    ck_assert_int_eq(
        read_text("fil,slag,från,till,värde\r\nb.csv,kolumn,Kundnr,visits.kundnr | visit_series.client_id,\r\n", &map,
                  &issues),
        HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(map.rows.count, 2);
    ck_assert_int_eq(row_at(0)->table, HT_VISITS);
    ck_assert_int_eq(row_at(1)->table, HT_SERIES);
    ck_assert_str_eq(row_at(1)->to, "visit_series.client_id");
}
END_TEST

/* The first issue of a mapping that has just this one. */
static const struct {
    const char *rows;
    const char *expected;
} WRONG[] = {
    {"b.csv;colum;A;visits.start;\n",
     "map.csv:2: kind: 'colum': expected one of column, constant, word, slot, prefix, keep, skip"},
    {"b.csv;column;A;visit.start;\n",
     "map.csv:2: to: 'visit.start': expected one of teams, clients, staff, skills, roster, absences, visits, "
     "visit_series, relations, travel, performed, settings"},
    {"b.csv;column;A;visits.begin;\n",
     "map.csv:2: to: 'visits.begin': expected a table and one of its columns, such as visits.start"},
    {"b.csv;column;A;visits;\n",
     "map.csv:2: to: 'visits': expected a table and one of its columns, such as visits.start"},
    {"b.csv;column;A;roster.route;\n",
     "map.csv:2: to: 'roster.route': expected a table and one of its columns, such as visits.start"},
    {"b.csv;keep;A;visits.start;x\n",
     "map.csv:2: to: 'visits.start': expected the table alone: a row is kept or left out as a whole"},
    {";column;A;visits.start;\n", "map.csv:2: file: blank: a value is needed"},
    {"b.csv;column;;visits.start;\n", "map.csv:2: from: blank: a row of kind column needs it"},
    {"b.csv;column;A;;\n", "map.csv:2: to: blank: a row of kind column needs it"},
    {"b.csv;column;A;visits.start;9\n", "map.csv:2: value: leave it blank: a row of kind column has none"},
    {"b.csv;constant;A;visits.minutes;9\n", "map.csv:2: from: leave it blank: a row of kind constant has none"},
    {"b.csv;constant;;visits.minutes;\n", "map.csv:2: value: blank: a row of kind constant needs it"},
    {"b.csv;constant;;visits.minutes;721\n", "map.csv:2: value: '721': expected a whole number from 1 to 720"},
    {"b.csv;column;A;roster.kind;\nb.csv;word;Ar;roster.kind;arbeta\n",
     "map.csv:3: value: 'arbeta': expected one of work, office"},
    {"b.csv;column;A;visits.start;\nb.csv;slot;Fika;visits.start;15:00\n",
     "map.csv:3: value: '15:00': expected a time and the minutes before and after it, such as 08:00|60|90"},
    {"b.csv;column;A;visits.start;\nb.csv;slot;Fika;visits.start;15:00|-5|10\n",
     "map.csv:3: value: '15:00|-5|10': expected a time and the minutes before and after it, such as 08:00|60|90"},
    {"b.csv;column;A;visits.start;\nb.csv;slot;Fika;visits.start;15:00|5|10|9\n",
     "map.csv:3: value: '15:00|5|10|9': expected a time and the minutes before and after it, such as 08:00|60|90"},
    {"b.csv;column;A;roster.start;\nb.csv;slot;Fika;roster.start;15:00|5|5\n",
     "map.csv:3: to: 'roster.start': expected visits.start or visit_series.start: a slot is when a visit starts"},
    {"b.csv;column;A;visits.start;\nb.csv;prefix;;visits.start;K\n",
     "map.csv:3: to: 'visits.start': expected a column of ids: a prefix makes numbers ids"},
    {"b.csv;column;A;visits.client_id;\nb.csv;prefix;;visits.client_id;9\n",
     "map.csv:3: value: '9': expected a letter, then letters or digits"},
    {"b.csv;column;A;visits.start;\nB.csv;column;B;visits.start;\n",
     "map.csv:3: to: visits.start is told on line 2 already: keep one of the two rows"},
    {"b.csv;column;A;visits.minutes;\nb.csv;constant;;visits.minutes;9\n",
     "map.csv:3: to: visits.minutes is told on line 2 already: keep one of the two rows"},
    {"b.csv;column;A;visits.start;\nb.csv;slot;Lunch;visits.start;12:00|5|5\nb.csv;slot;LUNCH;visits.start;13:00|5|5\n",
     "map.csv:4: to: visits.start is told on line 3 already: keep one of the two rows"},
    {"b.csv;column;A;clients.lat;\nb.csv;column;a;clients.lon;\n",
     "map.csv:3: from: a gives both lat and lon (line 2): they are two columns"},
    {"b.csv;column;A;clients.lat|clients.lon;\n",
     "map.csv:2: from: A gives both lat and lon (line 2): they are two columns"},
    {"b.csv;word;Ar;roster.kind;work\n",
     "map.csv:2: to: no row of kind column gives roster.kind: add one, or take this row out"},
    {"b.csv;word;811228-9874;roster.kind;work\n",
     "map.csv:2: from: '********-****' looks like a personal identity number: use an id of your own"},
};

START_TEST(what_is_wrong_is_told_at_its_cell) {
    char text[1024], said[512];
    snprintf(text, sizeof text, HEAD "%s", WRONG[_i].rows);
    ck_assert_int_eq(read_text(text, &map, &issues), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    const ht_issue *issue = ht_array_at(&issues.issues, 0);
    snprintf(said, sizeof said, "%s:%d: %s: %s", issue->file, (int)issue->line, issue->column, issue->text);
    ck_assert_str_eq(said, WRONG[_i].expected);
}
END_TEST

START_TEST(an_empty_mapping_is_an_issue) {
    ck_assert_int_eq(read_text("", &map, &issues), HT_OK);
    ck_assert_int_eq(issues.count, 1);
}
END_TEST

START_TEST(a_mapping_has_an_end) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_addf(&text, HEAD "b.csv;column;A;visits.service;\n");
    for (int32_t i = 0; i < HT_MAP_ROWS_MAX; i++)
        ht_text_addf(&text, "b.csv;word;w%d;visits.service;x\n", (int)i);
    ck_assert_int_eq(read_text(ht_text_get(&text), &map, &issues), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(map.rows.count, HT_MAP_ROWS_MAX);
    ht_text_release(&text);
}
END_TEST

static const struct {
    const char *pattern, *file;
    bool right;
} MATCH[] = {{"besok.csv", "besok.csv", true},
             {"besok.csv", "BESOK.CSV", true},
             {"besok.csv", "besok.csv2", false},
             {"besok*.csv", "besok.csv", true},
             {"besok*.csv", "besok-2026.csv", true},
             {"besok*.csv", "xbesok.csv", false},
             {"*", "anything.csv", true},
             {"*", "", true},
             {"*a*b*", "xxaxxbxx", true},
             {"*a*b*", "xxbxxaxx", false},
             {"*.csv", "a.csv.csv", true},
             {"", "a", false},
             {"a**b", "ab", true},
             {"a*b", "a", false}};

START_TEST(a_star_stands_for_anything) {
    ht_map_row row = {.file = MATCH[_i].pattern};
    ck_assert_msg(ht_map_row_is_of(&row, MATCH[_i].file) == MATCH[_i].right, "%s %s", MATCH[_i].pattern,
                  MATCH[_i].file);
}
END_TEST

START_TEST(tables_of_a_file_are_those_of_its_columns) {
    bool tables[HT_TABLES] = {false};
    ck_assert_int_eq(read_text(HEAD "k*.csv;column;Nr;clients.client_id;\nk*.csv;column;Nr;relations.client_id;\n"
                                    "*;constant;;teams.team_id;A\n",
                               &map, &issues),
                     HT_OK);
    ck_assert(!ht_csv_map_tables(&map, "b.csv", tables));
    ck_assert(ht_csv_map_tables(&map, "kund.csv", tables));
    for (int32_t id = 0; id < HT_TABLES; id++)
        ck_assert_int_eq(tables[id], id == HT_CLIENTS || id == HT_RELATIONS);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_an_input_error) {
    ck_assert_int_eq(ht_csv_map_read("/nowhere/map.csv", &map, &issues, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "/nowhere/map.csv: cannot be opened: No such file or directory");
}
END_TEST

START_TEST(running_out_of_memory_is_an_error) {
    ht_status status = HT_ENOMEM;
    for (int32_t calls = 0; status == HT_ENOMEM; calls++) {
        ht_limited_memory memory;
        ht_csv_map small;
        ht_issues said;
        ht_limited_memory_init(&memory, calls);
        ht_csv_map_init(&small, &memory.allocator);
        ht_issues_init(&said, &memory.allocator);
        status = read_text(HEAD "b.csv;column;A;visits.minutes;\nb.csv;word;x;visits.minutes;9\nb.csv;foo;;;\n", &small,
                           &said);
        ck_assert(status == HT_ENOMEM || (status == HT_OK && said.count == 1 && small.rows.count == 2));
        ht_csv_map_release(&small);
        ht_issues_release(&said);
    }
    ck_assert_int_eq(status, HT_OK);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("csv_map");
    TCase *tests = tcase_create("csv_map");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, each_kind_is_read);
    tcase_add_test(tests, a_row_may_have_several_targets_and_swedish_words);
    tcase_add_loop_test(tests, what_is_wrong_is_told_at_its_cell, 0, sizeof WRONG / sizeof WRONG[0]);
    tcase_add_test(tests, an_empty_mapping_is_an_issue);
    tcase_add_test(tests, a_mapping_has_an_end);
    tcase_add_loop_test(tests, a_star_stands_for_anything, 0, sizeof MATCH / sizeof MATCH[0]);
    tcase_add_test(tests, tables_of_a_file_are_those_of_its_columns);
    tcase_add_test(tests, a_file_that_is_not_there_is_an_input_error);
    tcase_add_test(tests, running_out_of_memory_is_an_error);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
