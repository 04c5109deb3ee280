#include "solver/lp.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>

#include "base/clock.h"

enum { WORDS = 400 };
/* A binary column so near to 0 or 1 is that. */
static const double NEAR = 1e-6;

struct ht_lp {
    glp_prob *problem;
    glp_prob *reduced; /* without the columns of no use; NULL until they are known */
    jmp_buf failed;
    char words[WORDS]; /* what GLPK said last */
    const ht_lp_limits *limits;
    bool has_beginning;
    double *sorted;       /* reduced costs, while the reduced program is made */
    int32_t nodes, steps; /* so far */
    double deadline;      /* of the solving; 0: none */
    int *dropped;         /* GLPK's numbers of the columns of no use, ascending; the count first */
    int *branch;          /* columns of `reduced` that are fixed, the last decision last: at 1, or as -column at 0 */
    int branches;
    uint8_t *chosen; /* columns of `reduced` of the best solution; [0] is not used */
};

const char *ht_lp_version(void) {
    return glp_version();
}

/* GLPK's texts go here instead of to stdout. */
static int keep_words(void *info, const char *text) {
    ht_lp *lp = info;
    size_t used = strlen(lp->words), length = strcspn(text, "\n");
    if (length > WORDS - 2 - used)
        length = WORDS - 2 - used;
    if (length > 0) {
        memcpy(lp->words + used, text, length);
        lp->words[used + length] = ' ';
        lp->words[used + length + 1] = '\0';
    }
    return 1;
}

static void jump_out(void *info) {
    ht_lp *lp = info;
    longjmp(lp->failed, 1);
}

/* Called after a jump: the thread's environment is of no use any more. */
static ht_status fail(ht_lp *lp, ht_err *err) {
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    glp_free_env();
    lp->problem = lp->reduced = NULL;
    return ht_fail(err, HT_ELP, "GLPK: %s", lp->words[0] ? lp->words : "failed without a word");
}

static ht_status start(ht_lp *lp, ht_err *err) {
    glp_term_out(GLP_OFF);
    glp_term_hook(keep_words, lp);
    glp_error_hook(jump_out, lp);
    if (setjmp(lp->failed))
        return fail(lp, err);
    lp->problem = glp_create_prob();
    glp_set_obj_dir(lp->problem, GLP_MIN);
    return HT_OK;
}

ht_lp *ht_lp_create(ht_err *err) {
    ht_lp *lp = calloc(1, sizeof *lp);
    if (!lp) {
        ht_fail_memory(err);
        return NULL;
    }
    if (start(lp, err) == HT_OK)
        return lp;
    free(lp);
    return NULL;
}

static void forget_reduced(ht_lp *lp) {
    if (lp->reduced)
        glp_delete_prob(lp->reduced);
    lp->reduced = NULL;
}

static void forget_arrays(ht_lp *lp) {
    free(lp->dropped);
    free(lp->sorted);
    free(lp->branch);
    free(lp->chosen);
    lp->dropped = lp->branch = NULL;
    lp->sorted = NULL;
    lp->chosen = NULL;
}

void ht_lp_destroy(ht_lp *lp) {
    if (!lp)
        return;
    if (lp->problem) {
        forget_reduced(lp);
        glp_delete_prob(lp->problem);
        glp_error_hook(NULL, NULL);
        glp_term_hook(NULL, NULL);
        glp_free_env();
    }
    forget_arrays(lp);
    free(lp);
}

ht_status ht_lp_add_rows(ht_lp *lp, int32_t count, double lower, double upper, ht_err *err) {
    if (setjmp(lp->failed))
        return fail(lp, err);
    int first = glp_add_rows(lp->problem, count);
    for (int32_t i = 0; i < count; i++)
        glp_set_row_bnds(lp->problem, first + i, lower < upper ? GLP_DB : GLP_FX, lower, upper);
    return HT_OK;
}

typedef enum column_kind { BINARY, CONTINUOUS } column_kind;

static ht_status add_column(ht_lp *lp, column_kind kind, double cost, int32_t count, const int *index,
                            const double *value, ht_err *err) {
    if (setjmp(lp->failed))
        return fail(lp, err);
    int column = glp_add_cols(lp->problem, 1);
    if (kind == BINARY)
        glp_set_col_kind(lp->problem, column, GLP_BV);
    else
        glp_set_col_bnds(lp->problem, column, GLP_LO, 0, 0);
    glp_set_obj_coef(lp->problem, column, cost);
    glp_set_mat_col(lp->problem, column, count, index, value);
    return HT_OK;
}

