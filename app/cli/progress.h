/* app/cli/progress.h: the live line of a plan, on stderr while that is a terminal.
 *
 *     5 s  144592 iterations  unplanned 0  late 37 min  continuity 512  travel 2014 min  temperature 5930.98
 *
 * seconds since the search began, iterations of all threads, and of the best plan so far: visits left out, minutes
 * beyond the promise, continuity points (fewer is better), minutes of travel; last the temperature of the annealing.
 */
#ifndef HT_APP_CLI_PROGRESS_H
#define HT_APP_CLI_PROGRESS_H

#include "app/cli/cli.h"
#include "solver/solve.h"

/* Lets options call the live line where the call wants one and stderr is a terminal. */
void ht_progress_attach(const ht_call *call, ht_solve_options *options);
/* Clears the line. */
void ht_progress_end(const ht_call *call);

#endif
