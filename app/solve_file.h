/* app/solve_file.h: solves a published instance: file -> instance -> problem -> search -> routes -> independent
 * evaluation -> file.
 *
 * Units:     seconds; costs are whole parts of cost_scale: the objective as its set counts it is cost / cost_scale.
 * Ownership: result owns its arena and its instance; ht_solved_file_release() ends it, also after a failure.
 * Errors:    HT_EINPUT (not there, no instance, not of the kind), HT_ESYSTEM (not to be read or written), HT_ENOMEM; HT_EINTERNAL
 *            where the evaluator refuses what the search made: a fault of ours, nothing is written. Visits that no
 *            route has room for are an outcome: feasible is false, unserved says which and why.
 */
#ifndef HT_APP_SOLVE_FILE_H
#define HT_APP_SOLVE_FILE_H

#include "io/instance_kind.h"
#include "model/uhhc.h"
#include "model/unserved.h"
#include "model/vrptw.h"
#include "solver/solve.h"

/* How far the search is; costs as in ht_solved_file. */
typedef struct ht_solve_file_progress {
    double seconds; /* since the run began */
    int64_t work;   /* iterations of all streams */
    bool feasible;  /* false: the best so far leaves out what must be done, and has no cost yet */
    int64_t cost, cost_scale;
    int32_t unplanned; /* visits of the problem that are left out, optional ones among them */
} ht_solve_file_progress;

typedef struct ht_solve_file_job {
    const char *path;
    ht_instance_kind kind;  /* HT_INSTANCE_DETECT: by the file's content */
    const char *out;        /* where a feasible solution goes, in the set's own form; NULL: nowhere */
    ht_solve_options solve; /* time_limit is that of the whole run; progress and context are those below */
    void (*progress)(void *context, const ht_solve_file_progress *progress); /* NULL: none; as ht_solve_options says */
    void *context;
} ht_solve_file_job;

/* One part of a cost, before its weight: value / scale. */
typedef struct ht_solved_part {
    const char *name; /* as the set calls it */
    int64_t value, scale;
    int32_t weight; /* 0 where it is hard */
    bool hard;      /* must be 0 */
} ht_solved_part;

typedef struct ht_unserved_visit {
    const char *id;
    ht_unserved_reason reason;
} ht_unserved_visit;

enum { HT_SOLVED_PARTS_MAX = HT_UHHC_PARTS };

typedef struct ht_solved_file {
    ht_arena arena;
    ht_instance_kind kind;
    union {
        ht_uhhc uhhc; /* HT_INSTANCE_UHHC, HT_INSTANCE_MANKOWSKA */
        ht_vrptw vrptw;
    } instance;
    union {
        ht_uhhc_solution uhhc;
        ht_vrptw_solution vrptw;
    } solution;
    int32_t visits, staff; /* patients and caregivers, customers and vehicles */
    int32_t routes;        /* that have stops */
    int32_t left_out;      /* visits that are not made in full, optional ones among them */
    bool feasible;
    int64_t cost, cost_scale; /* of meaning where it is feasible */
    int32_t cost_digits;      /* that are shown of it behind the point */
    char cost_text[32];       /* cost / cost_scale with these digits; "infeasible" where it is not */
    bool written;             /* the solution is in the file that was asked for; only one that is feasible is */
    ht_solved_part part[HT_SOLVED_PARTS_MAX];
    int32_t parts;
    const ht_unserved_visit *unserved; /* those that must be served and are not */
    int32_t unserved_count;
    int64_t work, evaluations;          /* as of ht_solve_result */
    double first_full_s, wall_s, cpu_s; /* first_full_s: -1 where no clock was read */
    double search_s;                    /* the search's part of wall_s */
    char note[256];                     /* what the search survived; "" */
    bool has_instance;                  /* what there is to release */
} ht_solved_file;

/* Release result always. */
ht_status ht_solve_file(const ht_solve_file_job *job, ht_solved_file *result, ht_err *err);
void ht_solved_file_release(ht_solved_file *result);

#endif
