/* solver/ruin.h: takes visits off their routes, near each other, so that they can be planned anew.
 *
 * Source:  adjacent string removal: Christiaens and Vanden Berghe (2020), Transportation Science 54(2):417-433, section
 *          4.3; what lies near: solver/neighbours.h.
 * Differs: three further ruins that follow the clients instead of the map: all visits of a client, a person's time
 *          cleared for a client, a whole shift with the clients its person suits best.
 */
#ifndef HT_SOLVER_RUIN_H
#define HT_SOLVER_RUIN_H

#include "base/rng.h"
#include "solver/neighbours.h"
#include "solver/routes.h"

typedef struct ht_ruin_options {
    int32_t removed; /* visits taken off in the mean */
    int32_t longest_string;
    double random_share; /* of ruins that take visits anywhere */
    double client_share; /* of ruins that take all visits of some clients */
    double person_share; /* of ruins that clear a person's time for the visits of a client */
    double break_share;  /* of breaks moved that are left out, where they may be */
    double shift_share;  /* of ruins that make a whole shift anew, with the clients its person suits best */
} ht_ruin_options;

typedef struct ht_ruiner {
    ht_routes *routes;
    ht_rng *rng;
    ht_ruin_options options;
    const ht_neighbours *neighbours;
    uint8_t *ruined; /* of each shift, in this ruin */
    int32_t *ruined_list;
    int32_t *old_break; /* of those moved together */
    int32_t *lost;      /* of each shift: visits taken off, while a shift is made anew */
} ht_ruiner;

/* Borrows all it is given. False when memory is out. */
bool ht_ruiner_init(ht_ruiner *u, ht_routes *routes, const ht_neighbours *neighbours, ht_rng *rng,
                    const ht_ruin_options *options, ht_arena *arena);

/* Takes some visits off; the routes keep every hard rule. */
void ht_ruin(ht_ruiner *u);

#endif
