/* app/export_day.h: one stored day as exports need it: its data, its plan as it stands, what the check says of it, and
 * each shift written out.
 *
 * Ownership: ht_export_day_read() fills the caller's struct; release it always, also after a failure.
 * Errors:    the store's; HT_ERULE where the plan breaks a hard rule and is not known to be outdated.
 */
#ifndef HT_APP_EXPORT_DAY_H
#define HT_APP_EXPORT_DAY_H

#include "app/load.h"
#include "model/check.h"
#include "model/timetable.h"

typedef struct ht_export_day {
    int32_t date;
    ht_day_data rows;
    ht_plan plan;
    ht_check_report report;
    ht_array stops; /* of ht_stop */
    ht_index visits, clients;
    ht_arena arena;
    bool outdated;      /* older than the data: people work by it until there is a new one */
    int32_t plans;      /* how many were ever made of the day: one more with each */
    char last_made[20]; /* when the last of them was, UTC "2025-03-05T07:30:00" */
} ht_export_day;

/* records: the count current plans of one date. */
ht_status ht_export_day_read(ht_store *store, const ht_plan_record *records, int32_t count, ht_export_day *day,
                             ht_err *err);
void ht_export_day_release(ht_export_day *day);

/* The rows of the data; NULL where there is none. */
const ht_visit_row *ht_export_day_visit(const ht_export_day *day, ht_sym visit);
const ht_client_row *ht_export_day_client(const ht_export_day *day, ht_sym client);

#endif
