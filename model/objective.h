/* model/objective.h: an objective is a list of levels, compared in order; a level is a weighted sum of components.
 *
 * Units:  components are integers that anyone can recompute from the files: seconds, points or counts (see the table).
 * Errors: ht_values_levels() reports an overflow of 64 bits as HT_EINPUT.
 * Source: model/README.md.
 */
#ifndef HT_MODEL_OBJECTIVE_H
#define HT_MODEL_OBJECTIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* X(identifier, name in settings.csv, what it counts) */
#define HT_COMPONENT_LIST(X)                                                                                           \
    X(UNPLANNED, "unplanned", "sum over unplanned visits of priority weight x staff_needed")                           \
    X(LATE, "lateness", "seconds that visits start after agreed + after_min, once a visit")                            \
    X(LATE_MAX, "lateness_max", "the largest of these, seconds")                                                       \
    X(CONTINUITY, "continuity", "points of each visit and person")                                                     \
    X(WISHES, "unmet_wishes", "language and gender wishes not met, one each a visit and person")                       \
    X(TRAVEL, "travel", "seconds of travel")                                                                           \
    X(OVERTIME, "overtime", "seconds that shifts end after their end")                                                 \
    X(WAITING, "waiting",                                                                                              \
      "seconds of used shifts that are no visit, travel, break or office time, journeys' ends excluded")               \
    X(IDLE_MAX, "idle_max", "the largest waiting of one shift, seconds")                                               \
    X(SPREAD, "spread", "largest less smallest worked seconds (visits, travel, office) of used staff")                 \
    X(MISSED_BREAKS, "missed_breaks", "used shifts without their break")                                               \
    X(CHANGES, "changes", "visits with other staff than in the published plan; 0 until plans are compared with one")   \
    X(MOVED, "moved_starts", "visits of a series that start more than 15 min from their usual start, once a visit")    \
    X(UNUSUAL, "unusual_staff", "visits and persons of visits with usual staff, by somebody not of them")              \
    X(STAFF_USED, "staff_used", "staff with a visit")

typedef enum ht_component {
#define X(id, name, what) HT_C_##id,
    HT_COMPONENT_LIST(X)
#undef X
        HT_COMPONENTS
} ht_component;

/* A start this many seconds from the usual one, before or after it, is as usual; one further off is moved. */
enum { HT_USUAL_START_TOLERANCE = 15 * 60 };

enum { HT_LEVELS_MAX = 8, HT_LEVEL_NAME = 32, HT_WEIGHT_MAX = 1000000 };

typedef struct ht_level {
    char name[HT_LEVEL_NAME];
    int32_t weight[HT_COMPONENTS];
} ht_level;

typedef struct ht_objective {
    char profile[HT_LEVEL_NAME];
    int32_t levels;
    ht_level level[HT_LEVELS_MAX];
} ht_objective;

/* What a plan is worth: its components, and the levels that an objective makes of them. */
typedef struct ht_values {
    int64_t component[HT_COMPONENTS];
    int64_t level[HT_LEVELS_MAX];
} ht_values;

const char *ht_component_name(ht_component component);
/* HT_COMPONENTS where the name is unknown. */
ht_component ht_component_find(const char *name, size_t length);

/* Reads one level: "coverage: 1*unplanned" or "cost: 1*travel + 2*overtime + 300*unmet_wishes". */
ht_status ht_level_parse(const char *text, ht_level *level, ht_err *err);

/* Fills values->level from values->component. */
ht_status ht_values_levels(ht_values *values, const ht_objective *objective, ht_err *err);

/* -1 where a is better, 1 where b is, 0 where every level is equal. */
int ht_values_compare(const ht_values *a, const ht_values *b, const ht_objective *objective);

#endif
