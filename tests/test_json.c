/* One JSON document: order, numbers that know no locale, null where there is no number, and what goes wrong. */
#include <check.h>
#include <math.h>

#include "io/json.h"
#include "tests/support.h"

static ht_json *json;
static ht_err err;

static void set_up(void) {
    ht_err_init(&err);
    json = ht_json_create();
    ck_assert_ptr_nonnull(json);
}

static void tear_down(void) {
    ht_json_destroy(json);
}

/* What the document is written as. */
static const char *written(void) {
    static char text[1024];
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ht_json_write(json, file, &err), HT_OK);
    rewind(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

START_TEST(keys_keep_their_order) {
    ht_json_text(json, "z", "last");
    ht_json_integer(json, "a", INT64_MAX);
    ht_json_flag(json, "m", true);
    ht_json_null(json, "b");
    ck_assert_str_eq(written(),
                     "{\n  \"z\": \"last\",\n  \"a\": 9223372036854775807,\n  \"m\": true,\n  \"b\": null\n}\n");
}
END_TEST

START_TEST(arrays_and_objects_nest) {
    ht_json_begin_array(json, "list");
    ht_json_integer(json, NULL, -1);
    ht_json_begin_object(json, NULL);
    ht_json_text(json, "k", "v");
    ht_json_end(json);
    ht_json_begin_array(json, NULL);
    ht_json_end(json);
    ht_json_end(json);
    ht_json_integer(json, "after", 2);
    ck_assert_str_eq(written(),
                     "{\n  \"list\": [\n    -1,\n    {\n      \"k\": \"v\"\n    },\n    []\n  ],\n  \"after\": 2\n}\n");
}
END_TEST

static const struct {
    double value;
    const char *text;
} REALS[] = {{2123.38, "{\n  \"x\": 2123.38\n}\n"},
             {0.1, "{\n  \"x\": 0.1\n}\n"},
             {-5, "{\n  \"x\": -5.0\n}\n"},
             {(double)NAN, "{\n  \"x\": null\n}\n"},
             {(double)INFINITY, "{\n  \"x\": null\n}\n"}};

START_TEST(reals_are_short_or_null) {
    ht_json_real(json, "x", REALS[_i].value);
    ck_assert_str_eq(written(), REALS[_i].text);
}
END_TEST

START_TEST(texts_are_escaped) {
    ht_json_text(json, "x", "a\"b\\c\n\x01\xc3\xa5");
    ck_assert_str_eq(written(), "{\n  \"x\": \"a\\\"b\\\\c\\n\\u0001\xc3\xa5\"\n}\n");
}
END_TEST

START_TEST(text_that_is_no_utf_8_is_an_error) {
    ht_json_text(json, "x", "\xff\xfe");
    ht_json_integer(json, "y", 1);
    ck_assert_int_eq(ht_json_write(json, stdout, &err), HT_EINTERNAL);
    ck_assert_str_eq(err.text, "a text of the JSON output is not UTF-8");
}
END_TEST

START_TEST(a_stream_that_takes_nothing_is_an_error) {
    FILE *full = fopen("/dev/null", "r"); /* not open for writing */
    ck_assert_ptr_nonnull(full);
    ht_json_integer(json, "y", 1);
    ck_assert_int_eq(ht_json_write(json, full, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot write the output: "));
    fclose(full);
}
END_TEST

START_TEST(a_text_takes_the_same_bytes_as_a_stream) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_addf(&text, "before\n");
    ht_json_text(json, "x", "\xc3\xa5");
    ht_json_real(json, "y", 25.7082);
    ck_assert_int_eq(ht_json_add_to(json, &text, &err), HT_OK);
    ck_assert_str_eq(ht_text_get(&text) + strlen("before\n"), written());
    ht_text_release(&text);
}
END_TEST

START_TEST(a_text_without_memory_is_an_error) {
    ht_limited_memory memory;
    ht_text text;
    ht_limited_memory_init(&memory, 0);
    ht_text_init(&text, &memory.allocator);
    ht_json_integer(json, "y", 1);
    ck_assert_int_eq(ht_json_add_to(json, &text, &err), HT_ENOMEM);
    ht_text_release(&text);
}
END_TEST

static Suite *suite(void) {
    Suite *all = suite_create("json");
    TCase *tests = tcase_create("document");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, keys_keep_their_order);
    tcase_add_test(tests, arrays_and_objects_nest);
    tcase_add_loop_test(tests, reals_are_short_or_null, 0, (int)(sizeof REALS / sizeof REALS[0]));
    tcase_add_test(tests, texts_are_escaped);
    tcase_add_test(tests, text_that_is_no_utf_8_is_an_error);
    tcase_add_test(tests, a_stream_that_takes_nothing_is_an_error);
    tcase_add_test(tests, a_text_takes_the_same_bytes_as_a_stream);
    tcase_add_test(tests, a_text_without_memory_is_an_error);
    suite_add_tcase(all, tests);
    return all;
}

int main(void) {
    return ht_run_suite(suite());
}
