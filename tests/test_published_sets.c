/* The evaluators of the published sets reproduce every published solution's cost; the readers refuse what is no instance.
 * The sets' licences keep them out of the repository: they are read beside it, and the tests of them skipped where they are
 * not there. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/numbers.h"
#include "io/json_read.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "io/vrptw_read.h"
#include "tests/support.h"

#define SETS HT_SOURCE_DIR "/../shared/benchmarks/"

static ht_err err;
static ht_arena arena;
static char path[512], other[512];

static void set_up(void) {
    ht_err_init(&err);
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

/* True where the folder is there; says so where it is not. */
static bool is_there(const char *folder) {
    if (access(folder, R_OK) == 0)
        return true;
    printf("skipped: there is no %s\n", folder);
    return false;
}

/* ---- UHHC ---- */

static const struct {
    const char *instance, *solution;
    int64_t cost; /* as published with the solution, or of best_known.csv */
} UHHC[] = {{"i-077", "solutions-sa-validation/sol-i-077-2613967691.json", 16164},
            {"i-083", "solutions-sa-validation/sol-i-083-3009906951.json", 12831},
            {"i-116", "solutions-sa-validation/sol-i-116-856064766.json", 17393},
            {"i-134", "solutions-sa-validation/sol-i-134-1081859337.json", 15820},
            {"i-219", "solutions-sa-validation/sol-i-219-4224899365.json", 11086},
            {"i-235", "solutions-sa-validation/sol-i-235-3801632009.json", 6021},
            {"i-247", "solutions-sa-validation/sol-i-247-2909947971.json", 21186},
            {"i-316", "solutions-sa-validation/sol-i-316-3481168423.json", 10196},
            {"i-369", "solutions-sa-validation/sol-i-369-1666545467.json", 25225},
            {"i-116", "solutions-cp-sat/i-116.sol.json", 17117},
            {"i-134", "solutions-cp-sat/i-134.sol.json", 15616},
            {"i-235", "solutions-cp-sat/i-235.sol.json", 4702},
            {"i-247", "solutions-cp-sat/i-247.sol.json", 19492}};

