/* base/text.h: bytes of text: UTF-8, growing buffers, and what must never be stored or shown.
 *
 * Ownership: an ht_text owns its bytes until ht_text_release().
 * Errors:    a buffer that ran out of memory stays so (failed is set) and takes no more; check once at the end.
 */
#ifndef HT_BASE_TEXT_H
#define HT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct ht_text {
    const ht_allocator *allocator;
    char *bytes; /* NUL-terminated, or NULL while empty */
    size_t length;
    size_t capacity;
    bool failed;
} ht_text;

void ht_text_init(ht_text *text, const ht_allocator *allocator);
void ht_text_release(ht_text *text);
void ht_text_empty(ht_text *text); /* keeps the room */
void ht_text_add(ht_text *text, const char *bytes, size_t length);
void ht_text_addf(ht_text *text, const char *format, ...) HT_PRINTF(2, 3);
const char *ht_text_get(const ht_text *text); /* "" while empty */

bool ht_utf8_valid(const char *bytes, size_t length);
/* Appends bytes of Windows-1252 as UTF-8; the five bytes that it leaves undefined become U+FFFD. */
void ht_text_add_windows_1252(ht_text *text, const char *bytes, size_t length);
/* Columns on a terminal: characters that are not combining, one each. */
int32_t ht_utf8_width(const char *bytes);

/* [A-Za-z][A-Za-z0-9_.-]{0,31} */
bool ht_id_valid(const char *text);

/* True where text holds what looks like a Swedish personal identity number: YYYYMMDD-NNNN or YYMMDD-NNNN, with or
 * without century or separator (- or +), month and day plausible (coordination numbers, day + 60, too), Luhn checksum
 * right, not inside a longer run of digits, not the decimals of a coordinate. */
bool ht_has_personal_number(const char *text);
/* Copies text to out with each such number shown as ********-****, control characters as '?', cut to size. */
void ht_text_mask(const char *text, char *out, size_t size);

#endif
