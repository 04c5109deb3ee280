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

int main(void) {
    Suite *suite = suite_create("issues");
    TCase *tests = tcase_create("issues");
    tcase_add_test(tests, issues_and_notes_are_kept_apart);
    tcase_add_test(tests, values_are_masked);
    tcase_add_test(tests, the_first_hundred_are_kept);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
