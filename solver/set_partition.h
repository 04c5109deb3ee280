/* solver/set_partition.h: the best plan that can be put together from routes already found.
 *
 * Each visit is on as many chosen routes as it needs staff, or unplanned; each shift drives at most one route, shifts
 * that are alike as many as they are; the routes of a visit of several persons agree on its start, or keep its lags; links
 * hold.
 *
 * Errors:  HT_ENOMEM, HT_ELP (GLPK's words). No better plan is an outcome.
 * Differs: a route's continuity cost is taken as if its person met each client on this route alone, and a staff_cap as
 *          if nobody else came; the plan found is re-timed and valued exactly by the caller before it is believed.
 * Source:  Foster and Ryan (1976), Operational Research Quarterly 27(2):367-384; as a heuristic over found routes:
 *          Rochat and Taillard (1995), Journal of Heuristics 1:147-167.
 */
#ifndef HT_SOLVER_SET_PARTITION_H
#define HT_SOLVER_SET_PARTITION_H

#include "solver/lp.h"
#include "solver/route_pool.h"

/* The cheapest combination of the pool's newest routes and those of `like`, put into `plan` (a snapshot of routes of the same problem: its order,
 * break and shifts; starts and values are for the caller to make). *found is false where limits ended the search
 * without one below limits->better_than. */
ht_status ht_set_partition(const ht_route_pool *pool, const ht_routes *like, const ht_lp_limits *limits,
                           ht_arena *scratch, ht_snapshot *plan, bool *found, ht_err *err);

#endif
