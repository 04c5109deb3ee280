#include "base/clock.h"

#include "base/banned.h"

static double read_clock(clockid_t clock) {
    struct timespec now = {0, 0};
    (void)clock_gettime(clock, &now); /* cannot fail for the two clocks below on POSIX.1-2008 */
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double ht_clock_wall(void) {
    return read_clock(CLOCK_MONOTONIC);
}

double ht_clock_cpu(void) {
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}