START_TEST(uhhc_solutions_cost_what_was_published) {
    if (!is_there(SETS "uhhc-2026"))
        return;
    ht_uhhc u;
    ht_uhhc_solution solution;
    ht_uhhc_cost cost;
    snprintf(path, sizeof path, SETS "uhhc-2026/validation/%s.json", UHHC[_i].instance);
    snprintf(other, sizeof other, SETS "uhhc-2026/%s", UHHC[_i].solution);
    ck_assert_msg(ht_uhhc_read(path, &u, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_uhhc_solution_read(other, &u, &arena, &solution, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_uhhc_evaluate(&u, &solution, &cost, &err), HT_OK);
    ck_assert_msg(cost.broken == 0, "%s", cost.first);
    ck_assert_int_eq(cost.total, UHHC[_i].cost);
    ht_uhhc_release(&u);
}
END_TEST

/* ---- Mankowska ---- */

/* Copies the cell at index of a line of a table without quotes. */
static void copy_cell(const char *line, int32_t index, char *out, size_t size) {
    for (; index > 0; index--)
        line += strcspn(line, ",\n") + 1;
    snprintf(out, size, "%.*s", (int)strcspn(line, ",\n"), line);
}

/* Name and cost (parts of the scale * 3) of the next row; false at the end. */
static bool next_mankowska(FILE *table, char name[64], int64_t *cost) {
    char line[512], cell[64];
    if (fgets(line, sizeof line, table) == NULL)
        return false;
    copy_cell(line, 1, name, 64);
    copy_cell(line, 13, cell, sizeof cell);
    ck_assert(ht_decimal_parse(cell, 3 * HT_MANKOWSKA_SCALE, cost));
    return true;
}

/* True where the program ran and found nothing wrong. */
static bool ran(const char *const *arguments) {
    int status = -1;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        char *copy[8] = {NULL};
        for (int32_t i = 0; i < 7 && arguments[i] != NULL; i++)
            copy[i] = strdup(arguments[i]);
        execvp(copy[0], copy);
        _exit(127);
    }
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The published solution of an instance in the folder: sol-NAME-SEED.json; false where there is none. */
static bool find_solution(const char *folder, const char *name) {
    char pattern[256];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/sol-%s-*.json", folder, name);
    bool there = glob(pattern, 0, NULL, &found) == 0;
    if (there)
        snprintf(other, sizeof other, "%s", found.gl_pathv[0]);
    globfree(&found);
    return there;
}

/* Of the solution at `other`; the solutions were made with distances of three decimals. */
static void compare_mankowska(const char *name, int64_t published) {
    ht_uhhc u;
    ht_uhhc_solution solution;
    ht_uhhc_cost cost;
    ck_assert_msg(ht_mankowska_read(path, &u, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_uhhc_solution_read(other, &u, &arena, &solution, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_uhhc_evaluate(&u, &solution, &cost, &err), HT_OK);
    ck_assert_msg(cost.broken == 0, "%s: %s", name, cost.first);
    int64_t off = cost.total > published ? cost.total - published : published - cost.total;
    ck_assert_msg(off <= 5 * 2 * (int64_t)(u.patients + u.caregivers) + 2, "%s: %lld, published %lld", name,
                  (long long)cost.total, (long long)published);
    ht_uhhc_release(&u);
}

START_TEST(mankowska_solutions_cost_what_was_published) {
    if (!is_there(SETS "hhcrsp-mankowska"))
        return;
    char folder[] = "/tmp/hemtur-sets-XXXXXX", name[64], head[1024];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    bool unpacked = ran((const char *const[]){
        "tar", "-xJf", (SETS "hhcrsp-mankowska/best-solutions-ceschia2024-json.tar.xz"), "-C", folder, NULL});
    if (!unpacked)
        printf("skipped: there is no tar or xz to unpack the solutions with\n");
    FILE *table = fopen(SETS "hhcrsp-mankowska/best_known.csv", "r");
    ck_assert_ptr_nonnull(table);
    int32_t compared = 0;
    int64_t published;
    ck_assert_ptr_nonnull(fgets(head, sizeof head, table));
    while (unpacked && next_mankowska(table, name, &published)) {
        snprintf(path, sizeof path, SETS "hhcrsp-mankowska/instances/%s.txt", name);
        if (access(path, R_OK) != 0 || !find_solution(folder, name))
            continue; /* the largest are in an archive of their own */
        compare_mankowska(name, published);
        compared++;
    }
    fclose(table);
    ck_assert(ran((const char *const[]){"rm", "-r", folder, NULL}));
    ck_assert_msg(!unpacked || compared >= 30, "%d compared", (int)compared);
}
END_TEST

/* ---- VRPTW ---- */

static void compare_vrptw(const char *name, int64_t published) {
    ht_vrptw v;
    ht_vrptw_solution solution;
    ht_vrptw_cost cost;
    snprintf(path, sizeof path, SETS "vrptw/solomon/%s.txt", name);
    if (access(path, R_OK) != 0) {
        char lower[64];
        int32_t i = 0;
        for (; name[i] != '\0'; i++)
            lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
        lower[i] = '\0';
        snprintf(path, sizeof path, SETS "vrptw/gehring-homberger-1000/%s.txt", lower);
    }
    snprintf(other, sizeof other, SETS "vrptw/solutions-cvrplib/%s.sol", name);
    ck_assert_msg(ht_vrptw_read(path, &v, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_vrptw_solution_read(other, &v, &arena, &solution, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_vrptw_evaluate(&v, &solution, &cost, &err), HT_OK);
    ck_assert_msg(cost.broken == 0, "%s: %s", name, cost.first);
    ck_assert_int_eq(cost.distance, published);
    ht_vrptw_release(&v);
}

START_TEST(vrptw_solutions_cost_what_was_published) {
    if (!is_there(SETS "vrptw"))
        return;
    FILE *table = fopen(SETS "vrptw/best_known.csv", "r");
    char line[512];
    int32_t compared = 0;
    ck_assert_ptr_nonnull(table);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, table));
    for (; fgets(line, sizeof line, table) != NULL; compared++) {
        char name[64], cell[64];
        int64_t cost;
        copy_cell(line, 0, name, sizeof name);
        copy_cell(line, 3, cell, sizeof cell);
        ck_assert(ht_decimal_parse(cell, HT_VRPTW_SCALE, &cost));
        compare_vrptw(name, cost);
    }
    fclose(table);
    ck_assert_int_eq(compared, 62);
}
END_TEST

/* ---- rules that published solutions keep ---- */

static const char SMALL[] =
    "{\"metadata\": {\"time_window_met\": \"at_service_start\", \"cost_components\": {\"travel_time\": 1,"
    " \"total_tardiness\": 2, \"highest_tardiness\": 3, \"total_waiting_time\": 5, \"total_extra_time\": 7,"
    " \"max_idle_time\": 11, \"caregiver_preferences\": 13, \"optional_patients\": 17, \"missed_lunch_break\": 19}},"
    " \"distances\": [[0, 10, 20], [10, 0, 5], [20, 5, 0]],"
    " \"terminal_points\": [{\"id\": \"d0\", \"distance_matrix_index\": 0}],"
    " \"services\": [{\"id\": \"s0\"}, {\"id\": \"s1\"}],"
    " \"caregivers\": [{\"id\": \"c1\", \"abilities\": [\"s0\"], \"departing_point\": \"d0\", \"arrival_point\": "
    "\"d0\","
    " \"working_shift\": {\"start\": 0, \"end\": 100}, \"lunch_break\": true}, {\"id\": \"c2\", \"abilities\": [\"s0\","
    " \"s1\"], \"departing_point\": \"d0\", \"arrival_point\": \"d0\", \"working_shift\": {\"start\": 0, \"end\": "
    "100}}],"
    " \"patients\": [{\"id\": \"p0\", \"distance_matrix_index\": 1, \"required_services\": [{\"service\": \"s0\","
    " \"duration\": 10}, {\"service\": \"s1\", \"duration\": 20}], \"time_windows\": [{\"start\": 10, \"end\": 20}],"
    " \"synchronization\": {\"type\": \"sequential\", \"distance\": {\"min\": 5, \"max\": 10}},"
    " \"preferred_caregivers\": [\"c1\"]}, {\"id\": \"p1\", \"distance_matrix_index\": 2, \"required_services\":"
    " [{\"service\": \"s0\", \"duration\": 10}], \"time_windows\": [{\"start\": 0, \"end\": 30}, {\"start\": 60, "
    "\"end\":"
    " 70}], \"incompatible_caregivers\": [\"c2\"], \"optional\": true}],"
    " \"lunch_breaks\": {\"start\": 30, \"end\": 50, \"min_duration\": 10}}";

/* Writes text to a file of its own and gives its name. */
static const char *written(char *name, const char *text) {
    int file = mkstemp(name);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq((int)write(file, text, strlen(text)), (int)strlen(text));
    close(file);
    return name;
}

static void read_small(ht_uhhc *u) {
    char name[] = "/tmp/hemtur-small-XXXXXX";
    ck_assert_msg(ht_uhhc_read(written(name, SMALL), u, &err) == HT_OK, "%s", err.text);
    unlink(name);
}

enum { C1, C2, P0 = 0, P1, S0 = 0, S1 };

static const struct {
    const char *what;
    ht_uhhc_stop first[3], second[2]; /* of c1, of c2; ended by a stop that ends at 0 */
    int64_t total;                    /* -1: a rule is broken */
    const char *broken;
} PLANS[] = {
    /* c1: leaves 0, p0 10-20, lunch there 30-40 after 10 of waiting, p1 60-70 after 15, back 90: idle 0 + 25 + 10.
     * c2: leaves 5, p0 15-35, back 45: idle 5 + 55 = 60. */
    {"everything is done",
     {{P0, S0, 10, 20}, {P0, HT_UHHC_BREAK, 30, 40}, {P1, S0, 60, 70}},
     {{P0, S1, 15, 35}},
     10 + 5 + 20 + 20 + 5 * 25 + 11 * 60 + 13,
     ""},
    /* c1 is late at p1 by 5 in its first window, misses lunch, back 65: idle 35. */
    {"late in the first of two windows",
     {{P0, S0, 10, 20}, {P1, S0, 35, 45}},
     {{P0, S1, 15, 35}},
     10 + 5 + 20 + 20 + 2 * 5 + 3 * 5 + 5 * 10 + 11 * 60 + 13 + 19,
     ""},
    /* An unused lunch counts as missed; c1 back 30, idle 70; p1 is optional. */
    {"an optional patient is left out", {{P0, S0, 10, 20}}, {{P0, S1, 15, 35}}, 20 + 20 + 11 * 70 + 13 + 17 + 19, ""},
    /* c1 is back at 125: 25 of extra time. p1 starts in its second window, 25 late: 3 * 25 the largest. */
    {"back after the shift",
     {{P0, S0, 10, 20}, {P0, HT_UHHC_BREAK, 30, 40}, {P1, S0, 95, 105}},
     {{P0, S1, 15, 35}},
     10 + 5 + 20 + 20 + 2 * 25 + 3 * 25 + 5 * 60 + 7 * 25 + 11 * 60 + 13,
     ""},
    {"before the window", {{P0, S0, 5, 15}}, {{P0, S1, 15, 35}}, -1, "p0 is served before the first time window"},
    {"too short", {{P0, S0, 10, 19}}, {{P0, S1, 15, 35}}, -1, "p0 is served for a shorter time than the service takes"},
    {"too far apart",
     {{P0, S0, 10, 20}},
     {{P0, S1, 21, 41}},
     -1,
     "the services of p0 are not as far apart as they must be"},
    {"not able", {{P0, S1, 15, 35}}, {{P0, S0, 10, 20}}, -1, "c1 is not able to do what p0 needs"},
    {"alone", {{0, 0, 0, 0}}, {{P0, S0, 10, 20}, {P0, S1, 20, 40}}, -1, "p0 is served by one caregiver alone"},
    {"incompatible", {{P0, S0, 10, 20}}, {{P0, S1, 15, 35}, {P1, S0, 40, 50}}, -1, "c2 and p1 are incompatible"},
    {"too fast", {{P0, S0, 10, 20}, {P1, S0, 24, 34}}, {{P0, S1, 15, 35}}, -1, "c1 cannot be at p1 in time"},
    {"leaves too early",
     {{P1, S0, 15, 25}, {P0, S0, 30, 40}},
     {{P0, S1, 35, 55}},
     -1,
     "c1 leaves before the shift begins"},
    {"half of what is needed", {{P0, S0, 10, 20}}, {{0, 0, 0, 0}}, -1, "p0 is not served with all that is needed"},
    {"twice", {{P1, S0, 20, 30}, {P1, S0, 30, 40}}, {{0, 0, 0, 0}}, -1, "p1 is served twice with the same service"},
};

static int32_t count_stops(const ht_uhhc_stop *stop, int32_t most) {
    int32_t count = 0;
    while (count < most && stop[count].end > 0)
        count++;
    return count;
}

START_TEST(every_part_and_rule_is_counted) {
    ht_uhhc u;
    ht_uhhc_cost cost;
    read_small(&u);
    ht_uhhc_route routes[] = {{C1, count_stops(PLANS[_i].first, 3), PLANS[_i].first},
                              {C2, count_stops(PLANS[_i].second, 2), PLANS[_i].second}};
    ht_uhhc_solution solution = {.routes = 2, .route = routes};
    ck_assert_int_eq(ht_uhhc_evaluate(&u, &solution, &cost, &err), HT_OK);
    ck_assert_msg(strcmp(cost.first, PLANS[_i].broken) == 0, "%s: %s", PLANS[_i].what, cost.first);
    if (PLANS[_i].total >= 0)
        ck_assert_msg(cost.total == PLANS[_i].total, "%s: %lld", PLANS[_i].what, (long long)cost.total);
    ht_uhhc_release(&u);
}
END_TEST

START_TEST(a_hard_part_must_be_nothing) {
    ht_uhhc u;
    ht_uhhc_cost cost;
    read_small(&u);
    u.hard[HT_UHHC_TARDINESS] = true;
    ht_uhhc_route routes[] = {{C1, 2, PLANS[1].first}, {C2, 1, PLANS[1].second}};
    ht_uhhc_solution solution = {.routes = 2, .route = routes};
    ck_assert_int_eq(ht_uhhc_evaluate(&u, &solution, &cost, &err), HT_OK);
    ck_assert_int_eq(cost.broken, 1);
    ck_assert_str_eq(cost.first, "total_tardiness must be 0");
    ck_assert_int_eq(cost.total, PLANS[1].total - 5); /* counted once, not twice */
    ht_uhhc_release(&u);
}
END_TEST

/* ---- what is no instance ---- */

static const struct {
    const char *from, *to, *message; /* the small instance with one text replaced */
} BAD[] = {
    {"\"distances\": [[0, 10, 20], ", "\"distances\": [", "as many numbers as there are rows"},
    {"[10, 0, 5]", "[10, 0]", "distances[1]: expected as many numbers"},
    {"[10, 0, 5]", "[10, -1, 5]", "numbers that are not negative"},
    {"[10, 0, 5]", "[10, \"0\", 5]", "numbers that are not negative"},
    {"[10, 0, 5]", "[10, NaN, 5]", "this is no JSON"},
    {"[10, 0, 5]", "[10, 1e300, 5]", "numbers that are not negative"},
    {"\"travel_time\": 1,", "\"travel_time\": -1,", "a weight from 0 to 1000000"},
    {"\"travel_time\": 1,", "\"fuel\": 1,", "the set's cost parts alone"},
    {"at_service_start", "at_noon", "at_service_start, at_service_end"},
    {"\"abilities\": [\"s0\"]", "\"abilities\": [\"s9\"]", "abilities that are services"},
    {"\"id\": \"c2\"", "\"id\": \"c1\"", "caregivers[1]: expected an id of its own"},
    {"\"id\": \"p1\"", "\"id\": \"p0\"", "patients[1]: expected an id of its own"},
    {"\"distance_matrix_index\": 2", "\"distance_matrix_index\": 3", "a row of the distances"},
    {"\"min\": 5", "\"min\": 15", "sequential with a distance"},
    {"\"sequential\"", "\"sometimes\"", "sequential with a distance"},
    {"{\"start\": 60, \"end\": 70}", "{\"start\": 60, \"end\": 50}", "time_windows in order"},
    {"\"preferred_caregivers\": [\"c1\"]", "\"preferred_caregivers\": [\"c7\"]", "known caregivers"},
    {"\"duration\": 20}", "\"duration\": 20}, {\"service\": \"s0\", \"duration\": 5}", "one or two required_services"},
    {"\"service\": \"s1\"", "\"service\": \"s0\"", "two different services"},
    {"\"lunch_breaks\"", "", "this is no JSON"},
    {"[10, 0, 5]", "[10, 0, 5.5]", "whole numbers that are not negative"},
    {"\"optional\": true", "\"optional\": 1", "an optional that is true or false"},
    {"\"lunch_break\": true", "\"lunch_break\": \"yes\"", "a lunch_break that is true or false"},
    {"\"lunch_breaks\"", "\"other_breaks\"", "lunch_breaks: expected start, end and min_duration"},
    {"\"synchronization\"", "\"sync\"", "a synchronization that is simultaneous"}};

START_TEST(what_is_no_instance_is_refused) {
    char text[2 * sizeof SMALL], name[] = "/tmp/hemtur-bad-XXXXXX";
    const char *at = strstr(SMALL, BAD[_i].from);
    ck_assert_ptr_nonnull(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - SMALL), SMALL, BAD[_i].to, at + strlen(BAD[_i].from));
    ht_uhhc u;
    ck_assert_int_eq(ht_uhhc_read(written(name, text), &u, &err), HT_EINPUT);
    unlink(name);
    ck_assert_msg(strstr(err.text, BAD[_i].message) != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_truncated_instance_is_refused) {
    for (size_t length = 0; length < sizeof SMALL - 1; length += 7) {
        char text[sizeof SMALL], name[] = "/tmp/hemtur-cut-XXXXXX";
        snprintf(text, sizeof text, "%.*s", (int)length, SMALL);
        ht_uhhc u;
        ck_assert_int_eq(ht_uhhc_read(written(name, text), &u, &err), HT_EINPUT);
        unlink(name);
    }
}
END_TEST

#define TWO_VEHICLES                                                                                                   \
    "nbNodes\n3\nnbVehi\n2\nnbServi\n1\nr\n0 1 0\nDS\n\na\n1 1\nx\n0 0 0\ny\n0 0 0\nd\n0 1 0 1 0 1 0 1 0\n"

static const struct {
    const char *text, *message;
} BAD_TEXT[] = {
    {"", "the file ends where this is expected: nbNodes; is it cut off?"},
    {"nbNodes\n2\n", "a number from 3 to 10002"},
    {"nbNodes\n3\nnbVehi\n1\nnbServi\n1\nr\n1 2 1\n", ":8: '2': expected a number from 0 to 1"},
    {"nbNodes\n3\nnbVehi\n1\nnbServi\n1\nr\n1 1 1\nDS\n9\n", "a number from 2 to 2"},
    {"nbNodes\n3\nnbVehi\n1\nnbServi\n1\nr\n1 1 1\nDS\n\na\n1\nx\n0 0 0\ny\n0 0 0\nd\n0 nan 0\n",
     "'nan': expected a number"},
    {"nbNodes\n3\nnbVehi\n1\nnbServi\n1\nr\n1 1 1\nDS\n\na\n1\nx\n0 0 0\ny\n0 0 0\nd\n0 1 0 1 0 1 0 1 0\np\n0 5 "
     "0\nmind\n0 0 "
     "0\nmaxd\n0 0 0\ne\n0 0 0\nl\n0 9\n",
     "the file ends where this is expected: a number"},
    {"nbNodes\n5000\nnbVehi\n2000\nnbServi\n64\nr\n1 1 1\n", ":7: 'r': expected as many numbers as the sizes say"},
    {"nbNodes\n3\nnbVehi\n1\nnbServi\n1\nr\n1 0 1\nDS\n\na\n1\nx\n0 0 0\ny\n0 0 0\nd\n0 1 0 1 0 1 0 1 0\np\n0 5 "
     "0\nmind\n0 0 "
     "0\nmaxd\n0 0 0\ne\n0 0 0\nl\n0 9 9\n",
     "patient p1: the services do not go together"},
    {"nbNodes\n4\nnbVehi\n1\nnbServi\n1\nr\n1 1 1 1\nDS\n2 3 2\n", ":10: '2': expected each patient once"},
    {TWO_VEHICLES "p\n0 0 5 6 0 0\n", ":20: '6': expected the duration that the first vehicle has there"},
    {TWO_VEHICLES "p\n0 0 5 5 0 0\nmind\n0 0 0\nmaxd\n0 0 0\ne\n0 9 0\nl\n9 8 9\n",
     "patient p1: the time window is empty: e is after l"},
    {TWO_VEHICLES "p\n0 0 5 5 0 0\nmind\n0 0 0\nmaxd\n0 0 0\ne\n0 0 0\nl\n9 8 9\n7\n",
     "'7': expected the end of the file"},
};

START_TEST(what_is_no_mankowska_text_is_refused) {
    char name[] = "/tmp/hemtur-text-XXXXXX";
    ht_uhhc u;
    ck_assert_int_eq(ht_mankowska_read(written(name, BAD_TEXT[_i].text), &u, &err), HT_EINPUT);
    unlink(name);
    ck_assert_msg(strstr(err.text, BAD_TEXT[_i].message) != NULL, "%s", err.text);
}
END_TEST

static const struct {
    const char *rows, *message; /* from the tenth line on */
} BAD_ROWS[] = {
    {"0 0 0 0 0 100 0\n", ":10: '0': expected a depot and customers"},
    {"0 0 0 0 0 100 0\n1 1 1 6 0 50\n", "the file ends where this is expected: a number from 0 to"},
    {"0 0 0 0 0 100 0\n2 1 1 6 0 50 5\n", ":11: '2': expected a number from 1 to 1"},
    {"0 0 0 0 0 100 0\n1 1 1 6 60 50 5\n", ":11: '50': expected a due date that is not before the ready time"},
    {"0 0 0 0 0 100 0\n1 1.5 1 6 0 50 5\n", ":11: '1.5': expected a whole number"},
    {"0 0 0 0 0 100 0\n1 1 1 6 0 50.25 5\n", ":11: '50.25': expected a number with fewer decimals"},
    {"0 0 0 0 0 100 0\n1 1 1 -6 0 50 5\n", ":11: '-6': expected a number from 0 to 1000000"},
    {"0 0 0 0 0 100 0\n1 1 1 6 0 inf 5\n", ":11: 'inf': expected a number"},
    {"0 0 0 3 0 100 0\n1 1 1 6 0 50 5\n", ":10: '3': expected a number from 0 to 0"},
    {"0 0 0 0 0 100 0\n1 1 1 6 0 50 5\nEOF\n", ":12: 'EOF': expected the end of the file"},
};

START_TEST(what_is_no_vrptw_text_is_refused) {
    char name[] = "/tmp/hemtur-text-XXXXXX", text[512];
    ht_vrptw v;
    snprintf(text, sizeof text, "toy\n\nVEHICLE\nNUMBER CAPACITY\n 1 10\n\nCUSTOMER\nCUST NO. X Y\n\n%s",
             BAD_ROWS[_i].rows);
    ck_assert_int_eq(ht_vrptw_read(written(name, text), &v, &err), HT_EINPUT);
    unlink(name);
    ck_assert_msg(strstr(err.text, BAD_ROWS[_i].message) != NULL, "%s", err.text);
}
END_TEST

/* What instances of each kind are cut to that may be taken: where all that is used is there. */
static bool uhhc_is_whole(const char *text) {
    const char *end = strrchr(text, ']');
    return end != NULL && strcmp(end, "]\n}") == 0;
}

static int32_t words_in(const char *text) {
    int32_t count = 0;
    for (text += strspn(text, " \r\n"); *text != '\0'; text += strspn(text, " \r\n")) {
        text += strcspn(text, " \r\n");
        count++;
    }
    return count;
}

/* Of the last number, that of the depot, nothing is used. */
static bool mankowska_is_whole(const char *text) {
    const char *last = strstr(text, "\nl\n");
    return last != NULL && words_in(last) == 1 + 5;
}

/* The form has no number of customers: so many whole rows are an instance, two at least. */
static bool vrptw_is_whole(const char *text) {
    enum { HEAD = 18, ROW = 7 };
    return words_in(text) >= HEAD + 2 * ROW && (words_in(text) - HEAD) % ROW == 0;
}

static const struct {
    const char *file;
    bool (*is_whole)(const char *text);
} CUT[] = {{"uhhc.json", uhhc_is_whole}, {"mankowska.txt", mankowska_is_whole}, {"vrptw.txt", vrptw_is_whole}};

static ht_status read_any(const char *name, int kind) {
    ht_uhhc u;
    ht_vrptw v;
    ht_status status = kind == 0   ? ht_uhhc_read(name, &u, &err)
                       : kind == 1 ? ht_mankowska_read(name, &u, &err)
                                   : ht_vrptw_read(name, &v, &err);
    if (!status && kind < 2)
        ht_uhhc_release(&u);
    if (!status && kind == 2)
        ht_vrptw_release(&v);
    return status;
}

START_TEST(a_cut_instance_is_refused) {
    char text[1 << 13];
    snprintf(path, sizeof path, HT_SOURCE_DIR "/tests/golden/data/solve/%s", CUT[_i].file);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t cut = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[cut] = '\0';
    for (bool is_whole = true; cut > 0; text[--cut] = '\0', is_whole = CUT[_i].is_whole(text)) {
        char name[] = "/tmp/hemtur-cut-XXXXXX";
        ht_status status = read_any(written(name, text), _i);
        unlink(name);
        ck_assert_msg(status == (is_whole ? HT_OK : HT_EINPUT), "%s cut to %zu: %d", CUT[_i].file, cut, (int)status);
    }
}
END_TEST

START_TEST(an_endless_text_is_refused) {
    ht_uhhc u;
    ck_assert_int_eq(ht_mankowska_read("/dev/zero", &u, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "/dev/zero is longer than 256 MiB");
}
END_TEST

START_TEST(a_small_vrptw_is_read_and_counted) {
    char name[] = "/tmp/hemtur-vrptw-XXXXXX", routes[] = "/tmp/hemtur-routes-XXXXXX";
    ht_vrptw v;
    ht_vrptw_solution solution;
    ht_vrptw_cost cost;
    ck_assert_msg(ht_vrptw_read(written(name, "toy\n\nVEHICLE\nNUMBER CAPACITY\n 1 10\n\nCUSTOMER\nCUST NO. X Y D\n\n"
                                              "0 0 0 0 0 100 0\n1 1 1 6 0 50 5\n2 2 2 6 30 40 5\n"),
                                &v, &err) == HT_OK,
                  "%s", err.text);
    ck_assert_int_eq(v.places, 3);
    ck_assert_int_eq(ht_vrptw_distance(&v, 0, 1), 14); /* 1.414..., cut */
    ck_assert_int_eq(ht_vrptw_solution_read(written(routes, "Route #1: 1 2\nCost 5.6\n"), &v, &arena, &solution, &err),
                     HT_OK);
    ck_assert_int_eq(ht_vrptw_evaluate(&v, &solution, &cost, &err), HT_OK);
    ck_assert_int_eq(cost.distance, 14 + 14 + 28);
    ck_assert_str_eq(cost.first, "the load of a route exceeds the capacity: 12");
    unlink(name);
    unlink(routes);
    ht_vrptw_release(&v);
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static Suite *suite(void) {
    Suite *s = suite_create("published_sets");
    TCase *published = tcase_create("published");
    tcase_add_checked_fixture(published, set_up, tear_down);
    tcase_set_timeout(published, 60);
    tcase_add_loop_test(published, uhhc_solutions_cost_what_was_published, 0, COUNT(UHHC));
    tcase_add_test(published, mankowska_solutions_cost_what_was_published);
    tcase_add_test(published, vrptw_solutions_cost_what_was_published);
    suite_add_tcase(s, published);
    TCase *rules = tcase_create("rules");
    tcase_add_checked_fixture(rules, set_up, tear_down);
    tcase_add_loop_test(rules, every_part_and_rule_is_counted, 0, COUNT(PLANS));
    tcase_add_test(rules, a_hard_part_must_be_nothing);
    tcase_add_test(rules, a_small_vrptw_is_read_and_counted);
    suite_add_tcase(s, rules);
    TCase *bad = tcase_create("bad input");
    tcase_add_checked_fixture(bad, set_up, tear_down);
    tcase_add_loop_test(bad, what_is_no_instance_is_refused, 0, COUNT(BAD));
    tcase_add_test(bad, a_truncated_instance_is_refused);
    tcase_add_loop_test(bad, what_is_no_mankowska_text_is_refused, 0, COUNT(BAD_TEXT));
    tcase_add_loop_test(bad, what_is_no_vrptw_text_is_refused, 0, COUNT(BAD_ROWS));
    tcase_add_loop_test(bad, a_cut_instance_is_refused, 0, COUNT(CUT));
    tcase_add_test(bad, an_endless_text_is_refused);
    suite_add_tcase(s, bad);
    return s;
}

int main(void) {
    return ht_run_suite(suite());
}
