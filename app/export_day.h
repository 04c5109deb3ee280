/* app/export_day.h: one stored day as exports need it: its data, its plan as it stands, what the check says of it, and
 * each shift written out.
 *
 * Data is read a week at a time: the days of a week share it, and what is said of rest and hours needs the whole week.
 *
 * Ownership: the readers fill the caller's structs; release them always, also after a failure. A day borrows its week.
 * Errors:    the store's; HT_ERULE where the plan breaks a hard rule and is not known to be outdated.
 */
#ifndef HT_APP_EXPORT_DAY_H
#define HT_APP_EXPORT_DAY_H

#include "app/load.h"
#include "model/check.h"
#include "model/shifts.h"
#include "model/timetable.h"

typedef struct ht_export_week {
    int32_t monday;
    ht_day_data rows;
    ht_index visits, clients;
    ht_attendance attendance;
    ht_arena arena;
} ht_export_week;

/* The week that date lies in, the two weeks before it and the day after. */
ht_status ht_export_week_read(ht_store *store, int32_t date, ht_export_week *week, ht_err *err);
void ht_export_week_release(ht_export_week *week);

typedef struct ht_export_day {
    int32_t date;
    ht_export_week *week;
    ht_plan plan;
    ht_check_report report;
    ht_array stops;     /* of ht_stop */
    bool outdated;      /* older than the data: people work by it until there is a new one */
    int32_t plans;      /* how many were ever made of the day: one more with each */
    char last_made[20]; /* when the last of them was, UTC "2025-03-05T07:30:00" */
} ht_export_day;

/* records: the count current plans of one date, which lies in the week. */
ht_status ht_export_day_read(ht_store *store, ht_export_week *week, const ht_plan_record *records, int32_t count,
                             ht_export_day *day, ht_err *err);
void ht_export_day_release(ht_export_day *day);

const ht_dataset *ht_export_day_data(const ht_export_day *day);
/* The rows of the data; NULL where there is none. */
const ht_visit_row *ht_export_day_visit(const ht_export_day *day, ht_sym visit);
const ht_client_row *ht_export_day_client(const ht_export_day *day, ht_sym client);
/* False where the check says that the person cannot make the visit, or that nobody can as it is planned: of outdated
 * plans alone. */
bool ht_export_day_can_keep(const ht_export_day *day, ht_sym visit, ht_sym staff);
/* How many of the day's appointments, one for each visit and person, cannot be kept. */
int32_t ht_export_day_lost(const ht_export_day *day);

#endif
