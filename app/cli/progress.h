/* app/cli/progress.h: the live line of a search, on stderr while that is a terminal.
 *
 *     5 s  144592 iterations  unplanned 0  late 37 min  continuity 512  travel 2014 min  temperature 5930.98
 *
 * seconds since the search began, iterations of all threads, and of the best plan so far: visits left out, minutes
 * beyond the promise, continuity points (fewer is better), minutes of travel; last the temperature of the annealing.
 *
 * Of a published instance it tells the cost as the set counts it:
 *
 *     5 s  144592 iterations  unplanned 0  cost 440.9333
 */
#ifndef HT_APP_CLI_PROGRESS_H
#define HT_APP_CLI_PROGRESS_H

#include "app/cli/cli.h"
#include "app/solve_file.h"

/* Lets options (a job) call the live line where the call wants one and stderr is a terminal. */
void ht_progress_attach(const ht_call *call, ht_solve_options *options);
void ht_progress_attach_file(const ht_call *call, ht_solve_file_job *job);
/* Clears the line. */
void ht_progress_end(const ht_call *call);

#endif
