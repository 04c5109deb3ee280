/* model/uhhc.h: a published home health care instance in the unified formulation, and what a solution of it costs.
 *
 * Patients with one or two services, each by a caregiver who has that ability; pairs may start together, one after the
 * other, or independently; the cost is a weighted sum of parts, some of which may be hard (they must be 0). The set of
 * Mankowska et al. is the same problem with three parts: its reader fills this struct too.
 *
 * Units:     times, distances and costs are `scale` parts of the set's own unit (minutes): 1 where the set is whole.
 * Ownership: an instance owns its arena and its pools of ids; ht_uhhc_release() ends it. Const once it is read.
 * Indices:   patients, caregivers, services, places count from 0; -1 is none.
 * Errors:    HT_ENOMEM, HT_EINPUT where a cost exceeds 64 bits. Broken rules are no errors: they are counted, and the
 *            first is told.
 * Source:    Ceschia, Da Ros, Di Gaspero, Mancini, Maniezzo, Montemanni, Rosati, Schaerf (2026), A Unified Formulation
 *            for Home Healthcare Routing and Scheduling Problems, International Transactions in Operational Research;
 *            Mankowska, Meisel, Bierwirth (2014), Health Care Management Science 17:15-30.
 */
#ifndef HT_MODEL_UHHC_H
#define HT_MODEL_UHHC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/strings.h"

/* X(identifier, name in the instances' cost_components) */
#define HT_UHHC_PART_LIST(X)                                                                                           \
    X(TRAVEL, "travel_time")                                                                                           \
    X(TARDINESS, "total_tardiness")                                                                                    \
    X(HIGHEST_TARDINESS, "highest_tardiness")                                                                          \
    X(WAITING, "total_waiting_time")                                                                                   \
    X(EXTRA, "total_extra_time")                                                                                       \
    X(IDLE, "max_idle_time")                                                                                           \
    X(PREFERENCES, "caregiver_preferences")                                                                            \
    X(OPTIONAL, "optional_patients")                                                                                   \
    X(LUNCH, "missed_lunch_break")                                                                                     \
    X(BALANCE, "workload_balance")

typedef enum ht_uhhc_part {
#define X(id, name) HT_UHHC_##id,
    HT_UHHC_PART_LIST(X)
#undef X
        HT_UHHC_PARTS
} ht_uhhc_part;

/* HT_UHHC_PARTS where the name is unknown. */
ht_uhhc_part ht_uhhc_part_find(const char *name);
const char *ht_uhhc_part_name(ht_uhhc_part part);
/* Counts of persons and visits are whole; all other parts are times. */
bool ht_uhhc_part_is_count(ht_uhhc_part part);

typedef enum ht_uhhc_pair { HT_UHHC_INDEPENDENT, HT_UHHC_SIMULTANEOUS, HT_UHHC_SEQUENTIAL } ht_uhhc_pair;
/* What has to be inside the window: the start of the service, or its end. */
typedef enum ht_uhhc_met { HT_UHHC_MET_AT_START, HT_UHHC_MET_AT_END } ht_uhhc_met;

typedef struct ht_uhhc_window {
    int32_t start, end;
} ht_uhhc_window;

typedef struct ht_uhhc_need {
    int32_t service, duration;
} ht_uhhc_need;

typedef struct ht_uhhc_patient {
    const char *id;
    int32_t place;
    int32_t needs, windows; /* 1 or 2 */
    ht_uhhc_need need[2];
    ht_uhhc_window window[2]; /* ascending */
    ht_uhhc_pair pair;        /* of meaning where needs is 2 */
    int32_t gap_min, gap_max; /* from the start of the first need to that of the second, SEQUENTIAL */
    bool optional, has_preference;
} ht_uhhc_patient;

typedef struct ht_uhhc_caregiver {
    const char *id;
    int32_t departs, arrives; /* places */
    int32_t shift_start, shift_end;
    bool lunch;
} ht_uhhc_caregiver;

typedef struct ht_uhhc {
    ht_arena arena;
    ht_strings patient_ids, caregiver_ids, service_ids; /* symbol = index + 1 */
    int32_t scale;
    int32_t patients, caregivers, services, places;
    const ht_uhhc_patient *patient;
    const ht_uhhc_caregiver *caregiver;
    const int32_t *distance;  /* places x places, travel time */
    const uint8_t *able;      /* caregivers x services */
    const uint8_t *preferred; /* patients x caregivers */
    const uint8_t *incompatible;
    ht_uhhc_met met;
    ht_uhhc_window lunch; /* when a lunch break may begin and (MET_AT_START: begin) at the latest */
    int32_t lunch_length;
    int32_t weight[HT_UHHC_PARTS]; /* 0: not counted */
    bool hard[HT_UHHC_PARTS];      /* must be 0; counted with weight 1 */
    int32_t divisor;               /* of the weighted sum: 3 in the set of Mankowska et al., else 1 */
} ht_uhhc;

/* False when memory is out; release it always. */
bool ht_uhhc_init(ht_uhhc *instance, const ht_allocator *allocator);
void ht_uhhc_release(ht_uhhc *instance);

static inline int32_t ht_uhhc_distance(const ht_uhhc *u, int32_t from, int32_t to) {
    return u->distance[(int64_t)from * u->places + to];
}

enum { HT_UHHC_BREAK = -1 };

/* One stop of a route. */
typedef struct ht_uhhc_stop {
    int32_t patient; /* of a lunch break: where it is taken */
    int32_t service; /* HT_UHHC_BREAK: a lunch break */
    int32_t start, end;
} ht_uhhc_stop;

typedef struct ht_uhhc_route {
    int32_t caregiver;
    int32_t stops;
    const ht_uhhc_stop *stop; /* in the order they are made */
} ht_uhhc_route;

typedef struct ht_uhhc_solution {
    int32_t routes;    /* at most one a caregiver; one without stops or left out is not used */
    int32_t tolerance; /* how far its times may be off because they are rounded; 0: not at all */
    const ht_uhhc_route *route;
} ht_uhhc_solution;

typedef struct ht_uhhc_cost {
    int64_t part[HT_UHHC_PARTS]; /* as counted, before the weights */
    int64_t total;               /* the weighted sum, in parts of scale * divisor */
    int32_t broken;              /* hard rules, hard parts that are not 0 among them */
    char first[160];             /* what the first of them says; "" */
} ht_uhhc_cost;

/* Counts every part and hard rule of the solution from the instance alone: it shares no code with the search. */
ht_status ht_uhhc_evaluate(const ht_uhhc *instance, const ht_uhhc_solution *solution, ht_uhhc_cost *cost, ht_err *err);

#endif
