/* io/ics_write.h: writes calendars that phones read (iCalendar), in Swedish local time.
 *
 * A calendar brings its own rule of the clock changes (base/calendar.h has the same), so that it is right whatever the
 * phone knows. A local time in the hour that spring leaves out is written as 03:00, the moment of the change.
 * Files are whole ones (io/whole_file.h).
 *
 * Ownership: ht_ics_hand_over() or ht_ics_abandon() ends each ht_ics_open().
 * Errors:    as those of io/whole_file.h.
 * Source:    RFC 5545. No METHOD: that would make the file a message between organizers and attendees (RFC 5546), who
 *            have names and mail addresses.
 */
#ifndef HT_IO_ICS_WRITE_H
#define HT_IO_ICS_WRITE_H

#include "io/whole_file.h"
#include "model/dataset.h"

typedef struct ht_ics ht_ics;

typedef struct ht_ics_event {
    const char *uid;     /* the same for the same event each time */
    const char *stamp;   /* when it was decided, UTC, "2025-03-05T07:30:00" */
    int32_t sequence;    /* a later word on the event has a larger one, or the same */
    int32_t date;        /* days */
    int32_t start, end;  /* seconds of the date; may lie beyond 24:00 */
    const char *summary; /* what people read */
    int32_t lat, lon;    /* 10^-7 degrees; HT_BLANK: no place */
} ht_ics_event;

/* Opens folder/name; title is what a phone calls the calendar. NULL on failure. */
ht_ics *ht_ics_open(const char *folder, const char *name, const char *title, ht_err *err);
void ht_ics_put(ht_ics *ics, const ht_ics_event *event);
ht_status ht_ics_hand_over(ht_ics *ics, ht_file_batch *batch, ht_err *err);
void ht_ics_abandon(ht_ics *ics);

/* True where folder/name is a calendar that this program wrote. */
bool ht_ics_is_ours(const char *folder, const char *name);

#endif
