/* app/appointments.h: who comes to whom when, over the exported days: what client_schedule.csv and the clients' weeks are
 * made of.
 *
 * A visit that nobody is planned for is an appointment with nobody. Cancelled ones (the client is away) are told by a
 * mark: an outdated plan may still name somebody for them.
 *
 * Ownership: texts live in the names, which the caller keeps longer than the appointments.
 */
#ifndef HT_APP_APPOINTMENTS_H
#define HT_APP_APPOINTMENTS_H

#include "app/export_day.h"

typedef struct ht_appointment {
    const char *client, *contact; /* contact: "" for none */
    const char *visit, *service;
    const char *staff; /* "": nobody yet */
    int32_t date, start, end;
    ht_role role; /* of staff */
    bool cancelled;
    bool undecided; /* nobody yet, or somebody of an outdated plan who cannot come */
} ht_appointment;

/* The text, kept in names; NULL when memory is out. */
const char *ht_names_keep(ht_strings *names, const char *text);

/* Appends a day's appointments to an array of ht_appointment; one for each person of a double-staffed visit. */
ht_status ht_appointments_add(ht_array *appointments, const ht_export_day *day, ht_strings *names, ht_err *err);
/* By client, date, start, staff. */
void ht_appointments_sort(ht_array *appointments);

#endif
