#include "base/numbers.h"

#include <assert.h>

#include "base/banned.h"

enum { DIGITS_MAX = 18 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Passes over a sign; true for '-'. */
static bool take_sign(const char **text) {
    bool negative = **text == '-';
    if (**text == '-' || **text == '+') {
        (*text)++;
    }
    return negative;
}

/* Reads one digit or more; the length, 0 where there are none or too many. */
static int32_t take_digits(const char **text, int64_t *value) {
    int32_t length = 0;
    *value = 0;
    for (; is_digit(**text); (*text)++) {
        if (++length > DIGITS_MAX) {
            return 0;
        }
        *value = 10 * *value + (**text - '0');
    }
    return length;
}

bool ht_int_parse(const char *text, int64_t *value) {
    bool negative = take_sign(&text);
    int64_t digits;
    if (take_digits(&text, &digits) == 0 || *text != '\0') {
        return false;
    }
    *value = negative ? -digits : digits;
    return true;
}

/* floor(2 * 0.digits * scale), exact: floors nest when one divides from the last digit on. *inexact where it is not
 * whole. */
static int64_t twice_fraction(const char *digits, int32_t length, int64_t scale, bool *inexact) {
    int64_t part = 0;
    for (int32_t i = length - 1; i >= 0; i--) {
        int64_t sum = (digits[i] - '0') * 2 * scale + part;
        *inexact = *inexact || sum % 10 != 0;
        part = sum / 10;
    }
    return part;
}

/* The fraction of the number times scale, rounded so that halves go towards +inf once the sign is put on. */
static int64_t round_fraction(const char *digits, int32_t length, int64_t scale, bool negative) {
    bool inexact = false;
    int64_t twice = twice_fraction(digits, length, scale, &inexact);
    return negative ? (twice + (inexact ? 1 : 0)) / 2 : (twice + 1) / 2;
}

bool ht_decimal_parse(const char *text, int64_t scale, int64_t *value) {
    assert(scale >= 1 && scale <= 1000000000);
    bool negative = take_sign(&text);
    int64_t whole, sum;
    int64_t fraction = 0;
    int32_t length = take_digits(&text, &whole);
    if (length == 0) {
        return false;
    }
    if (*text == '.' || *text == ',') {
        const char *digits = ++text;
        int64_t ignored;
        int32_t count = take_digits(&text, &ignored);
        if (count == 0 || length + count > DIGITS_MAX) {
            return false;
        }
        fraction = round_fraction(digits, count, scale, negative);
    }
    if (*text != '\0' || !ht_mul_checked(whole, scale, &sum) || !ht_add_checked(sum, fraction, &sum)) {
        return false;
    }
    *value = negative ? -sum : sum;
    return true;
}

static uint64_t power_of_ten(int32_t exponent) {
    uint64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* Writes number / 10^digits, the fraction without closing zeros. Returns the length. */
static size_t print_parts(bool negative, uint64_t whole, uint64_t fraction, int32_t digits, char mark, char *out,
                          size_t size) {
    while (digits > 0 && fraction % 10 == 0) {
        fraction /= 10;
        digits--;
    }
    const char *sign = negative && (whole != 0 || digits > 0) ? "-" : "";
    int length = digits == 0 ? snprintf(out, size, "%s%llu", sign, (unsigned long long)whole)
                             : snprintf(out, size, "%s%llu%c%0*llu", sign, (unsigned long long)whole, mark, (int)digits,
                                        (unsigned long long)fraction);
    return (size_t)length;
}

size_t ht_decimal_print(int64_t value, int64_t scale, int32_t digits, char mark, char *out, size_t size) {
    assert(scale >= 1 && scale <= 1000000000 && digits >= 0 && digits <= 9 && size >= 32);
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t unit = (uint64_t)scale;
    uint64_t power = power_of_ten(digits);
    uint64_t whole = magnitude / unit;
    /* below 10^9 * 10^9 * 2 + 10^9: fits 64 bits */
    uint64_t fraction = (2 * (magnitude % unit) * power + unit) / (2 * unit);
    if (fraction == power) {
        whole++;
        fraction = 0;
    }
    return print_parts(value < 0, whole, fraction, digits, mark, out, size);
}

bool ht_add_checked(int64_t a, int64_t b, int64_t *sum) {
    if ((b > 0 && a > INT64_MAX - b) || (b < 0 && a < INT64_MIN - b)) {
        return false;
    }
    *sum = a + b;
    return true;
}

/* True where a * b is outside 64 bits, for b > 0. */
static bool overflows_positive(int64_t a, int64_t b) {
    return a > INT64_MAX / b || a < INT64_MIN / b;
}

/* True where a * b is outside 64 bits, for b < 0; a / -1 is kept apart, as INT64_MIN / -1 overflows itself. */
static bool overflows_negative(int64_t a, int64_t b) {
    return b == -1 ? a == INT64_MIN : a < INT64_MAX / b || a > INT64_MIN / b;
}

bool ht_mul_checked(int64_t a, int64_t b, int64_t *product) {
    if ((b > 0 && overflows_positive(a, b)) || (b < 0 && overflows_negative(a, b))) {
        return false;
    }
    *product = a * b;
    return true;
}
