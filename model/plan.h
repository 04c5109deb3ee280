/* model/plan.h: a day's plan as data: who makes which visit when, and why the rest stays unplanned.
 *
 * Units:     starts are seconds of the day; symbols are the dataset's.
 * Ownership: a plan owns its arrays; texts of reasons live in its arena.
 */
#ifndef HT_MODEL_PLAN_H
#define HT_MODEL_PLAN_H

#include "base/words.h"
#include "model/dataset.h"

/* One row of plan.csv: one visit and person. Nothing else is needed to know a plan. */
typedef struct ht_plan_entry {
    ht_sym visit, staff;
    int32_t start;
} ht_plan_entry;

/* The rules that can forbid a person a visit, in the order they are tried. */
#define HT_RULE_LIST(X)                                                                                                \
    X(NONE, N_("none"))                                                                                                \
    X(SKILL, N_("skill"))     /* lacks a skill on that date */                                                         \
    X(WINDOW, N_("window"))   /* the visit's own window is empty, or its links leave nothing of it */                  \
    X(SHIFT, N_("shift"))     /* the window and the shift do not meet */                                               \
    X(BLOCKED, N_("blocked")) /* relation of kind blocked */                                                           \
    X(AVOIDS, N_("avoids"))   /* the client's environment */                                                           \
    X(LOCK, N_("lock"))       /* locked to somebody else, or to somebody who cannot come */                            \
    X(TRAVEL, N_("travel"))   /* cannot be there in time and back */                                                   \
    X(BREAK, N_("break"))     /* the break would not fit */                                                            \
    X(FULL, N_("full"))       /* fits an empty shift, not this one */

typedef enum ht_rule {
#define X(id, name) HT_RULE_##id,
    HT_RULE_LIST(X)
#undef X
        HT_RULES
} ht_rule;

/* The stable name; ht_named() of it is the reader's. */
const char *ht_rule_name(ht_rule rule);

typedef struct ht_unplanned {
    ht_sym visit;
    ht_rule rule;           /* the one that stops it whoever comes (window, lock), else that forbids most persons */
    const char *reason;     /* how many each rule keeps away, */
    const char *would_help; /* and the cheapest single change, "" where none was found: notes, see model/unplanned.h */
} ht_unplanned;

typedef struct ht_plan {
    int32_t date;
    ht_sym team;          /* HT_NO_TEXT: all teams */
    ht_array entries;     /* of ht_plan_entry, by staff and start */
    ht_array unplanned;   /* of ht_unplanned, by visit */
    bool lists_unplanned; /* it says of every visit whether it is planned: the program's own; a person's need not */
    ht_arena texts;
} ht_plan;

void ht_plan_init(ht_plan *plan, int32_t date, ht_sym team, const ht_allocator *allocator);
void ht_plan_release(ht_plan *plan);

#endif
