/* solver/ruin.h: takes visits off their routes, near each other, so that they can be planned anew.
 *
 * Source:  adjacent string removal: Christiaens and Vanden Berghe (2020), Transportation Science 54(2):417-433, section
 *          4.3; nearness in travel and time: Shaw (1998), CP98, LNCS 1520:417-431.
 * Differs: three further ruins that follow the clients instead of the map: all visits of a client, a person's time
 *          cleared for a client, a whole shift with the clients its person suits best.
 */
#ifndef HT_SOLVER_RUIN_H
#define HT_SOLVER_RUIN_H

#include "base/rng.h"
#include "solver/routes.h"

typedef struct ht_ruin_options {
    int32_t removed; /* visits taken off in the mean */
    int32_t longest_string;
    double random_share; /* of ruins that take visits anywhere */
    double client_share; /* of ruins that take all visits of some clients */
    double person_share; /* of ruins that clear a person's time for the visits of a client */
    double shift_share;  /* of ruins that make a whole shift anew, with the clients its person suits best */
} ht_ruin_options;

typedef struct ht_ruiner {
    ht_routes *routes;
    ht_rng *rng;
    ht_ruin_options options;
    int32_t near_count; /* neighbours kept for each visit */
    int32_t *near;      /* visits x near_count, nearest first */
    int32_t *first_of_client,
        *of_client;                 /* visits of client c: of_client[first_of_client[c] .. first_of_client[c + 1]) */
    int32_t *first_suited, *suited; /* clients at whom nobody has fewer points than person s */
    uint8_t *ruined;                /* of each shift, in this ruin */
    int32_t *ruined_list;
    int32_t *lost; /* of each shift: visits taken off, while a shift is made anew */
} ht_ruiner;

/* False when memory is out. Cost: O(visits^2) once. */
bool ht_ruiner_init(ht_ruiner *u, ht_routes *routes, ht_rng *rng, const ht_ruin_options *options, ht_arena *arena);

/* Takes some visits off; the routes keep every hard rule. */
void ht_ruin(ht_ruiner *u);

#endif
