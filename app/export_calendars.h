/* app/export_calendars.h: one calendar for each staff member: visits, breaks, office time; journeys are not in it.
 *
 * What a calendar calls an event (UID) is made of visit, staff and date, so that a new plan moves the event that a phone
 * has already. Its SEQUENCE and DTSTAMP are how many plans were made of the day, and when the last one was: they grow
 * with each plan, and the same store gives the same bytes.
 * A calendar of ours in the folder whose owner has nothing any more is written empty: a phone that follows it must not
 * keep what no longer holds, nor the folder the data of somebody who left.
 */
#ifndef HT_APP_EXPORT_CALENDARS_H
#define HT_APP_EXPORT_CALENDARS_H

#include "app/export_day.h"
#include "io/whole_file.h"

typedef struct ht_calendars {
    ht_strings *names; /* borrowed: holds the texts of the events */
    ht_array events;   /* of all staff */
} ht_calendars;

typedef struct ht_calendars_written {
    int32_t filled, emptied;
} ht_calendars_written;

void ht_calendars_init(ht_calendars *calendars, ht_strings *names);
void ht_calendars_release(ht_calendars *calendars);
ht_status ht_calendars_add(ht_calendars *calendars, const ht_export_day *day, ht_err *err);
/* Writes folder/ics/STAFF_ID.ics for everybody who has an event, and empties those left over. */
ht_status ht_calendars_write(ht_calendars *calendars, const char *folder, ht_file_batch *batch,
                             ht_calendars_written *written, ht_err *err);
/* Removes what killed runs left among the calendars; also where none are written now. */
void ht_calendars_sweep(const char *folder);

#endif
