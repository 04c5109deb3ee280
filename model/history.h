/* model/history.h: who met whom before a day: performed rows for days that have any, else the current plan.
 *
 * Visits with counts = no are left out.
 *
 * Units:  a meeting's end is HT_BLANK where the row does not tell it.
 * Source: model/README.md, "Met".
 */
#ifndef HT_MODEL_HISTORY_H
#define HT_MODEL_HISTORY_H

#include "model/dataset.h"

typedef struct ht_meeting {
    ht_sym client, staff, visit; /* visit: HT_NO_TEXT where not known */
    int32_t date, start, end;
} ht_meeting;

/* All counted meetings on days [from, to], by date, client, staff, start. meetings is an init'ed array of ht_meeting.
 * False when memory is out. */
bool ht_history(const ht_dataset *data, int32_t from, int32_t to, ht_array *meetings);

#endif
