/* app/current_plan.h: a day's plan as it stands: the current plan of all teams, and those of single teams made later.
 *
 * Visits that a team's current plan speaks of are that plan's; the rest of the day stays as the plan of all teams says.
 * Errors: the store's.
 */
#ifndef HT_APP_CURRENT_PLAN_H
#define HT_APP_CURRENT_PLAN_H

#include "io/store.h"

/* Adds to plan (init'ed, of all teams) the count plans of records: current ones of one day, that of all teams first. */
ht_status ht_current_plan(ht_store *store, const ht_plan_record *records, int32_t count, ht_dataset *data,
                          ht_plan *plan, ht_err *err);

#endif
