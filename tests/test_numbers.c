/* Numbers: exact rounding, no locale, and no silent overflow. */
#include "base/numbers.h"

#include "base/banned.h"
#include "base/rng.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static const struct {
    const char *text;
    bool right;
    int64_t value;
} INTS[] = {{"0", true, 0},
            {"12", true, 12},
            {"-12", true, -12},
            {"+12", true, 12},
            {"007", true, 7},
            {"999999999999999999", true, INT64_C(999999999999999999)},
            {"1000000000000000000", false, 0},
            {"0000000000000000001", false, 0},
            {"", false, 0},
            {"-", false, 0},
            {"--1", false, 0},
            {" 1", false, 0},
            {"1 ", false, 0},
            {"1,0", false, 0},
            {"1e3", false, 0},
            {"0x1", false, 0},
            {"\xd9\xa1", false, 0}};

START_TEST(whole_numbers) {
    int64_t value = 77;
    ck_assert_int_eq(ht_int_parse(INTS[_i].text, &value), INTS[_i].right);
    ck_assert_int_eq(value, INTS[_i].right ? INTS[_i].value : 77);
}
END_TEST

static const struct {
    const char *text;
    int64_t scale;
    bool right;
    int64_t value;
} DECIMALS[] = {{"12", 1, true, 12},
                {"7,633333", 60, true, 458},
                {"7.633333", 60, true, 458},
                {"4,8", 60, true, 288},
                {"7.5", 1, true, 8},
                {"-7.5", 1, true, -7}, /* halves go up */
                {"-7.500000000000001", 1, true, -8},
                {"-7.4", 1, true, -7},
                {"0.49999999999999999", 1, true, 0},
                {"0.5", 1, true, 1},
                {"-0,5", 1, true, 0},
                {"-0,5", 10, true, -5},
                {"63,0324115", 10000000, true, 630324115},
                {"0.008333333333333333", 60, false, 0}, /* 19 digits */
                {"0.00833333333333333", 60, true, 0},
                {"0.00833333333333334", 60, true, 1},
                {"999999999", 1000000000, true, INT64_C(999999999000000000)},
                {"99999999999", 1000000000, false, 0},
                {"+1,5", 2, true, 3},
                {",5", 1, false, 0},
                {"5,", 1, false, 0},
                {"1,5,5", 1, false, 0},
                {"1.000,5", 1, false, 0},
                {"", 1, false, 0},
                {"-", 1, false, 0},
                {"1 000", 1, false, 0},
                {"nan", 1, false, 0},
                {"inf", 1, false, 0},
                {"1e5", 1, false, 0}};

START_TEST(decimals_are_read) {
    int64_t value = 77;
    ck_assert_int_eq(ht_decimal_parse(DECIMALS[_i].text, DECIMALS[_i].scale, &value), DECIMALS[_i].right);
    ck_assert_int_eq(value, DECIMALS[_i].right ? DECIMALS[_i].value : 77);
}
END_TEST

static const struct {
    int64_t value, scale;
    int32_t digits;
    char mark;
    const char *text;
} PRINTED[] = {{458, 60, 6, ',', "7,633333"},
               {60, 60, 6, ',', "1"},
               {0, 60, 6, ',', "0"},
               {-30, 60, 6, '.', "-0.5"},
               {-1, 60, 1, '.', "0"}, /* no minus before nothing */
               {5, 10, 0, '.', "1"},  /* halves away from 0 */
               {-5, 10, 0, '.', "-1"},
               {999999, 1000000, 3, '.', "1"},
               {630324110, 10000000, 7, ',', "63,032411"},
               {5, 1000, 3, ',', "0,005"},
               {INT64_MAX, 1, 0, '.', "9223372036854775807"},
               {INT64_MIN, 1, 0, '.', "-9223372036854775808"},
               {INT64_MIN, 1000000000, 9, '.', "-9223372036.854775808"}};

START_TEST(decimals_are_printed) {
    char text[32];
    size_t length = ht_decimal_print(PRINTED[_i].value, PRINTED[_i].scale, PRINTED[_i].digits, PRINTED[_i].mark, text,
                                     sizeof(text));
    ck_assert_str_eq(text, PRINTED[_i].text);
    ck_assert_uint_eq(length, strlen(text));
}
END_TEST

START_TEST(what_is_printed_reads_back) {
    static const int64_t SCALE[] = {1, 60, 100, 1000, 10000000};
    ht_rng rng;
    ht_rng_init(&rng, 1, 0);
    for (int i = 0; i < 20000; i++) {
        char text[32];
        int64_t value = (int64_t)ht_rng_below(&rng, 2000000000) - 1000000000;
        int64_t scale = SCALE[i % COUNT(SCALE)];
        int64_t again = 0;
        ht_decimal_print(value, scale, 7, i % 2 == 0 ? ',' : '.', text, sizeof(text));
        ck_assert_msg(ht_decimal_parse(text, scale, &again) && again == value, "%lld / %lld is printed %s",
                      (long long)value, (long long)scale, text);
    }
}
END_TEST

static const struct {
    int64_t a, b;
    bool sum, product;
} CHECKED[] = {{1, 2, true, true},
               {INT64_MAX, 1, false, true},
               {INT64_MAX, 0, true, true},
               {INT64_MIN, 0, true, true},
               {INT64_MIN, -1, false, false},
               {-1, INT64_MIN, false, false},
               {INT64_MIN, 1, true, true},
               {INT64_MAX, -1, true, true},
               {INT64_MAX, INT64_MIN, true, false},
               {INT64_MAX / 2 + 1, 2, true, false},
               {INT64_MIN / 2, 2, true, true},
               {INT64_MIN / 2 - 1, 2, true, false},
               {-3037000500, -3037000500, true, false},
               {-3037000499, 3037000499, true, true}};

START_TEST(overflow_is_told) {
    int64_t result = 77;
    int64_t a = CHECKED[_i].a;
    int64_t b = CHECKED[_i].b;
    ck_assert_int_eq(ht_add_checked(a, b, &result), CHECKED[_i].sum);
    ck_assert_int_eq(result, CHECKED[_i].sum ? a + b : 77);
    result = 77;
    ck_assert_int_eq(ht_mul_checked(a, b, &result), CHECKED[_i].product);
    ck_assert_int_eq(result, CHECKED[_i].product ? a * b : 77);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("numbers");
    TCase *tests = tcase_create("numbers");
    tcase_add_loop_test(tests, whole_numbers, 0, COUNT(INTS));
    tcase_add_loop_test(tests, decimals_are_read, 0, COUNT(DECIMALS));
    tcase_add_loop_test(tests, decimals_are_printed, 0, COUNT(PRINTED));
    tcase_add_test(tests, what_is_printed_reads_back);
    tcase_add_loop_test(tests, overflow_is_told, 0, COUNT(CHECKED));
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
