/* app/continuity_report.h: staff continuity of a period, or of windows that move through it: each client, team, unit,
 * class of visits a day, and the whole.
 *
 * Days that have performed rows count as performed, others as planned. Performed visits are compared with the published
 * plan, for visits that none speaks of with the current one.
 *
 * Ownership: release the report always.
 * Errors:    the store's; HT_EINPUT where the team is unknown.
 */
#ifndef HT_APP_CONTINUITY_REPORT_H
#define HT_APP_CONTINUITY_REPORT_H

#include "app/load.h"
#include "model/continuity_groups.h"

typedef enum ht_continuity_subject { HT_CONTINUITY_AS_MET, HT_CONTINUITY_AGAINST_PLAN } ht_continuity_subject;
/* Outside the house nobody sees clients, nor groups that are too small (ht_groups_suppress()). */
typedef enum ht_continuity_readers { HT_READERS_INSIDE, HT_READERS_OUTSIDE } ht_continuity_readers;

typedef struct ht_continuity_job {
    int32_t from, to;
    const char *team; /* NULL: every team */
    ht_definition definition;
    int32_t window, step; /* days of each window and between their first days; window 0: the whole period at once */
    ht_continuity_subject subject;
    ht_continuity_readers readers;
} ht_continuity_job;

typedef struct ht_continuity_period {
    int32_t from, to;
    ht_array clients; /* of ht_client_continuity */
    ht_array groups;  /* of ht_group_continuity, the whole last */
} ht_continuity_period;

typedef struct ht_continuity_report {
    ht_day_data day;
    ht_array unplanned, plans; /* of ht_performed_row */
    ht_continuity measure;
    bool is_open;     /* there is a measure to close */
    ht_array periods; /* of ht_continuity_period */
} ht_continuity_report;

ht_status ht_continuity_read(ht_store *store, const ht_continuity_job *job, ht_continuity_report *report, ht_err *err);
void ht_continuity_report_release(ht_continuity_report *report);

#endif
