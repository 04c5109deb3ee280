/* Nonsense: in every option and operand of every command, and in the place of every file. A clear message and an exit code
 * that says whose fault it is; what is refused changes nothing; no personal number is repeated. HT_FULL=1 tries all of
 * it, the ordinary run some of each. */
#include <check.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/cli.h"
#include "tests/program.h"
#include "tests/support.h"
#include "tests/support_world.h"

enum { LONG_VALUE = 5000, ARGUMENT = LONG_VALUE + 100 };

#define PERSONAL_NUMBER "811228-9874"

static char worlds[WORLD_PATH], pristine[WORLD_PATH], world[WORLD_PATH], long_value[LONG_VALUE + 1];

static const char *const VALUES[] = {"",
                                     " ",
                                     "-",
                                     "--",
                                     "-1",
                                     "0",
                                     "1",
                                     "2147483648",
                                     "99999999999999999999",
                                     "-99999999999999999999",
                                     "1e9",
                                     "nan",
                                     "0x10",
                                     "1,5",
                                     "0.99999",
                                     "\xc3\xa5",
                                     "\xff\xfe",
                                     "a\nb\tc",
                                     "\x1b[31m",
                                     "2026-02-30",
                                     "2026-13-01",
                                     "0000-00-00",
                                     "1900-01-01",
                                     "9999-12-31",
                                     "%s%n%s",
                                     "/",
                                     ".",
                                     "..",
                                     "/dev/null",
                                     "/dev/full",
                                     "nowhere/at/all",
                                     "data",
                                     "data/visits.csv",
                                     "hemtur.db",
                                     "loop",
                                     PERSONAL_NUMBER,
                                     "'; DROP TABLE plans; --",
                                     "client,client,|,,",
                                     long_value};
enum { VALUE_COUNT = sizeof VALUES / sizeof VALUES[0] };

/* A call of each command that works, without the option that is tried. */
static const char *const CALLS[] = {
    "import data",
    "plan --date 2026-03-10 --work 20 --threads 1 --time-limit 2",
    "check --date 2026-03-10",
    "export --out out",
    "continuity --from 2026-03-01 --to 2026-03-10",
    "solve solve/uhhc.json --work 20 --threads 1 --time-limit 2",
    "generate --out made --clients 4 --staff 4 --teams 1 --days 2 --history 2",
    "plans list",
    "plans show --date 2026-03-10",
    "plans restore --date 2026-03-10 --version 1",
    "plans publish --date 2026-03-10 --version 1",
    "backup copy.db",
    "purge --before 2020-01-01",
};
enum { CALL_COUNT = sizeof CALLS / sizeof CALLS[0] };

static bool is_full(void) {
    return test_rounds(0, 1) == 1;
}

static void begin_world(void) {
    if (access(world, F_OK) == 0)
        world_remove(world);
    world_copy(pristine, world);
    char loop[WORLD_PATH];
    world_join(loop, world, "loop");
    ck_assert_int_eq(symlink("loop", loop), 0);
}

/* Judges how a call ended; words: what was tried, for messages. */
static void assert_clear(const char *words, int code, uint64_t before) {
    const char *said = program_said(world);
    ck_assert_msg(code >= HT_EXIT_DONE && code <= HT_EXIT_SYSTEM, "%s: exit code %d: %s", words, code, said);
    ck_assert_msg(code == HT_EXIT_DONE || code == HT_EXIT_RULE || said[0] != '\0', "%s: exit code %d without a word",
                  words, code);
    ck_assert_msg(strstr(said, PERSONAL_NUMBER) == NULL, "%s: %s", words, said);
    if (code == HT_EXIT_USAGE || code == HT_EXIT_INPUT)
        ck_assert_msg(world_digest(world) == before, "%s: exit code %d, but something changed: %s", words, code, said);
}

/* The call's words and one more. */
static void try_argument(const char *call, char *argument, uint64_t before) {
    char line[200], words[ARGUMENT + 200], *word[PROGRAM_WORDS];
    int count = 0;
    snprintf(line, sizeof line, "%s", call);
    for (char *at = line; *at != '\0'; count++) {
        word[count] = at;
        at += strcspn(at, " ");
        if (*at == ' ')
            *at++ = '\0';
    }
    word[count++] = argument;
    snprintf(words, sizeof words, "%s %.200s", call, argument);
    assert_clear(words, program_run(world, word, count, NULL), before);
}

