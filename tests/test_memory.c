/* Memory that runs out, at every place where the program asks for some: it says so, leaks nothing, and the store and the
 * folders are as they were; or it did without, and all is as it should be. The first call of each place fails, with
 * HT_FULL=1 each 31st call too. */
#include <check.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"
#include "tests/failing_memory.h"
#include "tests/program.h"
#include "tests/support.h"
#include "tests/support_world.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>

/* Memory kept back for the sake of its reports would be copied with each process. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
    return "quarantine_size_mb=1";
}
#else
static int __lsan_do_recoverable_leak_check(void) {
    return 0;
}
#endif

enum { LEAKS = 98, EXIT_SYSTEM = 4, PLACES_MAX = 1 << 16 };

static char worlds[WORLD_PATH], pristine[WORLD_PATH], world[WORLD_PATH];
static failing_memory *memory;

/* Shared by the processes that the tests run in. */
static struct shared {
    failing_memory memory;
    int32_t count;
    uint64_t seen[PLACES_MAX]; /* places that were chosen, sorted */
} * shared;

#define GOLDEN HT_SOURCE_DIR "/tests/golden/data"
#define EXAMPLE HT_SOURCE_DIR "/data/example-export --map " HT_SOURCE_DIR "/data/mappings/example-planning-system.csv"

static const char *const PREPARE[] = {
    ("import " GOLDEN "/series"),
    "plan --date 2026-12-27 --work 100 --threads 1",
    "plan --date 2026-12-31 --work 100 --threads 1",
    "plans publish --date 2026-12-31 --version 1",
    "plan --date 2026-12-31 --work 100 --threads 1 --team North",
    "export --out out --ics --weeks",
};

static const char *const COMMANDS[] = {
    ("import " GOLDEN "/series --db new.db"),
    ("import " GOLDEN "/ok --format json"),
    ("import " EXAMPLE " --db new.db --lang sv"),
    ("import " GOLDEN "/series --update --format csv"),
    "plan --date 2026-12-31 --work 40 --threads 1",
    "plan --date 2026-12-27 --team North --work 40 --threads 1 --format json",
    "check --date 2026-12-31",
    "check --date 2026-12-31 --format json --plan out/plan.csv",
    "export --out new --ics --weeks --format csv",
    "export --out out --ics --weeks --date 2026-12-31 --lang sv",
    "continuity --from 2026-12-01 --to 2027-01-10 --format json",
    "continuity --from 2026-12-24 --to 2027-01-10 --window 14 --step 3 --publish",
    "continuity --from 2026-12-27 --to 2027-01-10 --against-plan --team North --by client,all --format csv",
    ("solve " GOLDEN "/solve/uhhc.json --work 40 --threads 1 --out routes.json"),
    ("solve " GOLDEN "/solve/mankowska.txt --work 40 --threads 1 --out routes.json --format json"),
    ("solve " GOLDEN "/solve/vrptw.txt --work 40 --threads 1 --out routes.sol --format csv"),
    "generate --out made --clients 12 --teams 2 --staff 9 --days 2",
    "plans list --format json",
    "plans show --date 2026-12-31",
    "plans restore --date 2026-12-31 --version 1",
    "plans publish --date 2026-12-27 --version 1",
    "backup copy.db",
    "purge --before 2026-12-29",
    "plan --help",
};

/* ---- one run ---- */

static void begin_to_fail(void *context) {
    (void)context;
    failing_memory_begin(memory);
}

static int end_to_fail(void *looks_for_leaks, int code) {
    failing_memory_end();
    return looks_for_leaks != NULL && __lsan_do_recoverable_leak_check() ? LEAKS : code;
}

static int run(const char *command, bool looks_for_leaks) {
    program_hooks hooks = {begin_to_fail, end_to_fail, looks_for_leaks ? &hooks : NULL};
    return program_run_line(world, command, &hooks);
}

static void begin_world(void) {
    if (access(world, F_OK) == 0)
        world_remove(world);
    world_copy(pristine, world);
}

/* ---- the places where memory can run out ---- */

