/* Errors: the first failure's words, with context in front, never longer than their room. */
#include "base/status.h"
#include "tests/support.h"

START_TEST(fail_sets_status_and_text) {
    ht_err err;
    ht_err_init(&err);
    ck_assert_int_eq(err.status, HT_OK);
    ck_assert_str_eq(err.text, "");
    ck_assert_int_eq(ht_fail(&err, HT_EINPUT, "window %s is empty", "09:00..08:00"), HT_EINPUT);
    ck_assert_int_eq(err.status, HT_EINPUT);
    ck_assert_str_eq(err.text, "window 09:00..08:00 is empty");
}
END_TEST

START_TEST(context_goes_in_front) {
    ht_err err;
    ht_err_init(&err);
    ht_fail(&err, HT_ESYSTEM, "no space left");
    ck_assert_int_eq(ht_err_context(&err, "visits.csv:%d", 7), HT_ESYSTEM);
    ck_assert_str_eq(err.text, "visits.csv:7: no space left");
    ht_err_context(&err, "export");
    ck_assert_str_eq(err.text, "export: visits.csv:7: no space left");
}
END_TEST

START_TEST(own_text_may_be_an_argument) {
    ht_err err;
    ht_err_init(&err);
    ht_fail(&err, HT_EINPUT, "first");
    ht_fail(&err, HT_EINPUT, "%s, then second", err.text);
    ck_assert_str_eq(err.text, "first, then second");
}
END_TEST

START_TEST(long_text_is_cut_with_dots) {
    char words[HT_ERR_TEXT + 50];
    ht_err err;
    memset(words, 'a', sizeof(words));
    words[sizeof(words) - 1] = '\0';
    ht_err_init(&err);
    ht_fail(&err, HT_EINPUT, "%s", words);
    ck_assert_uint_eq(strlen(err.text), HT_ERR_TEXT - 1);
    ck_assert_str_eq(err.text + HT_ERR_TEXT - 5, "a...");
    ht_err_context(&err, "%s", words);
    ck_assert_uint_eq(strlen(err.text), HT_ERR_TEXT - 1);
    ck_assert_str_eq(err.text + HT_ERR_TEXT - 4, "...");
}
END_TEST

START_TEST(exactly_fitting_text_is_whole) {
    char words[HT_ERR_TEXT];
    ht_err err;
    memset(words, 'a', sizeof(words) - 1);
    words[sizeof(words) - 1] = '\0';
    ht_err_init(&err);
    ht_fail(&err, HT_EINPUT, "%s", words);
    ck_assert_str_eq(err.text, words);
}
END_TEST

START_TEST(memory_has_its_own_status) {
    ht_err err;
    ht_err_init(&err);
    ck_assert_int_eq(ht_fail_memory(&err), HT_ENOMEM);
    ck_assert_ptr_nonnull(strstr(err.text, "memory is out"));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("status");
    TCase *tests = tcase_create("status");
    tcase_add_test(tests, fail_sets_status_and_text);
    tcase_add_test(tests, context_goes_in_front);
    tcase_add_test(tests, own_text_may_be_an_argument);
    tcase_add_test(tests, long_text_is_cut_with_dots);
    tcase_add_test(tests, exactly_fitting_text_is_whole);
    tcase_add_test(tests, memory_has_its_own_status);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
