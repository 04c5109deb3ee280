#include "base/array.h"

#include <assert.h>
#include <stdbool.h>

enum { FIRST_CAPACITY = 8 };

void ht_array_init(ht_array *array, size_t size, const ht_allocator *allocator) {
    assert(size > 0);
    *array = (ht_array){.allocator = allocator, .size = size};
}

void ht_array_release(ht_array *array) {
    if (array->items != NULL) {
        array->allocator->release(array->allocator->context, array->items);
    }
    *array = (ht_array){.allocator = array->allocator, .size = array->size};
}

static bool grow(ht_array *array) {
    if (array->capacity > INT32_MAX / 2) {
        return false;
    }
    int32_t capacity = array->capacity == 0 ? FIRST_CAPACITY : 2 * array->capacity;
    if ((size_t)capacity > SIZE_MAX / array->size) {
        return false;
    }
    void *items = array->allocator->resize(array->allocator->context, array->items, (size_t)capacity * array->size);
    if (items == NULL) {
        return false;
    }
    array->items = items;
    array->capacity = capacity;
    return true;
}

void *ht_array_push(ht_array *array) {
    if (array->count == array->capacity && !grow(array)) {
        return NULL;
    }
    array->count++;
    return memset(ht_array_at(array, array->count - 1), 0, array->size);
}

void *ht_array_at(const ht_array *array, int32_t index) {
    assert(index >= 0 && index < array->count);
    return (unsigned char *)array->items + (size_t)index * array->size;
}

void ht_array_empty(ht_array *array) {
    array->count = 0;
}

void ht_array_shrink(ht_array *array, int32_t count) {
    assert(count >= 0 && count <= array->count);
    array->count = count;
}
