/* solver/search_parts.h: parts of the search that can be left out, to measure what each is worth: no options of a user.
 */
#ifndef HT_SOLVER_SEARCH_PARTS_H
#define HT_SOLVER_SEARCH_PARTS_H

#include <stdbool.h>
#include <stdint.h>

/* X(identifier, stable name): without it ... */
#define HT_SEARCH_PART_LIST(X)                                                                                         \
    X(SET_PARTITIONING, "set-partitioning")   /* the routes that were met are not put together */                      \
    X(EXCHANGE, "exchange")                   /* streams do not learn of each other */                                 \
    X(FULL_PLAN_FIRST, "full-plan-first")     /* annealing begins with the first plan, full or not */                  \
    X(UNEQUAL_STREAMS, "unequal-streams")     /* every stream is as strict with unplanned visits */                    \
    X(GROWING_PENALTIES, "growing-penalties") /* an unplanned visit weighs its whole weight from the start */          \
    X(SLOW_COOLING, "slow-cooling")           /* it cools evenly, not slowly while who comes is settled */             \
    X(BLINKS, "blinks")                       /* no place is passed over at random */                                  \
    X(STRING_RUIN, "string-ruin")             /* visits are taken anywhere instead of in strings near each other */    \
    X(RANDOM_RUIN, "random-ruin")             /* strings instead of visits anywhere; so each of the following */       \
    X(CLIENT_RUIN, "client-ruin")                                                                                      \
    X(PERSON_RUIN, "person-ruin")                                                                                      \
    X(SHIFT_RUIN, "shift-ruin")

typedef enum ht_search_part {
#define X(id, name) HT_PART_##id,
    HT_SEARCH_PART_LIST(X)
#undef X
        HT_SEARCH_PARTS
} ht_search_part;

/* A set of parts: bit i is part i; 0: none. */
typedef uint32_t ht_search_parts;

static inline bool ht_search_parts_have(ht_search_parts parts, ht_search_part part) {
    return (parts >> part & 1) != 0;
}

const char *ht_search_part_name(ht_search_part part);

/* Names with '|' between; "" is no part. False where one is unknown. */
bool ht_search_parts_parse(const char *names, ht_search_parts *parts);

#endif
