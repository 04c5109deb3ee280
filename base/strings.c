#include "base/strings.h"

#include <assert.h>

enum { FIRST_SLOTS = 64 };

/* FNV-1a (Fowler, Noll, Vo), 64 bits, folded: the low bits alone are weak for short ids. */
static uint32_t hash(const char *text, size_t length) {
    uint64_t value = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++) {
        value = (value ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    }
    return (uint32_t)(value ^ (value >> 32));
}

static bool is_text(const char *known, const char *text, size_t length) {
    return strncmp(known, text, length) == 0 && known[length] == '\0';
}

/* The slot that holds text, or the free one where it belongs. */
static ht_strings_slot *find_slot(const ht_strings *pool, const char *text, size_t length, uint32_t hashed) {
    uint32_t mask = (uint32_t)pool->slots - 1, at = hashed & mask;
    const ht_strings_slot *slot = pool->slot;
    while (slot[at].sym != HT_NO_SYMBOL &&
           (slot[at].hash != hashed || !is_text(ht_strings_text(pool, slot[at].sym), text, length))) {
        at = (at + 1) & mask;
    }
    return &pool->slot[at];
}

static void put(ht_strings_slot *slot, int32_t slots, ht_strings_slot item) {
    uint32_t mask = (uint32_t)slots - 1, at = item.hash & mask;
    while (slot[at].sym != HT_NO_SYMBOL) {
        at = (at + 1) & mask;
    }
    slot[at] = item;
}

/* A table of `slots` free slots in place of the present one, whose symbols are put in again. */
static bool resize_table(ht_strings *pool, int32_t slots) {
    const ht_allocator *allocator = pool->arena.allocator;
    ht_strings_slot *slot = allocator->resize(allocator->context, NULL, (size_t)slots * sizeof(*slot));
    if (slot == NULL) {
        return false;
    }
    for (int32_t i = 0; i < slots; i++) {
        slot[i] = (ht_strings_slot){HT_NO_SYMBOL, 0};
    }
    for (int32_t i = 0; i < pool->slots; i++) {
        if (pool->slot[i].sym != HT_NO_SYMBOL) {
            put(slot, slots, pool->slot[i]);
        }
    }
    if (pool->slot != NULL) {
        allocator->release(allocator->context, pool->slot);
    }
    pool->slot = slot;
    pool->slots = slots;
    return true;
}

bool ht_strings_init(ht_strings *pool, const ht_allocator *allocator) {
    ht_arena_init(&pool->arena, allocator);
    ht_array_init(&pool->texts, sizeof(const char *), allocator);
    pool->slot = NULL;
    pool->slots = 0;
    if (!resize_table(pool, FIRST_SLOTS) || ht_strings_intern(pool, "", 0) != HT_NO_TEXT) {
        ht_strings_release(pool);
        return false;
    }
    return true;
}

void ht_strings_release(ht_strings *pool) {
    const ht_allocator *allocator = pool->arena.allocator;
    if (pool->slot != NULL) {
        allocator->release(allocator->context, pool->slot);
    }
    pool->slot = NULL;
    pool->slots = 0;
    ht_array_release(&pool->texts);
    ht_arena_clear(&pool->arena);
}

static ht_sym add(ht_strings *pool, const char *text, size_t length) {
    char *copy = ht_arena_text(&pool->arena, text, length);
    const char **place = copy == NULL ? NULL : ht_array_push(&pool->texts);
    if (place == NULL) {
        return HT_NO_SYMBOL;
    }
    *place = copy;
    return pool->texts.count - 1;
}

ht_sym ht_strings_intern(ht_strings *pool, const char *text, size_t length) {
    assert(memchr(text, '\0', length) == NULL);
    uint32_t hashed = hash(text, length);
    ht_strings_slot *slot = find_slot(pool, text, length, hashed);
    if (slot->sym != HT_NO_SYMBOL) {
        return slot->sym;
    }
    if (ht_strings_count(pool) >= pool->slots / 4 * 3) {
        if (pool->slots > INT32_MAX / 2 || !resize_table(pool, 2 * pool->slots)) {
            return HT_NO_SYMBOL;
        }
        slot = find_slot(pool, text, length, hashed);
    }
    ht_sym sym = add(pool, text, length);
    if (sym != HT_NO_SYMBOL) {
        *slot = (ht_strings_slot){sym, hashed};
    }
    return sym;
}

ht_sym ht_strings_find(const ht_strings *pool, const char *text) {
    size_t length = strlen(text);
    return find_slot(pool, text, length, hash(text, length))->sym;
}

const char *ht_strings_text(const ht_strings *pool, ht_sym sym) {
    const char *const *text = ht_array_at(&pool->texts, sym);
    return *text;
}

int32_t ht_strings_count(const ht_strings *pool) {
    return pool->texts.count;
}
