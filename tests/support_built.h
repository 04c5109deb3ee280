/* tests/support_built.h: the day of tests/support_day.h as a problem, solved, explained and checked.
 *
 * Errors: what goes wrong here ends the test.
 */
#ifndef HT_TESTS_SUPPORT_BUILT_H
#define HT_TESTS_SUPPORT_BUILT_H

#include "model/day.h"
#include "solver/solve.h"
#include "tests/support_day.h"

extern ht_day built;
extern ht_solve_result solved;

/* A checked fixture around small_day's. */
void built_set_up(void);
void built_tear_down(void);

/* Reads the settings of the data with a profile (NULL: the standard one), builds the day of day.plan's date and team. */
void built_make(const char *profile);
/* Plans with so much work; fills day.plan, reasons included, and day.report. */
void built_solve(int64_t seed, int64_t work);

/* The symbol of an id that the data holds. */
ht_sym built_symbol(const char *id);
/* Indices of the problem by id; -1: not in the day. */
int32_t built_visit(const char *id);
int32_t built_person(const char *id);
/* The n-th shift of a person; NULL where there is none. */
const ht_shift *built_shift(const char *id, int32_t n);

/* "08:00" or "08:00:30"; -1 for "-". */
int32_t built_time(const char *text);

#endif
