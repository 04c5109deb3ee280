/* The generator: the published sequence, and numbers spread as they should be. */
#include "base/rng.h"

#include "base/banned.h"
#include "tests/support.h"

/* xoshiro256** from the state {1, 2, 3, 4}: the first numbers, worked out from the published algorithm. */
START_TEST(published_sequence) {
    static const uint64_t EXPECTED[] = {UINT64_C(11520), UINT64_C(0), UINT64_C(1509978240),
                                        UINT64_C(1215971899390074240)};
    ht_rng rng = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof(EXPECTED) / sizeof(EXPECTED[0]); i++) {
        ck_assert_uint_eq(ht_rng_next(&rng), EXPECTED[i]);
    }
}
END_TEST

START_TEST(same_pair_same_numbers) {
    ht_rng a, b;
    ht_rng_init(&a, 7, 3);
    ht_rng_init(&b, 7, 3);
    for (int i = 0; i < 100; i++) {
        ck_assert_uint_eq(ht_rng_next(&a), ht_rng_next(&b));
    }
}
END_TEST

START_TEST(different_pairs_different_numbers) {
    enum { SIDE = 20 };
    uint64_t seen[SIDE * SIDE];
    for (uint64_t seed = 0; seed < SIDE; seed++) {
        for (uint64_t stream = 0; stream < SIDE; stream++) {
            ht_rng rng;
            ht_rng_init(&rng, seed, stream);
            seen[seed * SIDE + stream] = ht_rng_next(&rng);
        }
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
        for (int j = 0; j < i; j++) {
            ck_assert_uint_ne(seen[i], seen[j]);
        }
    }
}
END_TEST

START_TEST(below_is_uniform) {
    enum { LIMIT = 7, DRAWS = 70000 };
    int32_t count[LIMIT] = {0};
    ht_rng rng;
    ht_rng_init(&rng, 1, 0);
    for (int i = 0; i < DRAWS; i++) {
        int32_t value = ht_rng_below(&rng, LIMIT);
        ck_assert(value >= 0 && value < LIMIT);
        count[value]++;
    }
    for (int i = 0; i < LIMIT; i++) {
        ck_assert_int_gt(count[i], 9500); /* 10,000 expected, standard deviation 93 */
        ck_assert_int_lt(count[i], 10500);
    }
    ck_assert_int_eq(ht_rng_below(&rng, 1), 0);
}
END_TEST

START_TEST(large_limits_stay_below) {
    ht_rng rng;
    ht_rng_init(&rng, 2, 0);
    int32_t upper = 0;
    for (int i = 0; i < 1000; i++) {
        int32_t value = ht_rng_below(&rng, INT32_MAX);
        ck_assert(value >= 0 && value < INT32_MAX);
        upper += value > INT32_MAX / 2 ? 1 : 0;
    }
    ck_assert(upper > 400 && upper < 600);
}
END_TEST

START_TEST(unit_is_below_one) {
    ht_rng rng;
    ht_rng_init(&rng, 3, 0);
    double sum = 0;
    for (int i = 0; i < 10000; i++) {
        double value = ht_rng_unit(&rng);
        ck_assert(value >= 0 && value < 1);
        sum += value;
    }
    ck_assert(sum > 4850 && sum < 5150); /* 5,000 expected, standard deviation 29 */
}
END_TEST

int main(void) {
    Suite *suite = suite_create("rng");
    TCase *tests = tcase_create("rng");
    tcase_add_test(tests, published_sequence);
    tcase_add_test(tests, same_pair_same_numbers);
    tcase_add_test(tests, different_pairs_different_numbers);
    tcase_add_test(tests, below_is_uniform);
    tcase_add_test(tests, large_limits_stay_below);
    tcase_add_test(tests, unit_is_below_one);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
