/* app/cli/plan_summary.h: a planned day as people and as programs read it.
 */
#ifndef HT_APP_CLI_PLAN_SUMMARY_H
#define HT_APP_CLI_PLAN_SUMMARY_H

#include "app/cli/effort.h"
#include "app/cli/table.h"
#include "app/plan_day.h"

/* The numbers of one day's plan, or of several days together. */
typedef struct ht_plan_numbers {
    int32_t date; /* HT_BLANK: several days */
    int64_t visits, planned, unplanned, staff_visits, by_contact, by_second, by_team, by_other, contact_ceiling;
    int64_t travel_s, late_s, late_visits, overtime_s;
    int64_t of_series, moved_starts, unusual_staff; /* visits that have a base plan, and what departs from it */
    int32_t levels;
    char level_name[HT_LEVELS_MAX][HT_LEVEL_NAME];
    int64_t level_value[HT_LEVELS_MAX];
    ht_effort effort;
    bool outdated; /* an import changed the data meanwhile */
} ht_plan_numbers;

ht_plan_numbers ht_plan_numbers_of(const ht_planned_day *planned);
/* Adds a day to the totals (zeroed, date HT_BLANK); levels are added where every day has the same ones. */
void ht_plan_numbers_add(ht_plan_numbers *totals, const ht_plan_numbers *day);

/* A few lines as planners say them. */
void ht_plan_print(const ht_call *call, const ht_plan_numbers *numbers);
void ht_plan_print_unplanned(const ht_planned_day *planned);

/* The keys of one day, into the innermost open object. */
void ht_plan_json(ht_json *json, const ht_plan_numbers *numbers);

/* One row of the CSV form; its head. */
extern const ht_table_head ht_plan_head[];
extern const int32_t ht_plan_columns;
void ht_plan_cells(ht_table_out *table, const ht_plan_numbers *numbers);

#endif
