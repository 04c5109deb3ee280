/* solver/lp.h: the only file that talks to GLPK: integer and linear programs whose failures do not end the process.
 *
 * GLPK aborts on misuse and prints to stdout; here glp_error_hook + longjmp turn an abort into HT_ELP with GLPK's own words, and the
 * terminal is off in each thread. Indices here count from 0. One GLPK environment a thread.
 */
#ifndef HT_SOLVER_LP_H
#define HT_SOLVER_LP_H

const char *ht_lp_version(void);

#endif
