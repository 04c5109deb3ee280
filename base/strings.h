/* base/strings.h: each different text once, known by a small number (a symbol).
 *
 * Two texts of one pool are equal when their symbols are. HT_NO_TEXT (0) is the empty text.
 *
 * Ownership: the pool owns the texts; ht_strings_text() holds until the pool is released.
 * Errors:    HT_NO_SYMBOL when memory is out.
 * Cost:      O(length) a look-up (open addressing hash).
 */
#ifndef HT_BASE_STRINGS_H
#define HT_BASE_STRINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/array.h"

typedef int32_t ht_sym;

enum { HT_NO_TEXT = 0, HT_NO_SYMBOL = -1 };

typedef struct ht_strings_slot {
    ht_sym sym;    /* HT_NO_SYMBOL: free */
    uint32_t hash; /* of its text: what differs in it need not be compared */
} ht_strings_slot;

typedef struct ht_strings {
    ht_arena arena;
    ht_array texts; /* of const char * by symbol */
    ht_strings_slot *slot;
    int32_t slots; /* a power of two */
} ht_strings;

/* False when memory is out. */
bool ht_strings_init(ht_strings *pool, const ht_allocator *allocator);
void ht_strings_release(ht_strings *pool);

/* The symbol of text[0..length), made where it is new. */
ht_sym ht_strings_intern(ht_strings *pool, const char *text, size_t length);

/* The symbol of text, or HT_NO_SYMBOL where the pool does not hold it. */
ht_sym ht_strings_find(const ht_strings *pool, const char *text);

const char *ht_strings_text(const ht_strings *pool, ht_sym sym);
int32_t ht_strings_count(const ht_strings *pool); /* symbols are 0 .. count - 1 */

#endif
