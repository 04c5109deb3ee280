/* model/merge_visits.h: rows of another system, one for each service and person, put together to visits.
 *
 * First rows of one visit: the same id where the system gives one, client, day or recurrence, start and route. Their
 * minutes are added, skills and persons (locked, usual) joined; the service of the longest row stays, and the most
 * important priority; the visit counts where one of them does. All else is the same or blank, or an issue.
 * Then double staffing: visits that share a `pair` (Dubbelid), client, day or recurrence, and start are one, which needs
 * as many persons as there are routes; of different lengths the longest is kept, with a note. A pair of one route is a
 * visit for one person, with a note.
 * Last, visits without an id get one of client, day, start and recurrence, with a number behind it where several have
 * these in common: the same rows give the same ids.
 *
 * Cost: O(n log n).
 */
#ifndef HT_MODEL_MERGE_VISITS_H
#define HT_MODEL_MERGE_VISITS_H

#include "model/issues.h"

/* A row of visits or series to put together with others. */
typedef struct ht_visit_part {
    int32_t row;        /* of the table */
    ht_sym route, pair; /* HT_NO_TEXT for none */
} ht_visit_part;

/* Puts the rows of HT_VISITS or HT_SERIES that parts (of ht_visit_part, by row) name together; the table's other rows
 * stay as they are. False when memory is out. */
bool ht_merge_visits(ht_dataset *data, ht_table_id table, const ht_array *parts, ht_issues *issues);

#endif
