/* tests/support.h: what many suites need.
 */
#ifndef HT_TESTS_SUPPORT_H
#define HT_TESTS_SUPPORT_H

#include <check.h>
#include <stdint.h>

#include "base/arena.h"

/* Check tells the parent process of every assertion that holds, to say where a test crashed last: with sanitizers, which
 * say it better, that takes most of the time of a test that looks at much. */
#define _mark_point(file, line) ((void)0)

/* Memory that runs out: `calls` allocations succeed, each later one fails. */
typedef struct ht_limited_memory {
    ht_allocator allocator;
    int32_t calls;
} ht_limited_memory;

/* memory must stay where it is while the allocator is used. */
void ht_limited_memory_init(ht_limited_memory *memory, int32_t calls);

/* How often something is repeated: `quick` times, or `full` times with HT_FULL=1 (./dev test --full). */
int32_t test_rounds(int32_t quick, int32_t full);

/* Runs a suite as the program's main: 0 where every test holds. */
int ht_run_suite(Suite *suite);

#endif
