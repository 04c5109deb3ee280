/* tests/support_drawn.h: a small dataset drawn from a seed, as CSV text in every feature that a day can have, loaded into
 * the day of tests/support_day.h.
 *
 * 3 .. 25 visits, 2 .. 6 staff; the day is an ordinary one or one of a clock change. What is drawn is valid: an import
 * would take it.
 */
#ifndef HT_TESTS_SUPPORT_DRAWN_H
#define HT_TESTS_SUPPORT_DRAWN_H

#include <stdint.h>

/* Fills day.data, day.plan's date and team. Returns the profile to plan with. */
const char *drawn_load(uint64_t seed);

#endif
