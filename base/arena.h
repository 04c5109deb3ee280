/* base/arena.h: memory that is released all at once.
 *
 * Ownership: the arena owns every block it hands out; nothing is freed alone.
 * Errors:    NULL when memory is out or count * size overflows; the arena stays usable.
 * Threads:   one thread at a time.
 * Cost:      O(1) an allocation; blocks are zeroed and aligned for any type.
 */
#ifndef HT_BASE_ARENA_H
#define HT_BASE_ARENA_H

#include <stddef.h>

#include "base/banned.h"

/* Where arenas and arrays get memory from; tests pass one that fails at the n-th call. */
typedef struct ht_allocator {
    void *(*resize)(void *context, void *block, size_t size); /* like realloc; size is never 0 */
    void (*release)(void *context, void *block);              /* like free */
    void *context;
} ht_allocator;

extern const ht_allocator ht_allocator_system;

typedef struct ht_arena_chunk ht_arena_chunk;

typedef struct ht_arena {
    const ht_allocator *allocator;
    ht_arena_chunk *last;
    size_t used; /* bytes used of the last chunk */
} ht_arena;

typedef struct ht_arena_mark {
    ht_arena_chunk *chunk;
    size_t used;
} ht_arena_mark;

void ht_arena_init(ht_arena *arena, const ht_allocator *allocator);
void ht_arena_release(ht_arena *arena);
void ht_arena_clear(ht_arena *arena); /* release + init with the same allocator */

/* Zeroed room for count items of size bytes; count 0 gives a block that is not NULL. */
void *ht_arena_alloc(ht_arena *arena, size_t count, size_t size);

/* A copy of text[0..length) with a closing NUL. */
char *ht_arena_text(ht_arena *arena, const char *text, size_t length);

ht_arena_mark ht_arena_get_mark(const ht_arena *arena);
void ht_arena_rewind(ht_arena *arena, ht_arena_mark mark); /* gives back all that came after mark */

#define HT_ARENA_NEW(arena, count, type) ((type *)ht_arena_alloc((arena), (size_t)(count), sizeof(type)))

#endif
