/* model/plan_kept.h: a client's planned visits against those performed: the same people, at the same time?
 *
 * Only days that have both performed rows and a plan are compared, and visits are told by their ids.
 * Source: model/README.md, "Distinct staff".
 */
#ifndef HT_MODEL_PLAN_KEPT_H
#define HT_MODEL_PLAN_KEPT_H

#include "model/continuity.h"

/* The rows of plans (ht_performed_row) of days that have performed rows, as meetings. False when memory is out. */
bool ht_plan_meetings(const ht_dataset *data, const ht_array *plans, ht_array *meetings);

/* Fills the parts of a client's record that compare planned with performed. staff: scratch for either's count. */
void ht_plan_kept(const ht_encounters *planned, const ht_encounters *performed, int32_t client, int32_t from,
                  int32_t to, ht_sym *staff, ht_client_continuity *out);

#endif
