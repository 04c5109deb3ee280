/* Rows of another system put together to visits. */
#include "model/merge_visits.h"

#include "base/text.h"
#include "model/tables.h"
#include "tests/support.h"
#include "tests/support_rows.h"

/* Routes and pairs of a table's rows, from the first on: "S1/D1 S2/D1 -/-"; "." for a row that is no part. */
static void read_parts(const char *text, ht_dataset *data, ht_array *parts) {
    char route[16], pair[16];
    int length;
    for (int32_t row = 0; sscanf(text, " %15[^/ ]%n", route, &length) == 1; row++, text += length) {
        pair[0] = '\0';
        if (text[length] == '/') {
            int more;
            ck_assert_int_eq(sscanf(text + length, "/%15s%n", pair, &more), 1);
            length += more;
        }
        if (strcmp(route, ".") == 0)
            continue;
        ht_visit_part *part = ht_array_push(parts);
        part->row = row;
        part->route = ht_strings_intern(&data->text, route, strcmp(route, "-") == 0 ? 0 : strlen(route));
        part->pair = ht_strings_intern(&data->text, pair, strcmp(pair, "-") == 0 ? 0 : strlen(pair));
    }
}

/* The rows' ids are not read: each is "x1", "x2" ... in the CSV text and taken away where it is a part. */
static void blank_ids(ht_dataset *data, ht_table_id table, const ht_array *parts) {
    for (int32_t i = 0; i < parts->count; i++) {
        const ht_visit_part *part = ht_array_at(parts, i);
        void *row = ht_array_at(&data->table[table], part->row);
        if (ht_dataset_text(data, ht_row_get(row, &ht_table_get(table)->columns[0]))[0] == 'x')
            ht_row_set(row, &ht_table_get(table)->columns[0], HT_NO_TEXT);
    }
}

static void tell(const ht_dataset *data, ht_table_id id, const ht_issues *issues, ht_text *out) {
    const ht_table *table = ht_table_get(id);
    for (int32_t i = 0; i < ht_dataset_count(data, id); i++) {
        const void *row = ht_array_at(&data->table[id], i);
        for (int32_t c = 0; c < table->count; c++) {
            char cell[600];
            ht_cell_print(&table->columns[c], ht_row_get(row, &table->columns[c]), &data->text, HT_ENGLISH, cell,
                          sizeof cell);
            bool plain = ht_row_get(row, &table->columns[c]) == table->columns[c].blank ||
                         strcmp(table->columns[c].name, "client_id") == 0 ||
                         strcmp(table->columns[c].name, "date") == 0 || strcmp(table->columns[c].name, "from") == 0;
            if (!plain)
                ht_text_addf(out, "%s%s", c > 0 ? " " : "", cell);
        }
        ht_text_addf(out, "\n");
    }
    for (int32_t i = 0; i < issues->issues.count; i++) {
        const ht_issue *issue = ht_array_at(&issues->issues, i);
        ht_text_addf(out, "! %s:%d: %s: %s\n", issue->file, (int)issue->line, issue->column, issue->text);
    }
    for (int32_t i = 0; i < issues->notes.count; i++) {
        const ht_issue *issue = ht_array_at(&issues->notes, i);
        ht_text_addf(out, "(%d: %s)\n", (int)issue->line, issue->text);
    }
}

static void expect(const char *table_name, const char *csv, const char *parts_text, const char *expected) {
    ht_dataset data;
    ht_issues issues;
    ht_array parts;
    ht_text out;
    ht_table_id table = ht_table_find(table_name)->id;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_array_init(&parts, sizeof(ht_visit_part), &ht_allocator_system);
    ht_text_init(&out, &ht_allocator_system);
    support_rows(&data, table_name, csv);
    read_parts(parts_text, &data, &parts);
    blank_ids(&data, table, &parts);
    ck_assert(ht_merge_visits(&data, table, &parts, &issues));
    tell(&data, table, &issues, &out);
    ck_assert_str_eq(ht_text_get(&out), expected);
    ht_text_release(&out);
    ht_array_release(&parts);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}

#define VISITS "visit_id;client_id;date;start;minutes;service;skill;priority;counts;locked_staff;latest\n"
#define K1 ";K1;2026-03-10;08:00;"

