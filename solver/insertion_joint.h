/* solver/insertion_joint.h: the cheapest insertion of a visit of several persons, or with links.
 *
 * Source: the positions of each person are joined in ascending order of what they cost at least.
 */
#ifndef HT_SOLVER_INSERTION_JOINT_H
#define HT_SOLVER_INSERTION_JOINT_H

#include "solver/insertion.h"

/* Makes it the best where it costs less than that. */
void ht_insertion_find_joint(ht_inserter *inserter, int32_t visit, ht_insertion *best);

/* The shifts that a visit looks at come into inserter->shift: those that can take it and have room, used ones, and of the
 * unused that are alike as many as it needs. Returns how many. */
int32_t ht_insertion_list_shifts(ht_inserter *inserter, int32_t visit);

/* What the visit costs with its tasks at these positions, its first task starting at `first`: exactly where all delays are
 * followed or nothing can push itself on, else no more than that. `bound` or more where it is no less than that. */
ht_cost ht_insertion_weigh(ht_inserter *inserter, int32_t visit, const ht_position *at, int32_t first,
                           ht_delays_reach reach, ht_cost bound);

#endif
