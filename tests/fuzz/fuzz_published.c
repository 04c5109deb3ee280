/* A published instance of each kind, whatever the bytes are: it is refused with words, or it is one that can be counted
 * with, and solved without breaking a rule. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/solve_file.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "io/vrptw_read.h"
#include "tests/fuzz/fuzz.h"

enum { LARGEST_SOLVED = 1 << 14 };

static void promise(bool kept, const char *what) {
    if (!kept) {
        fprintf(stderr, "broken promise: %s\n", what);
        abort();
    }
}

static void check_refusal(ht_status status, const ht_err *err) {
    promise(status == HT_EINPUT, "what a file holds is no failure of the system");
    promise(err->text[0] != '\0', "a refusal says why");
}

/* One stop with the first need of each patient, all by the first caregiver: a solution that breaks rules at most. */
static void count_patients(const ht_uhhc *u, ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_uhhc_stop *stop = HT_ARENA_NEW(&arena, u->patients, ht_uhhc_stop);
    for (int32_t i = 0; stop != NULL && i < u->patients; i++) {
        const ht_uhhc_patient *p = &u->patient[i];
        promise(p->place >= 0 && p->place < u->places && p->needs >= 1 && p->needs <= 2, "a patient has a place");
        stop[i] = (ht_uhhc_stop){i, p->need[0].service, p->window[0].start, p->window[0].start + p->need[0].duration};
    }
    ht_uhhc_route route = {0, u->patients, stop};
    ht_uhhc_cost cost;
    if (stop != NULL)
        ht_uhhc_evaluate(u, &(ht_uhhc_solution){.routes = 1, .route = &route}, &cost, err);
    ht_arena_release(&arena);
}

static void read_patients(const char *path, ht_status (*read)(const char *, ht_uhhc *, ht_err *)) {
    ht_uhhc u;
    ht_err err;
    ht_err_init(&err);
    ht_status status = read(path, &u, &err);
    if (status) {
        check_refusal(status, &err);
        return;
    }
    count_patients(&u, &err);
    ht_uhhc_release(&u);
}

static void read_customers(const char *path) {
    ht_vrptw v;
    ht_err err;
    ht_err_init(&err);
    ht_status status = ht_vrptw_read(path, &v, &err);
    if (status) {
        check_refusal(status, &err);
        return;
    }
    static const int32_t FIRST[] = {0, 1}, STOP[] = {1};
    ht_vrptw_cost cost;
    promise(ht_vrptw_evaluate(&v, &(ht_vrptw_solution){1, FIRST, STOP}, &cost, &err) == HT_OK, "a route is counted");
    ht_vrptw_release(&v);
}

/* A few iterations; what is large takes too long for a fuzzer. */
static void solve(const char *path, int64_t size) {
    ht_solve_file_job job = {.path = path, .kind = HT_INSTANCE_DETECT, .solve = {.seed = 1, .work = 20, .threads = 1}};
    ht_solved_file solved;
    ht_err err;
    ht_err_init(&err);
    if (size > LARGEST_SOLVED)
        return;
    ht_status status = ht_solve_file(&job, &solved, &err);
    if (status == HT_OK)
        promise(solved.feasible || strcmp(solved.cost_text, "infeasible") == 0, "an outcome has words");
    else
        check_refusal(status, &err);
    ht_solved_file_release(&solved);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char path[] = "/tmp/hemtur-fuzz-XXXXXX";
    int file = mkstemp(path);
    promise(file >= 0 && write(file, bytes, size) == (ssize_t)size, "a temporary file takes its bytes");
    close(file);
    read_patients(path, ht_uhhc_read);
    read_patients(path, ht_mankowska_read);
    read_customers(path);
    solve(path, (int64_t)size);
    unlink(path);
    return 0;
}
