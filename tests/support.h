/* tests/support.h: what many suites need.
 */
#ifndef HT_TESTS_SUPPORT_H
#define HT_TESTS_SUPPORT_H

#include <stdint.h>

#include "base/arena.h"

/* Memory that runs out: `calls` allocations succeed, each later one fails. */
typedef struct ht_limited_memory {
    ht_allocator allocator;
    int32_t calls;
} ht_limited_memory;

/* memory must stay where it is while the allocator is used. */
void ht_limited_memory_init(ht_limited_memory *memory, int32_t calls);

#endif