static void try_option(const char *call, const ht_option *option, int first, int step) {
    char name[HT_OPTION_NAME], argument[ARGUMENT];
    ht_option_spell(option, name);
    begin_world();
    uint64_t before = world_digest(world);
    for (int i = first % step; i < VALUE_COUNT; i += step) {
        snprintf(argument, sizeof argument, "--%s=%s", name, VALUES[i]);
        try_argument(call, argument, before);
        if (world_digest(world) != before)
            begin_world();
    }
}

static const ht_command *command_of(const char *call) {
    for (int i = 0; ht_commands[i] != NULL; i++)
        if (strncmp(ht_commands[i]->name, call, strlen(ht_commands[i]->name)) == 0)
            if (call[strlen(ht_commands[i]->name)] == ' ')
                return ht_commands[i];
    ck_abort_msg("%s", call);
    return NULL;
}

START_TEST(every_option_stands_nonsense) {
    const ht_option_table own = command_of(CALLS[_i])->table, common = ht_common_table;
    int step = is_full() ? 1 : 13, tried = _i;
    for (int32_t i = 0; i < own.count; i++)
        try_option(CALLS[_i], &own.options[i], tried++, step);
    for (int32_t i = 0; i < common.count; i++)
        try_option(CALLS[_i], &common.options[i], tried++, 2 * step);
}
END_TEST

START_TEST(every_operand_stands_nonsense) {
    static const char *const WITHOUT[] = {"import", "backup", "plans", "help", "", "plan", "import data"};
    begin_world();
    uint64_t before = world_digest(world);
    for (size_t c = 0; c < sizeof WITHOUT / sizeof WITHOUT[0]; c++)
        for (int i = (int)c % 3; i < VALUE_COUNT; i += is_full() ? 1 : 3) {
            char argument[ARGUMENT];
            snprintf(argument, sizeof argument, "%s", VALUES[i]);
            try_argument(WITHOUT[c], argument, before);
            if (world_digest(world) != before)
                begin_world();
        }
}
END_TEST

/* Every command's table is tried above. */
START_TEST(no_command_is_left_out) {
    for (int i = 0; ht_commands[i] != NULL; i++) {
        bool tried = false;
        for (int c = 0; c < CALL_COUNT; c++)
            tried = tried || command_of(CALLS[c]) == ht_commands[i];
        ck_assert_msg(tried, "%s", ht_commands[i]->name);
    }
}
END_TEST

/* ---- files ---- */

static void put(const char *path, const char *bytes, size_t length, int times) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < times; i++)
        ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void put_text(const char *path, const char *text) {
    put(path, text, strlen(text), 1);
}

static void make_folder(const char *path) {
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void make_loop(const char *path) {
    ck_assert_int_eq(symlink("loop", path), 0);
}

static void make_dangling(const char *path) {
    ck_assert_int_eq(symlink("nowhere", path), 0);
}

static void make_empty(const char *path) {
    put_text(path, "");
}

static void make_mark_alone(const char *path) {
    put_text(path, "\xef\xbb\xbf");
}

static void make_nul(const char *path) {
    put(path, "client_id;team\0;lat\nA;B\0\n", 25, 1);
}

static void make_long_line(const char *path) {
    put(path, "0123456789abcdef", 16, 1 << 17);
}

static void make_many_columns(const char *path) {
    put(path, "visit_id;", 9, 100000);
}

static void make_quotes(const char *path) {
    put(path, "\"", 1, 99999);
}

static void make_line_breaks(const char *path) {
    put(path, "\r\n", 2, 99999);
}

static void make_utf_16(const char *path) {
    put(path,
        "\xff\xfe"
        "c\0l\0i\0e\0n\0t\0",
        14, 1);
}

static void make_bytes(const char *path) {
    char bytes[256];
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)(255 - i);
    put(path, bytes, sizeof bytes, 40);
}

static void make_header_of_another(const char *path) {
    put_text(path, "name;value\nweight;1\n");
}

static void make_never_ending(const char *path) {
    ck_assert_int_eq(symlink("/dev/zero", path), 0);
}

static void (*const MAKE[])(const char *path) = {
    make_folder, make_loop,      make_dangling,          make_empty,       make_mark_alone,
    make_nul,    make_long_line, make_many_columns,      make_quotes,      make_line_breaks,
    make_utf_16, make_bytes,     make_header_of_another, make_never_ending};
enum { MAKE_COUNT = sizeof MAKE / sizeof MAKE[0] };

