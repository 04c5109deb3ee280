/* io/vrptw_write.h: solutions of the vehicle routing problem with time windows as CVRPLIB writes them, which
 * io/vrptw_read.h reads: "Route #1: 5 3 7", a line each, and "Cost 827.3".
 *
 * Errors: HT_ENOMEM.
 */
#ifndef HT_IO_VRPTW_WRITE_H
#define HT_IO_VRPTW_WRITE_H

#include "base/text.h"
#include "model/vrptw.h"

/* Added to text; cost in tenths. A route without customers is left out. */
ht_status ht_vrptw_solution_write(const ht_vrptw_solution *solution, int64_t cost, ht_text *text, ht_err *err);

#endif
