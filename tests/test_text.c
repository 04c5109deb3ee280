/* Text: UTF-8, Windows-1252, ids, and personal identity numbers, which are never shown. */
#include "base/text.h"

#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

START_TEST(buffers_grow) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ck_assert_str_eq(ht_text_get(&text), "");
    for (int i = 0; i < 100; i++) {
        ht_text_addf(&text, "%d,", i % 10);
    }
    ht_text_add(&text, "end.xxx", 4);
    ck_assert_uint_eq(text.length, 204);
    ck_assert_uint_eq(strlen(ht_text_get(&text)), 204);
    ck_assert_str_eq(ht_text_get(&text) + 196, "8,9,end.");
    ck_assert(!text.failed);
    ht_text_empty(&text);
    ck_assert_str_eq(ht_text_get(&text), "");
    ht_text_add(&text, "again", 5);
    ck_assert_str_eq(ht_text_get(&text), "again");
    ht_text_release(&text);
    ck_assert_str_eq(ht_text_get(&text), "");
}
END_TEST

START_TEST(memory_runs_out) {
    ht_limited_memory memory;
    ht_text text;
    char long_words[500];
    memset(long_words, 'a', sizeof(long_words));
    ht_limited_memory_init(&memory, 1);
    ht_text_init(&text, &memory.allocator);
    ht_text_add(&text, "kept", 4);
    ht_text_add(&text, long_words, sizeof(long_words));
    ck_assert(text.failed);
    ht_text_addf(&text, "%s", "no more");
    ht_text_add(&text, long_words, SIZE_MAX);
    ck_assert_str_eq(ht_text_get(&text), "kept");
    ht_text_release(&text);
}
END_TEST

static const struct {
    const char *bytes;
    bool valid;
} UTF8[] = {{"", true},
            {"abc", true},
            {"\xc3\xa5\xc3\xa4\xc3\xb6", true},
            {"\xe2\x82\xac", true},
            {"\xf0\x9f\x98\x80", true},
            {"\xf4\x8f\xbf\xbf", true},
            {"\xf4\x90\x80\x80", false}, /* beyond U+10FFFF */
            {"\xc0\xaf", false},         /* overlong */
            {"\xe0\x80\xaf", false},
            {"\xf0\x80\x80\xaf", false},
            {"\xed\xa0\x80", false}, /* a surrogate */
            {"\xc3", false},
            {"\xe2\x82", false},
            {"\xe2\x28\xa1", false},
            {"\x80", false},
            {"\xff", false},
            {"K\xe5l", false}}; /* Windows-1252 */

START_TEST(utf8_is_told_from_other_bytes) {
    ck_assert_int_eq(ht_utf8_valid(UTF8[_i].bytes, strlen(UTF8[_i].bytes)), UTF8[_i].valid);
}
END_TEST

START_TEST(windows_1252_becomes_utf8) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_add_windows_1252(&text, "K\xe5l \x80 \x96 \x81 \xff", 9);
    ck_assert_str_eq(ht_text_get(&text), "K\xc3\xa5l \xe2\x82\xac \xe2\x80\x93 \xef\xbf\xbd");
    ht_text_empty(&text);
    ht_text_add_windows_1252(&text, "\xff", 1);
    ck_assert_str_eq(ht_text_get(&text), "\xc3\xbf");
    ht_text_release(&text);
}
END_TEST

START_TEST(every_windows_1252_byte_is_valid_utf8) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int byte = 1; byte < 256; byte++) {
        char bytes[1] = {(char)byte};
        ht_text_add_windows_1252(&text, bytes, 1);
    }
    ck_assert(ht_utf8_valid(ht_text_get(&text), text.length));
    ck_assert_int_eq(ht_utf8_width(ht_text_get(&text)), 255);
    ht_text_release(&text);
}
END_TEST

START_TEST(width_counts_characters) {
    ck_assert_int_eq(ht_utf8_width(""), 0);
    ck_assert_int_eq(ht_utf8_width("besök"), 5);
    ck_assert_int_eq(ht_utf8_width("o\xcc\x88"), 1); /* o and a combining diaeresis */
    ck_assert_int_eq(ht_utf8_width("a\xff"), 2);
}
END_TEST

