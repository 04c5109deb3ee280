/* model/encounters.h: who was at which visit of a client, each client's in order of time: what continuity is measured
 * from.
 *
 * Read once for a whole range; any period within it is a slice of each client's. Each person of a double-staffed visit
 * is an encounter of its own. A row that tells no end lasted as long as its visit was granted, or was a moment.
 *
 * Ownership: in the arena given; data and definition must stay.
 * Cost:      O(n log n) once; O(log n) a slice.
 * Source:    model/README.md, "Distinct staff".
 */
#ifndef HT_MODEL_ENCOUNTERS_H
#define HT_MODEL_ENCOUNTERS_H

#include "model/history.h"
#include "model/national.h"

typedef struct ht_encounter {
    int32_t client; /* place in ht_encounters.client */
    int32_t visit;  /* row of visits, -1 where it is not known */
    ht_sym staff;
    int32_t date, start, end;
    int32_t begin;    /* of the visit: the earliest start of those who were there */
    int32_t excluded; /* 1: a visit or a person that the definition does not count */
} ht_encounter;

typedef struct ht_encounters {
    const ht_dataset *data;
    const int32_t *client; /* rows of clients, by the text of their ids */
    int32_t clients;
    ht_encounter *list; /* by client, the excluded ones last, then date, begin, visit, staff */
    int32_t count;
    int32_t *first;          /* of each client in list, and count behind the last */
    int32_t *first_excluded; /* of each client in list */
    int32_t *at_visit;       /* by row of visits: the first in list on the visit's own date; -1: nobody was there */
    ht_index clients_by_id, visits_by_id, staff_by_id;
    int32_t *place_of_row; /* of a row of clients in `client`; -1: of another team */
} ht_encounters;

/* Of the meetings (array of ht_meeting) those of clients of team (HT_NO_TEXT: all). False when memory is out. */
bool ht_encounters_read(ht_encounters *all, const ht_dataset *data, const ht_definition *definition,
                        const ht_array *meetings, ht_sym team, ht_arena *arena);

typedef struct ht_slice {
    const ht_encounter *item;
    int32_t count;
} ht_slice;

/* Those of a client on days [from, to] that count, or that do not. */
typedef enum ht_encounter_kind { HT_ENCOUNTERS_COUNTED, HT_ENCOUNTERS_EXCLUDED } ht_encounter_kind;
ht_slice ht_encounters_slice(const ht_encounters *all, int32_t client, ht_encounter_kind kind, int32_t from,
                             int32_t to);

/* One visit with all its staff: from `at` up to what this returns. */
int32_t ht_encounter_visit_end(ht_slice slice, int32_t at);

#endif
