/* tests/support.h: what many suites need.
 */
#ifndef HT_TESTS_SUPPORT_H
#define HT_TESTS_SUPPORT_H

#include <check.h>
#include <stdint.h>

#include "base/arena.h"

/* Memory that runs out: `calls` allocations succeed, each later one fails. */
typedef struct ht_limited_memory {
    ht_allocator allocator;
    int32_t calls;
} ht_limited_memory;

/* memory must stay where it is while the allocator is used. */
void ht_limited_memory_init(ht_limited_memory *memory, int32_t calls);

/* Runs a suite as the program's main: 0 where every test holds. */
int ht_run_suite(Suite *suite);

#endif
