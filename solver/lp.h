/* solver/lp.h: the only file that talks to GLPK: integer programs whose failures do not end the process.
 *
 * GLPK aborts on misuse and prints to stdout; here its error hook and longjmp turn an abort into HT_ELP with GLPK's own
 * words, and nothing is printed. Rows and columns count from 0 here (GLPK's from 1).
 *
 * Ownership: ht_lp_create() makes a heap object, ht_lp_destroy() ends it. After HT_ELP it is good for destroy alone.
 * Errors:    HT_ELP, HT_ENOMEM.
 * Threads:   an object belongs to the thread that made it, and a thread holds at most one at a time: GLPK keeps an
 *            environment per thread, which destroy frees.
 */
#ifndef HT_SOLVER_LP_H
#define HT_SOLVER_LP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

typedef struct ht_lp ht_lp;

/* "5.0" */
const char *ht_lp_version(void);

ht_lp *ht_lp_create(ht_err *err); /* minimises */
void ht_lp_destroy(ht_lp *lp);

/* Rows of lower <= a x <= upper; equal bounds make an equation. */
ht_status ht_lp_add_rows(ht_lp *lp, int32_t count, double lower, double upper, ht_err *err);
/* A binary column: coefficient[k] in row[k], each row at most once. */
ht_status ht_lp_add_binary(ht_lp *lp, double cost, int32_t count, const int32_t *row, const double *coefficient,
                           ht_err *err);

/* A column of any value from 0 on. */
ht_status ht_lp_add_continuous(ht_lp *lp, double cost, int32_t count, const int32_t *row, const double *coefficient,
                               ht_err *err);

/* The column is 1 in the solution that the simplex begins with; without any it begins with one of its own. */
ht_status ht_lp_begin_with(ht_lp *lp, int32_t column, ht_err *err);

typedef struct ht_lp_limits {
    int32_t nodes;          /* of branch and bound */
    int32_t columns;        /* of the least reduced cost that are branched on; 0: all that may be of use */
    int32_t steps;          /* of the simplex: the relaxation is given up after so many, the tree ended */
    double seconds;         /* 0: no clock is read, the answer depends on the program alone */
    double better_than;     /* only solutions of a lower cost are of use */
    const atomic_int *stop; /* NULL: never */
} ht_lp_limits;

/* Solves; *found tells whether a solution better than limits->better_than is known (limits may have ended the search).
 */
ht_status ht_lp_solve_binary(ht_lp *lp, const ht_lp_limits *limits, bool *found, ht_err *err);
/* Of the found solution. */
bool ht_lp_chosen(const ht_lp *lp, int32_t column);

#endif