static const struct {
    const char *what, *rows, *parts, *expected;
} CASE[] = {
    {"no parts change nothing", "V1" K1 "20\nV1" K1 "20\n", ". .", "V1 08:00 20\nV1 08:00 20\n"},
    {"minutes are added, skills joined, the longest service and the highest priority kept",
     "x1" K1 "10;wash;a|b;3\nx2" K1 "30;shower;b|c;2\nx3" K1 "30;hair;;3\n", "S1 S1 S1",
     "K1-20260310-0800 08:00 70 a|b|c 2 shower\n"},
    {"a visit counts where one of its rows does", "x1" K1 "10;;;;no\nx2" K1 "5;;;;yes\nx3" K1 "1;;;;no\n", "S1 S1 S2",
     "K1-20260310-0800 08:00 15\nK1-20260310-0800.2 08:00 1 no\n"},
    {"a blank gives way", "x1" K1 "10\nx2" K1 "5;;;;;P1\n", "S1 S1", "K1-20260310-0800 08:00 15 P1\n"},
    {"what differs is told", "x1" K1 "10;;;;;;10:00\nx2" K1 "5;;;;;;10:30\n", "S1 S1",
     "K1-20260310-0800 08:00 15 10:00\n"
     "! visits.csv:3: latest: '10:30', but '10:00' on line 2, a row of the same visit: make them the same\n"},
    {"each row of a pair names its own person", "x1" K1 "10;;;;;P2\nx2" K1 "10;;;;;P1\n", "S1/D1 S2/D1",
     "K1-20260310-0800 08:00 10 2 P2|P1\n"},
    {"clients, days and starts are apart",
     "x1" K1 "10\nx2;K2;2026-03-10;08:00;10\nx3;K1;2026-03-11;08:00;10\nx4;K1;2026-03-10;08:05;10\n", "- - - -",
     "K1-20260310-0800 08:00 10\nK2-20260310-0800 08:00 10\nK1-20260311-0800 08:00 10\nK1-20260310-0805 08:05 10\n"},
    {"given ids stay, and tell visits apart", "V7" K1 "10\nV8" K1 "10\nV7" K1 "5\n", "S1 S1 S1",
     "V7 08:00 15\nV8 08:00 10\n"},
    {"a made id is not one that is taken", "K1-20260310-0800;K2;2026-03-10;09:00;10\nx1" K1 "10\nx2" K1 "20\n",
     ". S1 S2", "K1-20260310-0800 09:00 10\nK1-20260310-0800.2 08:00 10\nK1-20260310-0800.3 08:00 20\n"},
    {"a made id has room", "x1;K123456789012345678901234567890;2026-03-10;08:00;10\n", "-",
     "K12345678901234-e0c781867ea21a2f 08:00 10\n"},
    {"two and three routes of a pair",
     "x1" K1 "10\nx2" K1 "10\nx3;K1;2026-03-10;12:00;10\nx4;K1;2026-03-10;12:00;10\n"
     "x5;K1;2026-03-10;12:00;10\n",
     "S1/D1 S2/D1 S1/D1 S2/D1 S3/D1", "K1-20260310-0800 08:00 10 2\nK1-20260310-1200 12:00 10 3\n"},
    {"services of a pair, told on one row alone", "x1" K1 "10;wash\nx2" K1 "20;lift\nx3" K1 "30;lift\n",
     "S1/- S1/D1 S2/D1", "K1-20260310-0800 08:00 30 2 lift\n"},
    {"a pair of two lengths", "x1" K1 "10\nx2" K1 "20\nx3" K1 "5\n", "S1/D1 S2/D1 S3/D1",
     "K1-20260310-0800 08:00 20 3\n"
     "(2: double staffing 'D1' is of 5 and of 20 min: the longer time is kept for all)\n"},
    {"a pair of given ids keeps the first", "V7" K1 "10\nV8" K1 "10\n", "S1/D1 S2/D1", "V7 08:00 10 2\n"},
    {"one route is no double staffing", "x1" K1 "10\nx2;K2;2026-03-10;08:00;10\n", "S1/D1 S2/D1",
     "K1-20260310-0800 08:00 10\nK2-20260310-0800 08:00 10\n"
     "(2: double staffing 'D1' has one route alone at this time: taken as a visit for one person)\n"
     "(3: double staffing 'D1' has one route alone at this time: taken as a visit for one person)\n"},
    {"more persons than a visit may need", "x1" K1 "10\nx2" K1 "10\nx3" K1 "10\nx4" K1 "10\nx5" K1 "10\n",
     "S1/D1 S2/D1 S3/D1 S4/D1 S5/D1",
     "K1-20260310-0800 08:00 10\nK1-20260310-0800.2 08:00 10\nK1-20260310-0800.3 08:00 10\n"
     "K1-20260310-0800.4 08:00 10\nK1-20260310-0800.5 08:00 10\n"
     "! visits.csv:6: staff_needed: 5 with the other rows of the same visit: at most 4\n"},
    {"two pairs on one visit", "x1" K1 "10\nx2" K1 "10\n", "S1/D1 S1/D2",
     "K1-20260310-0800 08:00 20\n"
     "! visits.csv:3: : double staffing 'D2', but 'D1' on line 2, a row of the same visit: make them the same\n"},
    {"a pair without a route", "x1" K1 "10\nx2" K1 "10\n", "-/D1 S1/D1",
     "K1-20260310-0800 08:00 10\nK1-20260310-0800.2 08:00 10\n"
     "! visits.csv:2: : double staffing 'D1' without a route: give it, routes tell the persons apart\n"},
};

