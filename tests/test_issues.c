/* Issues: the first hundred kept, all counted, values masked. */
#include "model/issues.h"

#include "tests/support.h"

static const ht_issue *at(const ht_array *list, int32_t index) {
    return ht_array_at(list, index);
}

START_TEST(issues_and_notes_are_kept_apart) {
    ht_issues issues;
    char file[] = "visits.csv";
    ht_issues_init(&issues, &ht_allocator_system);
    ht_issues_add(&issues, file, 7, "start", "'%s' is no time", "25:99");
    ht_issues_note(&issues, file, 0, "", "unknown column");
    file[0] = 'X'; /* names are copied */
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(issues.issues.count, 1);
    ck_assert_int_eq(issues.notes.count, 1);
    ck_assert_str_eq(at(&issues.issues, 0)->file, "visits.csv");
    ck_assert_int_eq(at(&issues.issues, 0)->line, 7);
    ck_assert_str_eq(at(&issues.issues, 0)->column, "start");
    ck_assert_str_eq(at(&issues.issues, 0)->text, "'25:99' is no time");
    ck_assert_str_eq(at(&issues.notes, 0)->text, "unknown column");
    ht_issues_release(&issues);
}
END_TEST

START_TEST(values_are_masked) {
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    ht_issues_add(&issues, "clients.csv", 2, "client_id", "'%s' is no id", "850709-9805");
    ck_assert_str_eq(at(&issues.issues, 0)->text, "'********-****' is no id");
    ht_issues_release(&issues);
}
END_TEST

START_TEST(the_first_hundred_are_kept) {
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    for (int32_t i = 1; i <= 250; i++) {
        ht_issues_add(&issues, "visits.csv", i, "", "issue");
        ht_issues_note(&issues, "visits.csv", i, "", "note");
    }
    ck_assert_int_eq(issues.count, 250);
    ck_assert_int_eq(issues.issues.count, HT_ISSUES_SHOWN);
    ck_assert_int_eq(issues.notes.count, HT_ISSUES_SHOWN);
    ck_assert_int_eq(at(&issues.issues, HT_ISSUES_SHOWN - 1)->line, HT_ISSUES_SHOWN);
    ht_issues_release(&issues);
}
END_TEST

START_TEST(memory_runs_out) {
    for (int32_t n = 0; n < 2; n++) {
        ht_limited_memory memory;
        ht_issues issues;
        ht_limited_memory_init(&memory, n);
        ht_issues_init(&issues, &memory.allocator);
        ht_issues_add(&issues, "visits.csv", 1, "", "issue");
        ck_assert(issues.failed);
        ck_assert_int_eq(issues.count, 1);
        ck_assert_int_eq(issues.issues.count, 0);
        ht_issues_release(&issues);
    }
}
END_TEST

START_TEST(sources_name_the_files_that_rows_came_from) {
    static const char *const VISITS[32] = {NULL, "Kundnr"};
    char place[HT_PLACE_TEXT];
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    ht_issues_place(&issues, 7, place);
    ck_assert_str_eq(place, "line 7");
    *(ht_issue_source *)ht_array_push(&issues.sources) = (ht_issue_source){.file = "teams.csv"};
    *(ht_issue_source *)ht_array_push(&issues.sources) =
        (ht_issue_source){.file = "besok.csv", .lines_before = 10, .header = {[HT_VISITS] = VISITS}};
    static const struct {
        const char *file;
        int32_t line;
        const char *column, *its_file;
        int32_t its_line;
        const char *its_column;
    } CASE[] = {{"visits.csv", 11, "client_id", "besok.csv", 1, "Kundnr"},
                {"visits.csv", 30, "start", "besok.csv", 20, "start"},
                {"visits.csv", 0, "client_id", "visits.csv", 0, "client_id"},
                {"teams.csv", 10, "team_id", "teams.csv", 10, "team_id"},
                {"other", 12, "client_id", "besok.csv", 2, "client_id"}};
    for (int32_t i = 0; i < (int32_t)(sizeof CASE / sizeof CASE[0]); i++) {
        ht_issues_add(&issues, CASE[i].file, CASE[i].line, CASE[i].column, "issue");
        ck_assert_str_eq(at(&issues.issues, i)->file, CASE[i].its_file);
        ck_assert_int_eq(at(&issues.issues, i)->line, CASE[i].its_line);
        ck_assert_str_eq(at(&issues.issues, i)->column, CASE[i].its_column);
    }
    ht_issues_place(&issues, 14, place);
    ck_assert_str_eq(place, "besok.csv:4");
    ht_issues_file(&issues, HT_VISITS, place);
    ck_assert_str_eq(place, "besok.csv");
    ht_issues_file(&issues, HT_CLIENTS, place);
    ck_assert_str_eq(place, "clients.csv");
    ht_issues_release(&issues);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("issues");
    TCase *tests = tcase_create("issues");
    tcase_add_test(tests, issues_and_notes_are_kept_apart);
    tcase_add_test(tests, values_are_masked);
    tcase_add_test(tests, the_first_hundred_are_kept);
    tcase_add_test(tests, sources_name_the_files_that_rows_came_from);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
