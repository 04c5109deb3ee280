/* Folders of CSV files in which something has been changed at random: a cell, a line, some bytes. An import takes them or
 * says why not; a plan of what it took keeps every rule, and each other command does with it what it should. HT_FULL=1
 * changes more of them. */
#include <check.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rng.h"
#include "model/tables.h"
#include "tests/program.h"
#include "tests/support.h"
#include "tests/support_world.h"

enum { DONE = 0, BAD_INPUT = 2, TEXT_MAX = 1 << 16, CHANGES = 7 };

static char worlds[WORLD_PATH], pristine[WORLD_PATH], world[WORLD_PATH];

/* Values that some column takes, or nearly. */
static const char *const CELLS[] = {"",
                                    "0",
                                    "1",
                                    "-1",
                                    "2",
                                    "30",
                                    "1439",
                                    "1440",
                                    "99999",
                                    "2147483647",
                                    "0,5",
                                    "59,9",
                                    "-91",
                                    "00:00",
                                    "02:30",
                                    "07:30",
                                    "12:00",
                                    "23:59",
                                    "24:00",
                                    "24:01",
                                    "2026-12-31",
                                    "2026-12-27",
                                    "2027-02-29",
                                    "1900-01-01",
                                    "9999-12-31",
                                    "2026-12-31 12:00",
                                    "2026-12-28..2026-12-29|2027-01-01",
                                    "A1",
                                    "A2",
                                    "S1",
                                    "S2",
                                    "S1|S2|S1",
                                    "S1|",
                                    "North",
                                    "office",
                                    "office:North",
                                    "R1",
                                    "R1.20261231",
                                    "V1",
                                    "yes",
                                    "no",
                                    "work",
                                    "walk",
                                    "blocked",
                                    "insulin",
                                    "daily",
                                    "every 2 weeks fri",
                                    "holidays",
                                    "coverage: 1*unplanned",
                                    "met_points",
                                    "profile.x.1",
                                    "'=1+1",
                                    "\"",
                                    "a;b",
                                    "\xe5",
                                    "811228-9874"};
enum { CELL_COUNT = sizeof CELLS / sizeof CELLS[0] };

static const struct {
    const char *name, *text;
} MORE[] = {
    {"teams.csv", "team_id;unit;lat;lon\nNorth;Town;59,905;17,605\n"},
    {"skills.csv", "staff_id;skill;from;to\nS1;insulin;2026-01-01;\nS2;lift;;2027-01-01\n"},
    {"visits.csv", "visit_id;client_id;date;start;minutes;skill;staff_needed;after_visit;gap_min;gap_max;locked_staff;"
                   "locked_start;latest\nV1;A1;2026-12-31;09:00;30;insulin;;;;;;;\n"
                   "V2;A1;2026-12-31;11:00;20;;;V1;30;240;;;\nV3;A2;2026-12-31;09:30;40;;2;;;;S1;09:45;\n"},
    {"relations.csv", "client_id;staff_id;kind\nA1;S2;wished\nA2;S1;known\n"},
    {"travel.csv",
     "from;to;mode;minutes\nA1;A2;car;7,5\nA2;A1;car;8\noffice:North;A1;bicycle;12\nA1;office:North;bicycle;12\n"},
    {"settings.csv", "name;value\nlate_limit_min;90\n"}};

static char *read_file(const char *path, size_t *length) {
    static char text[TEXT_MAX];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    *length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[*length] = '\0';
    return text;
}

static void put(FILE *file, const char *bytes, size_t length) {
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
}

/* Where the n-th cell begins and how long it is; cells end at ';' and at line ends. */
static size_t cell_at(const char *text, int32_t n, size_t *length) {
    size_t at = 0;
    for (; n > 0; n--)
        at += strcspn(text + at, ";\n") + 1;
    *length = strcspn(text + at, ";\n");
    return at;
}

static int32_t cells_of(const char *text) {
    int32_t count = 0;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == ';' || *at == '\n';
    return count;
}

static size_t line_at(const char *text, size_t at, size_t *length) {
    while (at > 0 && text[at - 1] != '\n')
        at--;
    *length = strcspn(text + at, "\n");
    *length += text[at + *length] == '\n';
    return at;
}

