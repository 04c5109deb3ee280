/* base/numbers.h: the one parser and printer of numbers, which know no locale, and small arithmetic.
 *
 * Errors: false where the text is not a number of the form, has more than 18 digits or overflows.
 */
#ifndef HT_BASE_NUMBERS_H
#define HT_BASE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "-12", "12": an optional sign and digits, nothing else. */
bool ht_int_parse(const char *text, int64_t *value);

/* "12", "7,633333", "7.5", "-0,5": value = the number * scale, exact, then rounded to nearest (halves up, towards
 * +inf). scale is 1 .. 10^9. With scale 60 minutes become seconds. */
bool ht_decimal_parse(const char *text, int64_t scale, int64_t *value);

/* value / scale with the mark ('.' or ',') and just the digits it needs, at most `digits` (rounded to nearest, halves
 * away from 0): 458 / 60 with 6 digits is "7,633333"; 60 / 60 is "1". Returns the length; out holds 32 bytes. */
size_t ht_decimal_print(int64_t value, int64_t scale, int32_t digits, char mark, char *out, size_t size);

static inline int32_t ht_min32(int32_t a, int32_t b) {
    return a < b ? a : b;
}

static inline int32_t ht_max32(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* Below 0, 0 or above 0, as qsort() wants to know of a and b. */
static inline int ht_compare32(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

/* Adds where it does not overflow; false (and *sum unchanged) where it would. */
bool ht_add_checked(int64_t a, int64_t b, int64_t *sum);
bool ht_mul_checked(int64_t a, int64_t b, int64_t *product);

#endif