static const struct {
    const char *text;
    bool valid;
} IDS[] = {{"K1", true},
           {"a", true},
           {"K_1.b-2", true},
           {"K2345678901234567890123456789012", true},
           {"K23456789012345678901234567890123", false},
           {"", false},
           {"1K", false},
           {"_K", false},
           {"K 1", false},
           {"K\xc3\xa5", false},
           {"K|1", false},
           {"=K", false}};

START_TEST(ids) {
    ck_assert_int_eq(ht_id_valid(IDS[_i].text), IDS[_i].valid);
}
END_TEST

/* Numbers in common use as examples. */
static const struct {
    const char *text, *masked;
} PERSONAL[] = {
    {"850709-9805", "********-****"},          {"8507099805", "********-****"},
    {"19850709-9805", "********-****"},        {"198507099805", "********-****"},
    {"850709+9805", "********-****"},          {"20121212-1212", "********-****"},
    {"K198507099805", "K********-****"},       {"a 850709-9805, b 121212-1212.", "a ********-****, b ********-****."},
    {"701063-2391", "********-****"}, /* a coordination number: day 63 */
    {"12,8507099805 x", "12,********-**** x"}, {"8507099805,5", "********-****,5"}};

START_TEST(personal_numbers_are_masked) {
    char masked[64];
    ck_assert(ht_has_personal_number(PERSONAL[_i].text));
    ht_text_mask(PERSONAL[_i].text, masked, sizeof(masked));
    ck_assert_str_eq(masked, PERSONAL[_i].masked);
    ck_assert(!ht_has_personal_number(masked));
}
END_TEST

static const char *const NOT_PERSONAL[] = {
    "",
    "850709-9806",      /* the check digit */
    "851309-9800",      /* no month 13 */
    "850732-9803",      /* no day 32 */
    "8507099805123",    /* inside a longer run */
    "1850709-9805",     /* seven digits before the dash */
    "850709-98051",     /* five after it */
    "850709/9805",      /* no separator */
    "16850709-9805",    /* no century of the living */
    "2025-03-05 07:30", /* a date and time */
    "V4693295",
    "63,8507099805", /* the decimals of a coordinate */
    "-12.8507099805",
};

START_TEST(other_digits_are_left_alone) {
    char masked[64];
    ck_assert_msg(!ht_has_personal_number(NOT_PERSONAL[_i]), "%s", NOT_PERSONAL[_i]);
    ht_text_mask(NOT_PERSONAL[_i], masked, sizeof(masked));
    ck_assert_str_eq(masked, NOT_PERSONAL[_i]);
}
END_TEST

START_TEST(control_characters_are_not_shown) {
    char masked[64];
    ht_text_mask("a\x1b[31m\tb\x7f\xc2\x9b\xff\xc3\xa5", masked, sizeof(masked));
    ck_assert_str_eq(masked, "a?[31m?b???\xc3\xa5");
}
END_TEST

START_TEST(masking_cuts_between_characters) {
    char masked[8];
    ht_text_mask("abcdef\xc3\xa5", masked, sizeof(masked)); /* the last character would need 8 bytes and the NUL */
    ck_assert_str_eq(masked, "abcdef");
    ht_text_mask("8507099805", masked, sizeof(masked));
    ck_assert_str_eq(masked, "*******");
    ht_text_mask("abc", masked, 1);
    ck_assert_str_eq(masked, "");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_add_test(tests, buffers_grow);
    tcase_add_test(tests, memory_runs_out);
    tcase_add_loop_test(tests, utf8_is_told_from_other_bytes, 0, COUNT(UTF8));
    tcase_add_test(tests, windows_1252_becomes_utf8);
    tcase_add_test(tests, every_windows_1252_byte_is_valid_utf8);
    tcase_add_test(tests, width_counts_characters);
    tcase_add_loop_test(tests, ids, 0, COUNT(IDS));
    tcase_add_loop_test(tests, personal_numbers_are_masked, 0, COUNT(PERSONAL));
    tcase_add_loop_test(tests, other_digits_are_left_alone, 0, COUNT(NOT_PERSONAL));
    tcase_add_test(tests, control_characters_are_not_shown);
    tcase_add_test(tests, masking_cuts_between_characters);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
