/* app/export.h: stored plans as files: plan, routes, unplanned, deviations, continuity, client_schedule, the roster;
 *               calendars of the staff and printed weeks of the clients where they are asked for.
 *
 * The same store gives the same bytes. All files are written whole under temporary names and renamed at the end; only our
 * own names are overwritten. Days are read a week at a time: time grows with their number, memory with what is written.
 * continuity.csv covers the HT_KEY_FIGURE_DAYS days that end with the last exported one.
 *
 * Errors: HT_ERULE where a day's plan as it stands breaks a hard rule: nothing is exported. The store's and the file
 *         system's; HT_EINPUT where a date was asked for that the store knows nothing of, or a client.
 */
#ifndef HT_APP_EXPORT_H
#define HT_APP_EXPORT_H

#include <stdatomic.h>

#include "io/store.h"
#include "model/tables.h"

typedef enum ht_export_calendars { HT_CALENDARS_LEFT, HT_CALENDARS_WRITTEN } ht_export_calendars;
typedef enum ht_export_weeks { HT_WEEKS_LEFT, HT_WEEKS_WRITTEN } ht_export_weeks;

typedef struct ht_export_job {
    const char *folder;            /* made (owner only) where it is missing */
    int32_t date;                  /* HT_BLANK: every stored day */
    ht_words_in words;             /* of headers */
    ht_export_calendars calendars; /* app/export_calendars.h */
    ht_export_weeks weeks;         /* app/export_weeks.h; of a date: of the whole week that it lies in */
    const char *client;            /* weeks of this one alone; NULL: of all */
    const atomic_int *stop;        /* not 0: give up, and leave the folder as it was; NULL: never */
} ht_export_job;

typedef struct ht_export_summary {
    int32_t plans, files; /* all files, those of calendars and weeks too */
    int64_t planned_rows; /* of plan.csv */
    int32_t calendars, empty_calendars;
    int32_t week_pages;
    int32_t outdated;      /* days whose plan is older than the data: written as it stands */
    int32_t impossible;    /* of these, days whose plan breaks a hard rule now */
    int32_t lost;          /* appointments that cannot be kept: not in calendars and weeks */
    bool stopped;          /* by job->stop: nothing is exported */
    bool left_from_before; /* no plan, so the roster alone was written, beside an earlier export's files of plans */
} ht_export_summary;

ht_status ht_export(ht_store *store, const ht_export_job *job, ht_export_summary *summary, ht_err *err);

#endif