/* GLPK counts from 1. */
static ht_status copy_column(ht_lp *lp, column_kind kind, double cost, int32_t count, const int32_t *row,
                             const double *coefficient, ht_err *err) {
    int *index = malloc(((size_t)count + 1) * sizeof *index);
    double *value = malloc(((size_t)count + 1) * sizeof *value);
    ht_status status = HT_OK;
    if (index && value) {
        for (int32_t i = 0; i < count; i++) {
            index[i + 1] = row[i] + 1;
            value[i + 1] = coefficient[i];
        }
        status = add_column(lp, kind, cost, count, index, value, err);
    } else {
        status = ht_fail_memory(err);
    }
    free(index);
    free(value);
    return status;
}

ht_status ht_lp_add_binary(ht_lp *lp, double cost, int32_t count, const int32_t *row, const double *coefficient,
                           ht_err *err) {
    return copy_column(lp, BINARY, cost, count, row, coefficient, err);
}

ht_status ht_lp_add_continuous(ht_lp *lp, double cost, int32_t count, const int32_t *row, const double *coefficient,
                               ht_err *err) {
    return copy_column(lp, CONTINUOUS, cost, count, row, coefficient, err);
}

ht_status ht_lp_begin_with(ht_lp *lp, int32_t column, ht_err *err) {
    if (setjmp(lp->failed))
        return fail(lp, err);
    glp_set_col_stat(lp->problem, column + 1, GLP_NU);
    lp->has_beginning = true;
    return HT_OK;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Reduced costs from which on a column is left out: none of a solution of a lower cost than `better_than` reaches that of
 * their difference; and of the others only so many stay. Source: Dantzig, Fulkerson and Johnson (1954), Operations
 * Research 2(4):393-410. */
static double left_out_from(const ht_lp *lp) {
    double from = lp->limits->better_than - glp_get_obj_val(lp->problem);
    int columns = glp_get_num_cols(lp->problem), count = 0;
    for (int k = 1; k <= columns; k++)
        if (glp_get_col_stat(lp->problem, k) == GLP_NL && glp_get_col_dual(lp->problem, k) < from)
            lp->sorted[count++] = glp_get_col_dual(lp->problem, k);
    if (lp->limits->columns == 0 || count <= lp->limits->columns)
        return from;
    qsort(lp->sorted, (size_t)count, sizeof *lp->sorted, ascending);
    return lp->sorted[lp->limits->columns];
}

/* Makes the program without the columns of no use. */
static void reduce(ht_lp *lp) {
    double from = left_out_from(lp);
    int columns = glp_get_num_cols(lp->problem), count = 0;
    for (int k = 1; k <= columns; k++)
        if (glp_get_col_stat(lp->problem, k) == GLP_NL && glp_get_col_dual(lp->problem, k) >= from)
            lp->dropped[++count] = k;
    lp->dropped[0] = count;
    lp->reduced = glp_create_prob();
    glp_copy_prob(lp->reduced, lp->problem, GLP_OFF);
    if (count > 0)
        glp_del_cols(lp->reduced, count, lp->dropped);
}

/* GLPK's number of a column in the reduced program; 0 where it is none of its columns. */
static int number_of(const ht_lp *lp, int32_t column) {
    int low = 1, high = lp->dropped[0] + 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (lp->dropped[middle] < column + 1)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_dropped = low <= lp->dropped[0] && lp->dropped[low] == column + 1;
    return is_dropped ? 0 : column + 1 - (low - 1);
}

/* ---- branch and bound ---- */

static bool is_over(const ht_lp *lp) {
    const ht_lp_limits *limits = lp->limits;
    return (limits->stop && atomic_load(limits->stop)) || lp->nodes >= limits->nodes || lp->steps >= limits->steps ||
           (lp->deadline > 0 && ht_clock_wall() >= lp->deadline);
}

/* Solves a relaxation within what is left of steps and time; false where it has no solution below `better_than`, or was not
 * solved. GLPK's own tree search knows no such limits: one relaxation that never ends, and it does not either. */
static bool relax(ht_lp *lp, glp_prob *problem, int method, double better_than) {
    glp_smcp simplex;
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    simplex.meth = method;
    simplex.it_lim = lp->limits->steps - lp->steps;
    if (lp->deadline > 0)
        simplex.tm_lim = 1 + (int)(1000 * fmin(86400, fmax(0, lp->deadline - ht_clock_wall())));
    int before = glp_get_it_cnt(problem);
    bool solved = glp_simplex(problem, &simplex) == 0;
    lp->steps += glp_get_it_cnt(problem) - before;
    return solved && glp_get_status(problem) == GLP_OPT && glp_get_obj_val(problem) < better_than;
}

/* The binary column that is nearest to 1 without being there; 0 where all are at 0 or 1. */
static int fractional(const ht_lp *lp) {
    int found = 0, columns = glp_get_num_cols(lp->reduced);
    double most = NEAR;
    for (int k = 1; k <= columns; k++) {
        double value = glp_get_col_prim(lp->reduced, k);
        if (value <= most || value >= 1 - NEAR || glp_get_col_kind(lp->reduced, k) != GLP_BV)
            continue;
        found = k;
        most = value;
    }
    return found;
}

static void fix(ht_lp *lp, int column, double value) {
    glp_set_col_bnds(lp->reduced, column, GLP_FX, value, value);
}

/* Back to the last decision for 1, which becomes one for 0; false where all have been both. */
static bool turn_back(ht_lp *lp) {
    while (lp->branches > 0 && lp->branch[lp->branches - 1] < 0)
        glp_set_col_bnds(lp->reduced, -lp->branch[--lp->branches], GLP_DB, 0, 1);
    if (lp->branches == 0)
        return false;
    int column = lp->branch[lp->branches - 1];
    lp->branch[lp->branches - 1] = -column;
    fix(lp, column, 0);
    return true;
}

static void keep_solution(ht_lp *lp) {
    int columns = glp_get_num_cols(lp->reduced);
    for (int k = 1; k <= columns; k++)
        lp->chosen[k] = glp_get_col_prim(lp->reduced, k) > 0.5;
}

/* Depth first, so that solutions come early: they are what it is for. */
static bool search_tree(ht_lp *lp) {
    double best = lp->limits->better_than;
    bool found = false;
    for (bool more = true; more && !is_over(lp); lp->nodes++) {
        int column = 0;
        bool open = relax(lp, lp->reduced, GLP_DUALP, best);
        if (open)
            column = fractional(lp);
        if (open && column == 0) {
            keep_solution(lp);
            best = glp_get_obj_val(lp->reduced);
            found = true;
        }
        if (column > 0) {
            lp->branch[lp->branches++] = column;
            fix(lp, column, 1);
        } else {
            more = turn_back(lp);
        }
    }
    return found;
}

static ht_status begin(ht_lp *lp, const ht_lp_limits *limits, ht_err *err) {
    size_t columns = (size_t)glp_get_num_cols(lp->problem) + 1;
    forget_arrays(lp);
    lp->limits = limits;
    lp->nodes = lp->steps = lp->branches = 0;
    lp->deadline = limits->seconds > 0 ? ht_clock_wall() + limits->seconds : 0;
    lp->dropped = calloc(columns, sizeof *lp->dropped);
    lp->sorted = calloc(columns, sizeof *lp->sorted);
    lp->branch = calloc(columns, sizeof *lp->branch);
    lp->chosen = calloc(columns, sizeof *lp->chosen);
    return lp->dropped && lp->sorted && lp->branch && lp->chosen ? HT_OK : ht_fail_memory(err);
}

ht_status ht_lp_solve_binary(ht_lp *lp, const ht_lp_limits *limits, bool *found, ht_err *err) {
    *found = false;
    if (begin(lp, limits, err) != HT_OK)
        return err->status;
    if (setjmp(lp->failed))
        return fail(lp, err);
    forget_reduced(lp);
    if (!lp->has_beginning)
        glp_adv_basis(lp->problem, 0);
    if (!relax(lp, lp->problem, GLP_PRIMAL, limits->better_than))
        return HT_OK; /* out of time, or nothing better is in it */
    reduce(lp);
    *found = search_tree(lp);
    return HT_OK;
}

bool ht_lp_chosen(const ht_lp *lp, int32_t column) {
    int number = number_of(lp, column);
    return number > 0 && lp->chosen[number];
}
