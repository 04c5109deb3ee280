/* io/uhhc_write.h: solutions of home health care instances in the published form (JSON), which io/uhhc_read.h reads; the
 * set of Mankowska et al. (2014) has the same.
 *
 * Units:  times in the set's own unit, with all decimals of the instance's scale.
 * Errors: HT_ENOMEM.
 */
#ifndef HT_IO_UHHC_WRITE_H
#define HT_IO_UHHC_WRITE_H

#include "base/text.h"
#include "model/uhhc.h"

/* routes[] of caregiver_id and locations[] of patient, service ("lunch_break" of a break), arrival_time (the start) and
 * departure_time (the end), added to text. A caregiver without stops is left out. */
ht_status ht_uhhc_solution_write(const ht_uhhc *instance, const ht_uhhc_solution *solution, ht_text *text, ht_err *err);

#endif
