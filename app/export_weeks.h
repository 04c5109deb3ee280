/* app/export_weeks.h: the week of each client on paper: who comes when, by ISO weeks.
 *
 * A sheet a client, readable for old eyes. The printed times are about right: rounded to the nearest 5 minutes, and said
 * to be so. A visit that nobody is planned for, or somebody who cannot come any more, stands there with nobody; a
 * cancelled one does not.
 * A page of one client alone never holds another's data.
 */
#ifndef HT_APP_EXPORT_WEEKS_H
#define HT_APP_EXPORT_WEEKS_H

#include "base/array.h"
#include "base/status.h"
#include "io/whole_file.h"

typedef struct ht_weeks_job {
    const char *folder;
    const char *client;           /* just this one; NULL: all that have a visit in the week */
    const char *contact;          /* of the client, "" for none; of meaning with a client */
    const ht_array *appointments; /* sorted (app/appointments.h) */
    const ht_array *days;         /* of int32_t: the dates that have a plan, ascending */
} ht_weeks_job;

/* Writes client_weeks-2026-W11.html (client_week-ID-2026-W11.html) for each week that has one of the days. */
ht_status ht_weeks_write(const ht_weeks_job *job, ht_file_batch *batch, int32_t *pages, ht_err *err);

#endif
