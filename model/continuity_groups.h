/* model/continuity_groups.h: continuity of teams, units, classes of visits a day and the whole: sums over clients.
 *
 * Distinct staff are over the clients that count (model/national.h), all else over every client of the group. Shares
 * are of all visits together, so that a client with many visits weighs more; UPC, COC, SECON and entropy are means over
 * clients. UPC and COC fall as visits rise: compare within the same class of visits a day.
 *
 * Units:     as in model/continuity.h.
 * Ownership: groups borrow the dataset's texts.
 * Source:    model/README.md, "Distinct staff".
 */
#ifndef HT_MODEL_CONTINUITY_GROUPS_H
#define HT_MODEL_CONTINUITY_GROUPS_H

#include "model/continuity.h"

/* id, name in output, JSON key of the list */
#define HT_LEVEL_LIST(X)                                                                                               \
    X(CLIENT, N_("client"), "clients")                                                                                 \
    X(TEAM, N_("team"), "teams")                                                                                       \
    X(UNIT, N_("unit"), "units")                                                                                       \
    X(CLASS, N_("class"), "classes")                                                                                   \
    X(ALL, N_("all"), "all")

typedef enum ht_group_level {
#define X(id, name, key) HT_LEVEL_##id,
    HT_LEVEL_LIST(X)
#undef X
        HT_GROUP_LEVELS
} ht_group_level;

const char *ht_group_level_name(ht_group_level level);
const char *ht_group_level_key(ht_group_level level);

typedef struct ht_group_continuity {
    ht_group_level level;
    const char *id;   /* of the team or unit; "1" .. "4", "5+"; "" of the whole */
    const char *unit; /* of a team; "" for none */
    int32_t clients, counted;
    ht_totals total;
    double mean_distinct, mean_floor, median_distinct, p90_distinct, share_above_20; /* over the counted clients */
    double upc, coc, secon, entropy;                                                 /* means over clients */
    double planned_distinct, performed_distinct; /* means over the clients with such days */
    const char *suppressed;                      /* stable, why it is not to be shown; NULL: it is */
} ht_group_continuity;

/* Appends the groups of each level but clients, those of a level by id, and the whole last. P90 is the least number
 * that 90 % of the clients do not exceed (nearest rank). Clients without a visit are in no class, those of a team
 * without unit in no unit. False when memory is out. */
bool ht_continuity_groups(const ht_dataset *data, const ht_array *clients, ht_array *groups);

/* What is meant to leave the house: groups of fewer than 5 clients, or of 1 to 4 that count, are marked `few`. Where the
 * groups marked of a whole (teams of a unit; units, classes of all) have fewer than 5 clients together or are just
 * one, so that subtraction would tell of them, the next smallest are marked `complement`; so are the teams of a unit
 * marked, which would sum up to it. */
enum { HT_PUBLISHED_LEAST = 5 };
void ht_groups_suppress(ht_array *groups);

#endif
