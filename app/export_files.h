/* app/export_files.h: the columns of the files that plans are exported to, and their open writers.
 *
 * Source: model/README.md.
 */
#ifndef HT_APP_EXPORT_FILES_H
#define HT_APP_EXPORT_FILES_H

#include "io/csv_write.h"
#include "model/check.h"
#include "model/continuity.h"
#include "model/timetable.h"

typedef enum ht_export_file {
    HT_FILE_PLAN,
    HT_FILE_ROUTES,
    HT_FILE_UNPLANNED,
    HT_FILE_DEVIATIONS,
    HT_FILE_CONTINUITY,
    HT_FILE_CLIENT_SCHEDULE,
    HT_EXPORT_FILES
} ht_export_file;

typedef struct ht_export_files {
    ht_csv_out *out[HT_EXPORT_FILES];
} ht_export_files;

/* Opens all of them in folder and writes the headers. On failure none is left behind. */
ht_status ht_export_files_open(ht_export_files *files, const char *folder, ht_words_in words, ht_err *err);
/* True where one of them is in the folder already. */
bool ht_export_files_there(const char *folder);
/* Hands every file over; on failure the rest is abandoned. */
ht_status ht_export_files_hand_over(ht_export_files *files, ht_file_batch *batch, ht_err *err);
void ht_export_files_abandon(ht_export_files *files);

/* Rows of one day, in the order of stops (ht_timetable). Returns the rows written to plan.csv. */
int32_t ht_export_stops(ht_export_files *files, const ht_dataset *data, const ht_index *visits, int32_t date,
                        const ht_array *stops);
void ht_export_unplanned(ht_export_files *files, const ht_dataset *data, const ht_plan *plan);
void ht_export_deviations(ht_export_files *files, int32_t date, const ht_check_report *report);
/* clients: of ht_client_continuity */
void ht_export_continuity(ht_export_files *files, const ht_dataset *data, const ht_array *clients);

/* client_schedule.csv: those of the appointments (app/appointments.h, sorted) that are somebody's, of date; HT_BLANK:
 * of every date. */
void ht_export_appointments(ht_export_files *files, const ht_array *appointments, int32_t date);

#endif
