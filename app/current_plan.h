/* app/current_plan.h: a day's plan as it stands: the current plan of all teams, and those of single teams made later.
 *
 * The one notion of "the current plan" of check, plans show, export and continuity. Visits that a team's current plan
 * speaks of are that plan's; the rest of the day stays as the plan of all teams says. The parts were made apart, so the
 * whole may break rules that each of them keeps: whoever passes it on checks it.
 *
 * Errors: the store's; HT_EINPUT where the day has no plan.
 */
#ifndef HT_APP_CURRENT_PLAN_H
#define HT_APP_CURRENT_PLAN_H

#include "io/store.h"

/* Appends the current plans (ht_plan_record) of date (HT_BLANK: of every date), by date, that of all teams first. */
ht_status ht_current_records(ht_store *store, int32_t date, ht_array *records, ht_err *err);

/* How many of the records from the first one on are of its date. */
int32_t ht_current_day(const ht_plan_record *records, int32_t count);

/* The plan that the records of one day make together; plan is init'ed here, release it always. Of a day with one team's
 * plan alone it is that team's. */
ht_status ht_current_join(ht_store *store, const ht_plan_record *records, int32_t count, ht_dataset *data,
                          ht_plan *plan, ht_err *err);

/* The plan of date as it stands, as above. record: that of the first part; of several parts without levels, with the
 * numbers of visits of the whole, and outdated where one of them is. */
ht_status ht_current_plan(ht_store *store, int32_t date, ht_dataset *data, ht_plan *plan, ht_plan_record *record,
                          ht_err *err);

#endif
