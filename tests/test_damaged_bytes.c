/* Stores with bytes that somebody else wrote: whatever they are, every command ends by itself, with a result or with a
 * message; no crash, no hang. HT_FULL=1 damages ten times as often. */
#include <check.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rng.h"
#include "tests/program.h"
#include "tests/support.h"
#include "tests/support_world.h"

enum { EXIT_LARGEST = 4, PAGE = 4096, KINDS = 4 };

static char worlds[WORLD_PATH], pristine[WORLD_PATH], world[WORLD_PATH];

#define GOLDEN HT_SOURCE_DIR "/tests/golden/data"

static const char *const PREPARE[] = {("import " GOLDEN "/series"),
                                      "plan --date 2026-12-27 --days 5 --work 100 --threads 1",
                                      "plans publish --date 2026-12-31 --version 1"};

static const char *const COMMANDS[] = {
    "check --date 2026-12-31",
    "export --out out --ics --weeks",
    "plan --date 2026-12-31 --work 20 --threads 1",
    "continuity --from 2026-12-01 --to 2027-01-10",
    ("import " GOLDEN "/series"),
    "plans list",
    "plans show --date 2026-12-31 --version 1",
    "continuity --from 2026-12-01 --to 2027-01-10 --against-plan --format json",
    "plans restore --date 2026-12-31 --version 1",
    "backup copy.db",
    ("import " GOLDEN "/ok --update"),
    "purge --before 2026-12-30",
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static void put_byte(FILE *file, long at, int byte) {
    ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
    ck_assert_int_ne(fputc(byte, file), EOF);
}

static int byte_at(FILE *file, long at) {
    ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
    return fgetc(file);
}

/* Bits here and there, a run of bytes, a page at another's place, or an end that is missing. */
static void damage(const char *path, ht_rng *rng) {
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    int32_t size = (int32_t)info.st_size, at = ht_rng_below(rng, size), other = ht_rng_below(rng, size);
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(file);
    switch (ht_rng_below(rng, KINDS)) {
    case 0:
        for (int32_t i = ht_rng_below(rng, 20); i >= 0; i--, at = ht_rng_below(rng, size))
            put_byte(file, at, byte_at(file, at) ^ 1 << ht_rng_below(rng, 8));
        break;
    case 1:
        for (int32_t i = ht_rng_below(rng, 100); i >= 0 && at < size; i--)
            put_byte(file, at++, ht_rng_below(rng, 256));
        break;
    case 2:
        for (int32_t i = 0; i < PAGE; i++)
            put_byte(file, at / PAGE * PAGE + i, byte_at(file, other / PAGE * PAGE + i));
        break;
    default:
        ck_assert_int_eq(ftruncate(fileno(file), at / PAGE * PAGE), 0);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static void begin_world(void) {
    if (access(world, F_OK) == 0)
        world_remove(world);
    world_copy(pristine, world);
}

START_TEST(damaged_store_ends_no_command) {
    ht_rng rng;
    char store[WORLD_PATH];
    world_join(store, world, "hemtur.db");
    ht_rng_init(&rng, 11, (uint64_t)_i);
    for (int round = 0; round < test_rounds(30, 300); round++) {
        begin_world();
        damage(store, &rng);
        int code = program_run_line(world, COMMANDS[_i], NULL);
        ck_assert_msg(code <= EXIT_LARGEST, "round %d, %s: exit code %d: %s", round, COMMANDS[_i], code,
                      program_said(world));
        ck_assert_msg(code == 0 || code == 3 || program_said(world)[0] != '\0', "round %d, %s: exit code %d, no word",
                      round, COMMANDS[_i], code);
    }
}
END_TEST

static void set_up(void) {
    world_make(worlds);
    world_join(pristine, worlds, "pristine");
    world_join(world, worlds, "world");
    ck_assert_int_eq(mkdir(pristine, 0700), 0);
    for (size_t i = 0; i < sizeof PREPARE / sizeof PREPARE[0]; i++)
        ck_assert_msg(program_run_line(pristine, PREPARE[i], NULL) == 0, "%s", program_said(pristine));
}

static void tear_down(void) {
    world_remove(worlds);
}

int main(void) {
    Suite *suite = suite_create("damaged_bytes");
    TCase *tests = tcase_create("damaged_bytes");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 1800);
    tcase_add_loop_test(tests, damaged_store_ends_no_command, 0, COMMAND_COUNT);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
