/* solver/explain.h: why a visit stays unplanned, person by person, and the cheapest single relaxation that would plan it.
 */
#ifndef HT_SOLVER_EXPLAIN_H
#define HT_SOLVER_EXPLAIN_H

#include "model/day.h"

/* Fills plan->unplanned for every visit of the day that solution leaves unplanned. */
ht_status ht_explain_unplanned(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err);

#endif
