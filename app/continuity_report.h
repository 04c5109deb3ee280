/* app/continuity_report.h: staff continuity of a period: each client, each team, the whole.
 *
 * Days that have performed rows count as performed, others as planned.
 * Errors: the store's; HT_EINPUT where the team is unknown.
 */
#ifndef HT_APP_CONTINUITY_REPORT_H
#define HT_APP_CONTINUITY_REPORT_H

#include "app/load.h"
#include "model/continuity.h"

typedef struct ht_continuity_job {
    int32_t from, to;
    const char *team; /* NULL: every team */
} ht_continuity_job;

typedef struct ht_team_continuity {
    ht_sym team;
    ht_continuity measures;
} ht_team_continuity;

typedef struct ht_continuity_report {
    ht_day_data day;
    ht_continuity whole; /* of job->team, or of all */
    ht_array teams;      /* of ht_team_continuity, by team */
    int32_t unplanned; /* visits that the period's current plans leave out: a plan that drops visits looks continuous */
    bool has_whole;
} ht_continuity_report;

/* Release report always. */
ht_status ht_continuity_read(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err);
void ht_continuity_report_release(ht_continuity_report *report);

#endif
