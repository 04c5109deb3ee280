/* tests/fuzz/fuzz.h: what each fuzz target defines and both libFuzzer and tests/fuzz/replay.c call.
 */
#ifndef HT_TESTS_FUZZ_H
#define HT_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Tries one input; a broken promise ends the process. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