static void replace(const char *name, void (*make)(const char *path)) {
    char path[WORLD_PATH];
    world_join(path, world, name);
    if (access(path, F_OK) == 0)
        world_remove(path);
    make(path);
}

static void try_files(const char *name, const char *line) {
    for (int i = 0; i < MAKE_COUNT; i++) {
        char words[300];
        begin_world();
        replace(name, MAKE[i]);
        /* What /dev/zero holds has no digest. */
        uint64_t before = MAKE[i] == make_never_ending ? 0 : world_digest(world);
        int code = program_run_line(world, line, NULL);
        snprintf(words, sizeof words, "%s with %s made by %d", line, name, i);
        if (before == 0)
            ck_assert_msg(code == HT_EXIT_INPUT || code == HT_EXIT_SYSTEM || code == HT_EXIT_USAGE, "%s: exit code %d",
                          words, code);
        else
            assert_clear(words, code, before);
    }
}

START_TEST(every_file_may_be_anything) {
    static const char *const LINE[][2] = {{NULL, "import data"},
                                          {"map.csv", "import data --map map.csv"},
                                          {"plan.csv", "check --date 2026-03-10 --plan plan.csv"},
                                          {"hemtur.db", "check --date 2026-03-10"},
                                          {"hemtur.db", "import data"},
                                          {"out", "export --out out"},
                                          {"made", "generate --out made --clients 4 --staff 4 --days 2"},
                                          {"copy.db", "backup copy.db"},
                                          {"solve/uhhc.json", "solve solve/uhhc.json --work 20"},
                                          {"solve/uhhc.json", "solve solve/uhhc.json --kind uhhc --work 20"},
                                          {"solve/uhhc.json", "solve solve/uhhc.json --kind mankowska --work 20"},
                                          {"solve/uhhc.json", "solve solve/uhhc.json --kind vrptw --work 20"}};
    if (_i < HT_TABLES) {
        char name[WORLD_PATH];
        snprintf(name, sizeof name, "data/%s.csv", ht_table_get((ht_table_id)_i)->name);
        try_files(name, LINE[0][1]);
    } else {
        try_files(LINE[_i - HT_TABLES + 1][0], LINE[_i - HT_TABLES + 1][1]);
    }
}
END_TEST

enum { OTHER_FILES = 11 };

/* A pipe that nobody writes to is no store: it is not waited for. */
START_TEST(pipe_is_no_store) {
    char pipe_path[WORLD_PATH];
    begin_world();
    world_join(pipe_path, world, "pipe");
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    for (int i = 0; i < CALL_COUNT; i++) {
        char line[300];
        const char *name = command_of(CALLS[i])->name;
        if (strcmp(name, "generate") == 0 || strcmp(name, "solve") == 0) /* they have no store */
            continue;
        snprintf(line, sizeof line, "%s --db pipe", CALLS[i]);
        int code = program_run_line(world, line, NULL);
        ck_assert_msg(code == HT_EXIT_INPUT || code == HT_EXIT_SYSTEM, "%s: exit code %d: %s", line, code,
                      program_said(world));
    }
}
END_TEST

static void set_up(void) {
    char data[WORLD_PATH];
    memset(long_value, 'A', LONG_VALUE);
    world_make(worlds);
    world_join(pristine, worlds, "pristine");
    world_join(world, worlds, "world");
    make_folder(pristine);
    world_join(data, pristine, "data");
    world_copy(HT_SOURCE_DIR "/tests/golden/data/ok", data);
    world_join(data, pristine, "solve");
    world_copy(HT_SOURCE_DIR "/tests/golden/data/solve", data);
    ck_assert_int_eq(program_run_line(pristine, CALLS[0], NULL), 0);
    ck_assert_int_eq(program_run_line(pristine, CALLS[1], NULL), 0);
}

static void tear_down(void) {
    world_remove(worlds);
}

int main(void) {
    Suite *suite = suite_create("nonsense");
    TCase *tests = tcase_create("nonsense");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 1800);
    tcase_add_test(tests, no_command_is_left_out);
    tcase_add_loop_test(tests, every_option_stands_nonsense, 0, CALL_COUNT);
    tcase_add_test(tests, every_operand_stands_nonsense);
    tcase_add_loop_test(tests, every_file_may_be_anything, 0, HT_TABLES + OTHER_FILES);
    tcase_add_test(tests, pipe_is_no_store);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
