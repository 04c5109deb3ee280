/* io/vrptw_read.h: instances of Solomon and of Gehring and Homberger, and solutions as CVRPLIB writes them.
 *
 * The form has no number of customers: a file that is cut between two lines is a smaller instance.
 *
 * Errors: HT_EINPUT with file and line, HT_ESYSTEM, HT_ENOMEM. Nothing is left to release after a failure.
 */
#ifndef HT_IO_VRPTW_READ_H
#define HT_IO_VRPTW_READ_H

#include "model/vrptw.h"

ht_status ht_vrptw_read(const char *path, ht_vrptw *instance, ht_err *err);

/* "Route #1: 5 3 7", a line each; what follows them ("Cost 827.3") is passed over. Its arrays live in arena. */
ht_status ht_vrptw_solution_read(const char *path, const ht_vrptw *instance, ht_arena *arena,
                                 ht_vrptw_solution *solution, ht_err *err);

#endif