static int compare_places(const void *a, const void *b) {
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static bool is_full(void) {
    return test_rounds(0, 1) == 1;
}

/* False where some call of that place has failed before, of whatever command. */
static bool is_new(uint64_t place) {
    if (bsearch(&place, shared->seen, (size_t)shared->count, sizeof place, compare_places) != NULL)
        return false;
    ck_assert_int_lt(shared->count, PLACES_MAX);
    int32_t at = shared->count++;
    for (; at > 0 && shared->seen[at - 1] > place; at--)
        shared->seen[at] = shared->seen[at - 1];
    shared->seen[at] = place;
    return true;
}

/* Marks the calls that are to fail: the first of each place, and with HT_FULL=1 each SPARSE-th. */
static bool *choose(int64_t calls) {
    enum { SPARSE = 31 };
    bool *chosen = calloc((size_t)calls + 1, sizeof *chosen);
    ck_assert_ptr_nonnull(chosen);
    for (int64_t i = 0; i < calls; i++)
        chosen[i] = is_new(memory->place[i]) || (is_full() && i % SPARSE == 0);
    return chosen;
}

typedef struct expectation {
    const char *command;
    uint64_t before, after;
} expectation;

/* A program without any memory may be unable to tidy up: then the next run does. */
static uint64_t after_another_run(const expectation *e) {
    memory->fail_at = 0;
    ck_assert_msg(run(e->command, false) == 0, "%s, once more: %s", e->command, program_said(world));
    return world_digest(world);
}

/* An output that cannot be written does not undo what is done: the state is the former or the new one, never between. */
static void fail_at(const expectation *e, int64_t n, failing_kind kind, bool looks_for_leaks) {
    memory->fail_at = n;
    memory->kind = kind;
    int code = run(e->command, looks_for_leaks);
    uint64_t digest = world_digest(world);
    const char *text = program_said(world);
    const char *when = kind == FAILING_ONCE ? "call" : "calls from";
    ck_assert_msg(code == 0 || code == EXIT_SYSTEM, "%s: exit code %d, %s %ld failing:\n%s", e->command, code, when,
                  (long)n, text);
    ck_assert_msg(code == 0 || strstr(text, "memory") != NULL || strstr(text, "minne") != NULL,
                  "%s: %s %ld failing: %s", e->command, when, (long)n, text);
    if (digest != e->before && digest != e->after && kind == FAILING_FROM_THEN_ON)
        digest = after_another_run(e);
    ck_assert_msg(digest == e->after || (digest == e->before && code != 0),
                  "%s: %s %ld failing, exit code %d, left something else: %s", e->command, when, (long)n, code, text);
    if (digest != e->before)
        begin_world();
}

START_TEST(memory_that_runs_out_is_said_and_changes_nothing) {
    enum { LEAKS_EVERY = 64 };
    expectation e = {.command = COMMANDS[_i]};
    begin_world();
    e.before = world_digest(world);
    memory->fail_at = 0;
    int code = run(e.command, true);
    ck_assert_msg(code == 0, "%s: exit code %d: %s", e.command, code, program_said(world));
    e.after = world_digest(world);
    int64_t calls = memory->calls, failed = 0;
    ck_assert_int_gt(calls, 0);
    ck_assert_int_le(calls, FAILING_CALLS_KEPT);
    bool *chosen = choose(calls);
    begin_world();
    for (int64_t i = 0; i < calls; i++) {
        if (!chosen[i])
            continue;
        failed++;
        fail_at(&e, i + 1, FAILING_ONCE, failed % LEAKS_EVERY == 1);
        if (is_full() || failed % 8 == 0)
            fail_at(&e, i + 1, FAILING_FROM_THEN_ON, failed % LEAKS_EVERY == 2);
    }
    free(chosen);
    if (getenv("HT_VERBOSE") != NULL)
        printf("%s: %ld of %ld calls failed\n", e.command, (long)failed, (long)calls);
}
END_TEST

static struct shared *share(void) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ftruncate(fileno(file), sizeof(struct shared)), 0);
    void *pages = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    fclose(file);
    return pages;
}

static void set_up(void) {
    world_make(worlds);
    world_join(pristine, worlds, "pristine");
    world_join(world, worlds, "world");
    shared = share();
    memory = &shared->memory;
    ck_assert_int_eq(mkdir(world, 0700), 0);
    for (size_t i = 0; i < sizeof PREPARE / sizeof PREPARE[0]; i++)
        ck_assert_msg(run(PREPARE[i], false) == 0, "%s: %s", PREPARE[i], program_said(world));
    world_copy(world, pristine);
}

static void tear_down(void) {
    munmap(shared, sizeof *shared);
    world_remove(worlds);
}

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 3600);
    tcase_add_loop_test(tests, memory_that_runs_out_is_said_and_changes_nothing, 0,
                        (int)(sizeof COMMANDS / sizeof COMMANDS[0]));
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
