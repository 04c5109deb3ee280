/* Clocks go forward, and work uses up processor time. */
#include "base/clock.h"

#include "tests/support.h"

START_TEST(clocks_go_forward) {
    double wall = ht_clock_wall();
    double cpu = ht_clock_cpu();
    double begun = wall;
    while (ht_clock_cpu() - cpu < 0.01 && wall - begun < 10) {
        double now = ht_clock_wall();
        ck_assert(now >= wall);
        wall = now;
    }
    ck_assert(ht_clock_cpu() - cpu >= 0.01);
    ck_assert(wall > begun);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("clock");
    TCase *tests = tcase_create("clock");
    tcase_add_test(tests, clocks_go_forward);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
