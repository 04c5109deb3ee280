/* solver/explain.h: why a visit stays unplanned, person by person, and the cheapest single change that would plan it.
 *
 * Changes are tried in the order of their price (explain.c, PRICE_LIST): a start moved a little, a little overtime, a
 * skill given, then more of the same; each against the finished plan, all else as it is.
 *
 * Ownership: the notes (model/unplanned.h) live in the plan's arena.
 * Errors:    HT_ENOMEM.
 */
#ifndef HT_SOLVER_EXPLAIN_H
#define HT_SOLVER_EXPLAIN_H

#include "model/day.h"

/* Fills plan->unplanned for every visit of the day that solution leaves unplanned. */
ht_status ht_explain_unplanned(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err);

#endif
