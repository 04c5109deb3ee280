/* tests/failing_memory.h: memory that fails the program on purpose.
 *
 * What this program, SQLite, libcsv and jansson ask for is counted from failing_memory_begin() on. Calls of libc that need
 * memory of their own (fopen, opendir, scandir, strdup) count too. GLPK's are not among them.
 */
#ifndef HT_TESTS_FAILING_MEMORY_H
#define HT_TESTS_FAILING_MEMORY_H

#include <stdint.h>

enum { FAILING_CALLS_KEPT = 1 << 20 };

typedef enum failing_kind { FAILING_ONCE, FAILING_FROM_THEN_ON } failing_kind;

/* Shared with the processes that are forked later. */
typedef struct failing_memory {
    int64_t fail_at; /* the first call that fails, from 1 on; 0: none */
    failing_kind kind;
    _Atomic int64_t calls;
    uint64_t
        place[FAILING_CALLS_KEPT]; /* of each call: where in the program it comes from; filled where nothing fails */
} failing_memory;

/* From now on; once in a process. */
void failing_memory_begin(failing_memory *memory);
void failing_memory_end(void);

#endif