static void write_changed(FILE *file, const char *text, size_t length, ht_rng *rng) {
    size_t part, other_part, at, other;
    int32_t cells = cells_of(text), kind = cells == 0 ? 0 : ht_rng_below(rng, CHANGES);
    if (length == 0)
        return;
    if (kind == 0) { /* a byte */
        at = (size_t)ht_rng_below(rng, (int32_t)length);
        char byte = (char)ht_rng_below(rng, 256);
        put(file, text, at);
        put(file, &byte, 1);
        put(file, text + at + 1, length - at - 1);
    } else if (kind == 1) { /* a line twice */
        at = line_at(text, (size_t)ht_rng_below(rng, (int32_t)length), &part);
        put(file, text, at + part);
        put(file, text + at, length - at);
    } else if (kind == 2) { /* a line that is missing */
        at = line_at(text, (size_t)ht_rng_below(rng, (int32_t)length), &part);
        put(file, text, at);
        put(file, text + at + part, length - at - part);
    } else if (kind == 3) { /* a cell of another place */
        at = cell_at(text, ht_rng_below(rng, cells), &part);
        other = cell_at(text, ht_rng_below(rng, cells), &other_part);
        put(file, text, at);
        put(file, text + other, other_part);
        put(file, text + at + part, length - at - part);
    } else { /* another value */
        const char *value = CELLS[ht_rng_below(rng, CELL_COUNT)];
        at = cell_at(text, ht_rng_below(rng, cells), &part);
        put(file, text, at);
        put(file, value, strlen(value));
        put(file, text + at + part, length - at - part);
    }
}

static void change(const char *path, ht_rng *rng) {
    size_t length;
    const char *text = read_file(path, &length);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    write_changed(file, text, length, rng);
    ck_assert_int_eq(fclose(file), 0);
}

static void change_some_file(ht_rng *rng) {
    char path[WORLD_PATH], name[64];
    do {
        snprintf(name, sizeof name, "data/%s.csv", ht_table_get((ht_table_id)ht_rng_below(rng, HT_TABLES))->name);
        world_join(path, world, name);
    } while (access(path, F_OK) != 0);
    change(path, rng);
}

/* What failed can be looked at: the folder is named and stays. */
static void expect(int round, const char *line, int least, int most) {
    int code = program_run_line(world, line, NULL);
    bool told = code == DONE || program_said(world)[0] != '\0';
    if (code < least || code > most || !told)
        ck_abort_msg("round %d of %d, %s in %s: exit code %d: %s", round, (int)getpid(), line, world, code,
                     program_said(world));
}

/* Plans a day, and does with it whatever is done with plans. */
static void use(int round, const char *day) {
    char line[200];
    snprintf(line, sizeof line, "plan --date %s --work 30 --threads 1", day);
    int code = program_run_line(world, line, NULL);
    if (code == BAD_INPUT) /* the day has no visits */
        return;
    ck_assert_msg(code == DONE, "round %d, %s in %s: exit code %d: %s", round, line, world, code, program_said(world));
    snprintf(line, sizeof line, "check --date %s", day);
    expect(round, line, DONE, DONE);
}

START_TEST(changed_folder_is_taken_or_refused_with_reasons) {
    ht_rng rng;
    int taken = 0, rounds = test_rounds(25, 300);
    ht_rng_init(&rng, 17, (uint64_t)_i);
    for (int round = 0; round < rounds; round++) {
        if (access(world, F_OK) == 0)
            world_remove(world);
        world_copy(pristine, world);
        for (int changes = ht_rng_below(&rng, 8) / 6; changes >= 0; changes--)
            change_some_file(&rng);
        int code = program_run_line(world, "import data", NULL);
        ck_assert_msg(code == DONE || (code == BAD_INPUT && program_said(world)[0] != '\0'),
                      "round %d in %s: exit code %d: %s", round, world, code, program_said(world));
        if (code != DONE)
            continue;
        taken++;
        use(round, "2026-12-31");
        use(round, "2026-10-25");
        expect(round, "export --out out --ics --weeks", DONE, DONE);
        expect(round, "continuity --from 2026-12-01 --to 2027-01-10 --format json", DONE, DONE);
        expect(round, "purge --before 2026-12-31", DONE, DONE);
    }
    ck_assert_int_gt(taken, 0);
    ck_assert_int_lt(taken, rounds);
}
END_TEST

enum { SEEDS = 4 };

static void set_up(void) {
    char data[WORLD_PATH], path[WORLD_PATH];
    world_make(worlds);
    world_join(pristine, worlds, "pristine");
    world_join(world, worlds, "world");
    ck_assert_int_eq(mkdir(pristine, 0700), 0);
    world_join(data, pristine, "data");
    world_copy(HT_SOURCE_DIR "/tests/golden/data/series", data);
    for (size_t i = 0; i < sizeof MORE / sizeof MORE[0]; i++) {
        world_join(path, data, MORE[i].name);
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        put(file, MORE[i].text, strlen(MORE[i].text));
        ck_assert_int_eq(fclose(file), 0);
    }
    world_copy(pristine, world);
    ck_assert_msg(program_run_line(world, "import data", NULL) == DONE, "%s", program_said(world));
}

static void tear_down(void) {
    world_remove(worlds);
}

int main(void) {
    Suite *suite = suite_create("mutated_files");
    TCase *tests = tcase_create("mutated_files");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 3600);
    tcase_add_loop_test(tests, changed_folder_is_taken_or_refused_with_reasons, 0, SEEDS);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
