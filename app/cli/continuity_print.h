/* app/cli/continuity_print.h: a continuity report as people and as programs read it.
 */
#ifndef HT_APP_CLI_CONTINUITY_PRINT_H
#define HT_APP_CLI_CONTINUITY_PRINT_H

#include "app/cli/table.h"
#include "app/continuity_report.h"

/* Which rows: by ht_group_level. */
typedef struct ht_shown_levels {
    bool shows[HT_GROUP_LEVELS];
} ht_shown_levels;

ht_status ht_continuity_print(const ht_call *call, const ht_continuity_job *job, const ht_shown_levels *levels,
                              const ht_continuity_report *report, ht_err *err);

#endif
