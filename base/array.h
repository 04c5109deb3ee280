/* base/array.h: arrays that grow, of items of one size.
 *
 * Ownership: the array owns its items; pointers into it hold until it grows.
 * Errors:    NULL when memory is out or the size overflows; the array stays as it was.
 * Cost:      amortised O(1) an item.
 */
#ifndef HT_BASE_ARRAY_H
#define HT_BASE_ARRAY_H

#include <stdint.h>

#include "base/arena.h"

typedef struct ht_array {
    const ht_allocator *allocator;
    void *items;
    size_t size; /* of one item, bytes */
    int32_t count;
    int32_t capacity;
} ht_array;

void ht_array_init(ht_array *array, size_t size, const ht_allocator *allocator);
void ht_array_release(ht_array *array); /* of a zeroed struct too */

/* A zeroed new last item. */
void *ht_array_push(ht_array *array);

/* The item at index (0 <= index < count). */
void *ht_array_at(const ht_array *array, int32_t index);

/* Keeps capacity, forgets the items. */
void ht_array_empty(ht_array *array);

/* Forgets the items from count on (count <= array->count). */
void ht_array_shrink(ht_array *array, int32_t count);

#endif
