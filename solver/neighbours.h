/* solver/neighbours.h: which visits lie near each other, the visits of each client, and which clients a person suits best:
 * what ruins go by. Read off the problem once; the streams of a search share it.
 *
 * Ownership: in the arena given; const after ht_neighbours_init().
 * Cost:      O(places^2 + visits^2).
 * Source:    nearness in travel and time: Shaw (1998), CP98, LNCS 1520:417-431.
 */
#ifndef HT_SOLVER_NEIGHBOURS_H
#define HT_SOLVER_NEIGHBOURS_H

#include "base/arena.h"
#include "model/problem.h"

typedef struct ht_neighbours {
    int32_t near_count; /* neighbours kept for each visit */
    int32_t *near;      /* visits x near_count, nearest first: the visit itself is the first */
    int32_t *first_of_client,
        *of_client;                 /* visits of client c: of_client[first_of_client[c] .. first_of_client[c + 1]) */
    int32_t *first_suited, *suited; /* clients at whom nobody has fewer points than person s */
} ht_neighbours;

/* False when memory is out. */
bool ht_neighbours_init(ht_neighbours *n, const ht_problem *problem, ht_arena *arena);

#endif
