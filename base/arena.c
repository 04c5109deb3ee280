#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

struct ht_arena_chunk {
    ht_arena_chunk *before;
    size_t size; /* of bytes */
    alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

static void *system_resize(void *context, void *block, size_t size) {
    (void)context;
    return realloc(block, size);
}

static void system_release(void *context, void *block) {
    (void)context;
    free(block);
}

const ht_allocator ht_allocator_system = {system_resize, system_release, NULL};

void ht_arena_init(ht_arena *arena, const ht_allocator *allocator) {
    arena->allocator = allocator;
    arena->last = NULL;
    arena->used = 0;
}

void ht_arena_release(ht_arena *arena) {
    ht_arena_rewind(arena, (ht_arena_mark){NULL, 0});
}

void ht_arena_clear(ht_arena *arena) {
    ht_arena_release(arena);
    ht_arena_init(arena, arena->allocator);
}

/* Chunks double, so that a small arena stays small and a large one has few chunks. */
static size_t next_chunk_size(const ht_arena *arena, size_t needed) {
    size_t size = FIRST_CHUNK;
    if (arena->last != NULL) {
        size = arena->last->size < LARGEST_CHUNK / 2 ? 2 * arena->last->size : LARGEST_CHUNK;
    }
    return needed > size ? needed : size;
}

static bool add_chunk(ht_arena *arena, size_t needed) {
    if (needed > SIZE_MAX / 2) {
        return false;
    }
    const ht_allocator *allocator = arena->allocator;
    size_t size = next_chunk_size(arena, needed);
    ht_arena_chunk *chunk = allocator->resize(allocator->context, NULL, sizeof(ht_arena_chunk) + size);
    if (chunk == NULL) {
        return false;
    }
    chunk->before = arena->last;
    chunk->size = size;
    arena->last = chunk;
    arena->used = 0;
    return true;
}

/* Room for size bytes from a multiple of alignment on; not zeroed. */
static void *take(ht_arena *arena, size_t size, size_t alignment) {
    size_t at = (arena->used + alignment - 1) / alignment * alignment;
    if (arena->last == NULL || at > arena->last->size || size > arena->last->size - at) {
        if (!add_chunk(arena, size)) {
            return NULL;
        }
        at = 0;
    }
    arena->used = at + size;
    return arena->last->bytes + at;
}

void *ht_arena_alloc(ht_arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    size_t bytes = count * size;
    void *block = take(arena, bytes, alignof(max_align_t));
    if (block != NULL) {
        memset(block, 0, bytes);
    }
    return block;
}

char *ht_arena_text(ht_arena *arena, const char *text, size_t length) {
    char *copy = length == SIZE_MAX ? NULL : take(arena, length + 1, 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

ht_arena_mark ht_arena_get_mark(const ht_arena *arena) {
    return (ht_arena_mark){arena->last, arena->used};
}

void ht_arena_rewind(ht_arena *arena, ht_arena_mark mark) {
    while (arena->last != mark.chunk) {
        assert(arena->last != NULL);
        ht_arena_chunk *before = arena->last->before;
        arena->allocator->release(arena->allocator->context, arena->last);
        arena->last = before;
    }
    arena->used = mark.used;
}
