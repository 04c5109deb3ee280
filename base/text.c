#include "base/text.h"

#include <assert.h>
#include <stdarg.h>

void ht_text_init(ht_text *text, const ht_allocator *allocator) {
    *text = (ht_text){.allocator = allocator};
}

void ht_text_release(ht_text *text) {
    if (text->bytes != NULL) {
        text->allocator->release(text->allocator->context, text->bytes);
    }
    ht_text_init(text, text->allocator);
}

void ht_text_empty(ht_text *text) {
    text->length = 0;
    if (text->bytes != NULL) {
        text->bytes[0] = '\0';
    }
}

/* Room for `more` bytes and the closing NUL. */
static bool reserve(ht_text *text, size_t more) {
    if (text->failed || more >= SIZE_MAX / 2 - text->length) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity == 0 ? 64 : 2 * text->capacity;
    capacity = capacity < needed ? needed : capacity;
    char *bytes = text->allocator->resize(text->allocator->context, text->bytes, capacity);
    if (bytes == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void ht_text_add(ht_text *text, const char *bytes, size_t length) {
    if (reserve(text, length)) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
        text->bytes[text->length] = '\0';
    }
}

void ht_text_addf(ht_text *text, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text->failed = true;
    } else if (reserve(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

const char *ht_text_get(const ht_text *text) {
    return text->bytes == NULL ? "" : text->bytes;
}

/* Reads one character of UTF-8 from bytes[0..length); its length, 0 where it is not valid. */
static size_t take_character(const char *bytes, size_t length, uint32_t *character) {
    const unsigned char *b = (const unsigned char *)bytes;
    if (b[0] < 0x80) {
        *character = b[0];
        return 1;
    }
    size_t size = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
    if (b[0] < 0xc2 || b[0] > 0xf4 || size > length) {
        return 0;
    }
    uint32_t value = b[0] & (0x7fU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((b[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = (value << 6) | (b[i] & 0x3f);
    }
    bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    bool surrogate = value >= 0xd800 && value <= 0xdfff;
    *character = value;
    return overlong || surrogate || value > 0x10ffff ? 0 : size;
}

bool ht_utf8_valid(const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        uint32_t ignored;
        size_t size = take_character(bytes + at, length - at, &ignored);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

/* Appends a character below U+10000. */
static void add_character(ht_text *text, uint32_t c) {
    char bytes[3];
    if (c < 0x80) {
        bytes[0] = (char)c;
        ht_text_add(text, bytes, 1);
    } else if (c < 0x800) {
        bytes[0] = (char)(0xc0 | (c >> 6));
        bytes[1] = (char)(0x80 | (c & 0x3f));
        ht_text_add(text, bytes, 2);
    } else {
        bytes[0] = (char)(0xe0 | (c >> 12));
        bytes[1] = (char)(0x80 | ((c >> 6) & 0x3f));
        bytes[2] = (char)(0x80 | (c & 0x3f));
        ht_text_add(text, bytes, 3);
    }
}

void ht_text_add_windows_1252(ht_text *text, const char *bytes, size_t length) {
    /* 0x80 .. 0x9f; the rest is as in Latin-1 */
    static const uint16_t CHARACTER[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                           0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
                                           0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                           0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        add_character(text, byte >= 0x80 && byte <= 0x9f ? CHARACTER[byte - 0x80] : byte);
    }
}

static bool combining(uint32_t c) {
    return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
           (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f);
}

int32_t ht_utf8_width(const char *bytes) {
    int32_t width = 0;
    size_t length = strlen(bytes);
    for (size_t at = 0; at < length;) {
        uint32_t character = 0xfffd; /* a byte that is no UTF-8 is shown as one mark */
        size_t size = take_character(bytes + at, length - at, &character);
        width += size != 0 && combining(character) ? 0 : 1;
        at += size == 0 ? 1 : size;
    }
    return width;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool ht_id_valid(const char *text) {
    if (!is_letter(text[0])) {
        return false;
    }
    size_t length = 1;
    for (; text[length] != '\0'; length++) {
        char c = text[length];
        if (length == 32 || !(is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-')) {
            return false;
        }
    }
    return true;
}

static size_t digit_run(const char *text) {
    size_t length = 0;
    while (is_digit(text[length])) {
        length++;
    }
    return length;
}

/* The check digit of ten digits (Luhn): every second one doubled, from the first. */
static bool luhn_right(const char digits[10]) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
        int product = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == 0;
}

/* Ten digits YYMMDDNNNN that can be a personal or coordination number. */
static bool number_plausible(const char digits[10]) {
    int month = (digits[2] - '0') * 10 + (digits[3] - '0');
    int day = (digits[4] - '0') * 10 + (digits[5] - '0');
    bool day_right = (day >= 1 && day <= 31) || (day >= 61 && day <= 91);
    return month >= 1 && month <= 12 && day_right && luhn_right(digits);
}

static bool century_plausible(const char *digits) {
    return strncmp(digits, "18", 2) == 0 || strncmp(digits, "19", 2) == 0 || strncmp(digits, "20", 2) == 0;
}

/* The length of the personal number that begins with the run of digits at text; 0 where there is none. */
static size_t number_at(const char *text) {
    size_t run = digit_run(text);
    size_t length = run;
    char digits[12];
    if (run == 6 || run == 8) {
        if ((text[run] != '-' && text[run] != '+') || digit_run(text + run + 1) != 4) {
            return 0;
        }
        memcpy(digits, text, run);
        memcpy(digits + run, text + run + 1, 4);
        length = run + 5;
        run += 4;
    } else if (run == 10 || run == 12) {
        memcpy(digits, text, run);
    } else {
        return 0;
    }
    bool plausible = run == 10 ? number_plausible(digits) : century_plausible(digits) && number_plausible(digits + 2);
    return plausible ? length : 0;
}

/* Where the decimals begin in a text that is one decimal number of at most three digits before the mark, as a
 * coordinate is: they are no personal number. 0 for any other text. */
static size_t decimals_at(const char *text) {
    size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
    size_t whole = digit_run(text + sign);
    size_t mark = sign + whole;
    if (whole < 1 || whole > 3 || (text[mark] != '.' && text[mark] != ',')) {
        return 0;
    }
    return text[mark + 1 + digit_run(text + mark + 1)] == '\0' ? mark + 1 : 0;
}

/* The next personal number from *at on: its length, and *at where it begins; 0 where there is none. */
static size_t next_number(const char *text, size_t *at) {
    size_t decimals = decimals_at(text);
    while (text[*at] != '\0') {
        size_t run = digit_run(text + *at);
        size_t length = run == 0 || (decimals != 0 && *at == decimals) ? 0 : number_at(text + *at);
        if (length != 0) {
            return length;
        }
        *at += run == 0 ? 1 : run;
    }
    return 0;
}

bool ht_has_personal_number(const char *text) {
    size_t at = 0;
    return next_number(text, &at) != 0;
}

/* Copies the character at text; control characters, and bytes that are no UTF-8, as '?'. Its length, 0 where size is
 * too small. */
static size_t mask_character(const char *text, char *out, size_t size, size_t *taken) {
    uint32_t character = 0;
    size_t length = take_character(text, strnlen(text, 4), &character);
    bool shown = length != 0 && character >= 0x20 && !(character >= 0x7f && character <= 0x9f);
    size_t written = shown ? length : 1;
    *taken = length == 0 ? 1 : length;
    if (written > size) {
        return 0;
    }
    if (shown) {
        memcpy(out, text, length);
    } else {
        *out = '?';
    }
    return written;
}

void ht_text_mask(const char *text, char *out, size_t size) {
    static const char MASK[] = "********-****";
    assert(size > 0);
    size_t used = 0;
    size_t at = 0;
    size_t number = 0;
    size_t length = next_number(text, &number);
    while (text[at] != '\0') {
        size_t taken = length;
        size_t written = sizeof(MASK) - 1;
        if (length != 0 && at == number) {
            written = written < size - used ? written : size - used - 1;
            memcpy(out + used, MASK, written);
            number += length;
            length = next_number(text, &number);
        } else {
            written = mask_character(text + at, out + used, size - used - 1, &taken);
        }
        if (written == 0) {
            break;
        }
        used += written;
        at += taken;
    }
    out[used] = '\0';
}