START_TEST(rows_become_visits) {
    char csv[1024];
    snprintf(csv, sizeof csv, VISITS "%s", CASE[_i].rows);
    expect("visits", csv, CASE[_i].parts, CASE[_i].expected);
}
END_TEST

START_TEST(series_are_told_apart_by_recurrence_and_first_day) {
    expect("visit_series",
           "series_id;client_id;start;minutes;recurs;from\nx1;K1;08:00;10;daily;2026-01-05\n"
           "x2;K1;08:00;10;Varje dag;2026-01-05\nx3;K1;08:00;10;weekly mon;2026-01-05\n"
           "x4;K1;08:00;10;daily;2026-02-05\nx5;K1234567890123456789;08:00;10;daily;2026-02-05\n",
           "S1 S1 S1 S1 S1",
           "K1-0800-c452 08:00 20 daily\nK1-0800-62ae 08:00 10 weekly mon\nK1-0800-988a 08:00 10 daily\n"
           "K12345-a8334379173f1a42 08:00 10 daily\n");
}
END_TEST

START_TEST(many_rows_at_one_time_get_ids_of_their_own) {
    enum { MANY = 3000 };
    ht_dataset data;
    ht_issues issues;
    ht_array parts;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_array_init(&parts, sizeof(ht_visit_part), &ht_allocator_system);
    support_rows(&data, "visits", "visit_id;client_id;date;start;minutes\nx1;K1;2026-03-10;08:00;10\n");
    ht_visit_row first = *(const ht_visit_row *)ht_array_at(&data.table[HT_VISITS], 0);
    ht_array_empty(&data.table[HT_VISITS]);
    first.visit_id = HT_NO_TEXT;
    for (int32_t i = 0; i < MANY; i++) {
        char route[16];
        snprintf(route, sizeof route, "S%d", (int)i);
        *(ht_visit_row *)ht_array_push(&data.table[HT_VISITS]) = first;
        ht_visit_part *part = ht_array_push(&parts);
        *part = (ht_visit_part){i, ht_strings_intern(&data.text, route, strlen(route)), HT_NO_TEXT};
    }
    ck_assert(ht_merge_visits(&data, HT_VISITS, &parts, &issues));
    const ht_visit_row *row = ht_dataset_rows(&data, HT_VISITS);
    ck_assert_int_eq(ht_dataset_count(&data, HT_VISITS), MANY);
    ck_assert_str_eq(ht_dataset_text(&data, row[MANY - 1].visit_id), "K1-20260310-0800.3000");
    ht_array_release(&parts);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("merge_visits");
    TCase *tests = tcase_create("merge_visits");
    tcase_add_loop_test(tests, rows_become_visits, 0, sizeof CASE / sizeof CASE[0]);
    tcase_add_test(tests, series_are_told_apart_by_recurrence_and_first_day);
    tcase_add_test(tests, many_rows_at_one_time_get_ids_of_their_own);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
