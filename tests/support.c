#include "tests/support.h"

static void *limited_resize(void *context, void *block, size_t size) {
    ht_limited_memory *memory = context;
    return memory->calls-- > 0 ? realloc(block, size) : NULL;
}

static void limited_release(void *context, void *block) {
    (void)context;
    free(block);
}

void ht_limited_memory_init(ht_limited_memory *memory, int32_t calls) {
    memory->allocator = (ht_allocator){limited_resize, limited_release, memory};
    memory->calls = calls;
}

int32_t test_rounds(int32_t quick, int32_t full) {
    const char *asked = getenv("HT_FULL");
    return asked != NULL && strcmp(asked, "1") == 0 ? full : quick;
}

int ht_run_suite(Suite *suite) {
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
