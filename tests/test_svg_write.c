/* Charts: what is written is well-formed XML whatever the texts and numbers are, and shows each series. */
#include "io/svg_write.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support.h"

enum { ROOM = 1 << 18 };

static char folder[] = "/tmp/hemtur-svg-XXXXXX";
static char path[64];
static char text[ROOM];
static ht_err err;

static void set_up(void) {
    snprintf(folder, sizeof folder, "%s", "/tmp/hemtur-svg-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/x.svg", folder);
    ht_err_init(&err);
}

static void tear_down(void) {
    unlink(path);
    rmdir(folder);
}

static void write_chart(const ht_svg_chart *chart) {
    ck_assert_msg(ht_svg_write(chart, folder, "x.svg", &err) == HT_OK, "%s", err.text);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
}

static int32_t count(const char *what) {
    int32_t found = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
        found++;
    return found;
}

/* Elements are closed in the order they were opened; marks stand in tags alone. */
static void is_well_formed(void) {
    char open[32][16];
    int32_t depth = 0;
    const char *at = strstr(text, "<svg");
    ck_assert_ptr_nonnull(at);
    for (; (at = strchr(at, '<')) != NULL; at++) {
        const char *end = strchr(at, '>');
        ck_assert_ptr_nonnull(end);
        if (at[1] == '/') {
            ck_assert_int_gt(depth, 0);
            depth--;
            ck_assert_int_eq(strncmp(at + 2, open[depth], strlen(open[depth])), 0);
        } else if (end[-1] != '/') {
            ck_assert_int_lt(depth, 32);
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)strcspn(at + 1, " >"), at + 1);
        }
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_int_eq(count("&"), count("&#"));
    ck_assert_int_eq(count("nan") + count("inf"), 0);
}

static ht_svg_chart chart_of(const ht_svg_series *series, int32_t count_of_series, ht_svg_panel *panel) {
    *panel = (ht_svg_panel){.title = "a panel", .one = series, .series = count_of_series};
    return (ht_svg_chart){.title = "a title",
                          .description = "what it shows",
                          .x_title = "seconds",
                          .y_title = "points",
                          .panel = panel,
                          .panels = 1,
                          .columns = 1};
}

START_TEST(lines_bands_dots_and_legend) {
    const ht_svg_point banded[] = {{0, 5, 4, 6}, {1, 4, 3, 5}}, plain[] = {{0, 1, 1, 1}, {2, 3, 3, 3}};
    const ht_svg_series series[] = {{"first", HT_SVG_LINE, banded, 2}, {"second", HT_SVG_DOTS, plain, 2}};
    ht_svg_panel panel;
    ht_svg_chart chart = chart_of(series, 2, &panel);
    write_chart(&chart);
    is_well_formed();
    ck_assert_int_eq(count("class=\"band\""), 1);
    ck_assert_int_eq(count("<path class=\"line\""), 1);
    ck_assert_int_eq(count("<circle"), 2);
    ck_assert_int_eq(count(">first<"), 1);
    ck_assert_int_eq(count(">second<"), 1);
    ck_assert_int_eq(count("<title id=\"title\">a title</title>"), 1);
    ck_assert_int_eq(count("<desc id=\"desc\">what it shows</desc>"), 1);
    ck_assert_int_eq(count("http"), 1); /* the name space alone: nothing is fetched */
}
END_TEST

START_TEST(texts_are_escaped) {
    const ht_svg_point point[] = {{0, 1, 1, 1}};
    const ht_svg_series series[] = {{"</text><script>&\"'\x01", HT_SVG_LINE, point, 1}};
    ht_svg_panel panel;
    ht_svg_chart chart = chart_of(series, 1, &panel);
    chart.title = "<b> & \x1b";
    panel.title = "\"><script>";
    write_chart(&chart);
    is_well_formed();
    ck_assert_int_eq(count("<script"), 0);
    ck_assert_ptr_null(strchr(text, '\x01'));
    ck_assert_ptr_null(strchr(text, '\x1b'));
}
END_TEST

START_TEST(a_gap_ends_the_line) {
    const ht_svg_point point[] = {{0, 1, 1, 1}, {1, 2, 2, 2}, {2, NAN, NAN, NAN}, {3, 2, 2, 2}, {4, 1, 1, 1}};
    const ht_svg_series series[] = {{"a", HT_SVG_LINE, point, 5}};
    ht_svg_panel panel;
    ht_svg_chart chart = chart_of(series, 1, &panel);
    write_chart(&chart);
    is_well_formed();
    const char *path_of = strstr(text, " d=\"");
    ck_assert_ptr_nonnull(path_of);
    int32_t begun = 0;
    for (const char *at = path_of + 4; *at != '"'; at++)
        begun += *at == 'M';
    ck_assert_int_eq(begun, 2);
}
END_TEST

/* No data, one value, huge and tiny ranges, values that a logarithm does not have. */
static const ht_svg_point ODD[][3] = {
    {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
    {{NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}},
    {{1, 1e15, 1e15, 1e15}, {2, -1e15, -1e15, -1e15}, {3, 9e18, 0, 9e18}},
    {{1e-9, 1e-9, 1e-9, 1e-9}, {2e-9, 2e-9, 2e-9, 2e-9}, {3e-9, 1e-9, 1e-9, 1e-9}},
    {{-1, 5, 5, 5}, {0, 5, 5, 5}, {1e6, 5, 5, 5}},
    {{1, 1e15 + 1, 1e15, 1e15 + 2}, {2, 1e15, 1e15, 1e15}, {3, 1e15, 1e15, 1e15}},
};

START_TEST(odd_numbers) {
    const ht_svg_series series[] = {{"a", HT_SVG_LINE, ODD[_i / 2], 3}, {"none", HT_SVG_LINE, NULL, 0}};
    ht_svg_panel panel;
    ht_svg_chart chart = chart_of(series, 2, &panel);
    chart.x_scale = _i % 2 == 0 ? HT_SVG_LINEAR : HT_SVG_LOGARITHMIC;
    write_chart(&chart);
    is_well_formed();
    ck_assert_int_lt(count("<line class"), 80);
    ck_assert_int_lt(count("class=\"grid\""), 80); /* ticks do not run away */
}
END_TEST

START_TEST(a_folder_that_is_not_there) {
    ht_svg_panel panel;
    ht_svg_chart chart = chart_of(NULL, 0, &panel);
    ck_assert_int_eq(ht_svg_write(&chart, "/nowhere/at/all", "x.svg", &err), HT_ESYSTEM);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("svg_write");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, lines_bands_dots_and_legend);
    tcase_add_test(tests, texts_are_escaped);
    tcase_add_test(tests, a_gap_ends_the_line);
    tcase_add_loop_test(tests, odd_numbers, 0, 2 * (int)(sizeof ODD / sizeof ODD[0]));
    tcase_add_test(tests, a_folder_that_is_not_there);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
