/* Integer programs: known optima, limits, and failures of GLPK that neither end the process nor print. */
#include "solver/lp.h"

#include <stdio.h>
#include <unistd.h>

#include "tests/support.h"

static ht_err err;
static ht_lp *lp;
static FILE *printed;
static int out, errors;

/* What the test prints, GLPK included, goes to a file. */
static void set_up(void) {
    ht_err_init(&err);
    fflush(NULL);
    printed = tmpfile();
    out = dup(STDOUT_FILENO);
    errors = dup(STDERR_FILENO);
    dup2(fileno(printed), STDOUT_FILENO);
    dup2(fileno(printed), STDERR_FILENO);
    lp = ht_lp_create(&err);
    ck_assert_ptr_nonnull(lp);
}

static void tear_down(void) {
    ht_lp_destroy(lp);
    fflush(NULL);
    dup2(out, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    close(out);
    close(errors);
    fseek(printed, 0, SEEK_END);
    ck_assert_int_eq(ftell(printed), 0);
    fclose(printed);
}

static void rows(int32_t count, double lower, double upper) {
    ck_assert_msg(ht_lp_add_rows(lp, count, lower, upper, &err) == HT_OK, "%s", err.text);
}

/* A column with ones in the rows of the text: "02" is in rows 0 and 2. */
static void column(double cost, const char *in) {
    int32_t row[10], count = 0;
    double one[10];
    for (; in[count] != '\0'; count++) {
        row[count] = in[count] - '0';
        one[count] = 1;
    }
    ck_assert_msg(ht_lp_add_binary(lp, cost, count, row, one, &err) == HT_OK, "%s", err.text);
}

static bool solve(ht_lp_limits limits) {
    bool found = false;
    ck_assert_msg(ht_lp_solve_binary(lp, &limits, &found, &err) == HT_OK, "%s", err.text);
    return found;
}

static const ht_lp_limits FREE = {.nodes = 10000, .steps = 100000, .better_than = 1e30};

static void chosen(const char *expected) {
    for (int32_t i = 0; expected[i] != '\0'; i++)
        ck_assert_msg(ht_lp_chosen(lp, i) == (expected[i] == '1'), "column %d", i);
}

START_TEST(an_exact_cover_is_found) {
    rows(4, 1, 1);
    column(3, "01");
    column(1, "02");
    column(4, "23");
    column(2, "13");
    column(1, "0123");
    column(9, "0");
    ck_assert(solve(FREE));
    chosen("000010");
}
END_TEST

/* Of a ring of five no two neighbours: the relaxation takes half of each. */
static void ring(void) {
    rows(5, 0, 1);
    column(-1.0, "01");
    column(-1.1, "12");
    column(-1.2, "23");
    column(-1.1, "34");
    column(-1.0, "40");
}

START_TEST(a_fractional_relaxation_is_branched_on) {
    ring();
    ck_assert(solve(FREE));
    int32_t taken = 0;
    for (int32_t i = 0; i < 5; i++) {
        taken += ht_lp_chosen(lp, i);
        ck_assert(!(ht_lp_chosen(lp, i) && ht_lp_chosen(lp, (i + 1) % 5)));
    }
    ck_assert_int_eq(taken, 2);
    ck_assert(ht_lp_chosen(lp, 2) || (ht_lp_chosen(lp, 1) && ht_lp_chosen(lp, 3)));
}
END_TEST

START_TEST(coefficients_and_bounds_count) {
    const int32_t row[] = {0};
    const double weight[] = {5, 4, 3}, cost[] = {-10, -7, -6};
    rows(1, 0, 7);
    for (int32_t i = 0; i < 3; i++)
        ck_assert_int_eq(ht_lp_add_binary(lp, cost[i], 1, row, &weight[i], &err), HT_OK);
    ck_assert(solve(FREE));
    chosen("011");
}
END_TEST

START_TEST(an_infeasible_program_has_no_solution) {
    rows(2, 1, 1);
    column(1, "0");
    ck_assert(!solve(FREE));
}
END_TEST

/* Its relaxation is feasible: half of each. */
START_TEST(a_program_without_whole_solution_has_none) {
    rows(3, 1, 1);
    column(1, "01");
    column(1, "12");
    column(1, "20");
    ck_assert(!solve(FREE));
}
END_TEST

START_TEST(without_nodes_nothing_is_found) {
    ring();
    ht_lp_limits limits = FREE;
    limits.nodes = 0;
    ck_assert(!solve(limits));
    ck_assert(solve(FREE));
}
END_TEST

/* Twos that are to add up to an odd number: a tree of millions of nodes that holds nothing. */
START_TEST(steps_end_a_tree_that_nodes_do_not) {
    const int32_t row[] = {0};
    const double two[] = {2};
    ht_lp_limits limits = FREE;
    rows(1, 31, 31);
    for (int32_t i = 0; i < 40; i++)
        ck_assert_int_eq(ht_lp_add_binary(lp, 1 + 0.01 * i, 1, row, two, &err), HT_OK);
    limits.nodes = INT32_MAX - 1;
    limits.steps = 500;
    ck_assert(!solve(limits));
}
END_TEST

START_TEST(without_steps_nothing_is_found) {
    ht_lp_limits limits = FREE;
    ring();
    ck_assert(solve(FREE)); /* its steps are not counted again */
    limits.steps = 1;
    ck_assert(!solve(limits));
    limits.steps = 100;
    ck_assert(solve(limits));
}
END_TEST

START_TEST(only_better_solutions_are_of_use) {
    rows(2, 1, 1);
    column(3, "0");
    column(4, "1");
    ht_lp_limits limits = FREE;
    limits.better_than = 7;
    ck_assert(!solve(limits));
    limits.better_than = 7.5;
    ck_assert(solve(limits));
    chosen("11");
}
END_TEST

/* Three columns of pairs, and of what the relaxation leaves out a pair once more, which is of no use, and single ones. */
START_TEST(only_so_many_columns_are_branched_on) {
    ht_lp_limits limits = FREE;
    rows(3, 1, 1);
    column(10, "01");
    column(10, "12");
    column(10, "20");
    column(11, "01");
    column(16, "0");
    column(17, "1");
    column(18, "2");
    limits.columns = 1;
    ck_assert(!solve(limits));
    limits.columns = 2;
    ck_assert(solve(limits));
    chosen("0100100");
}
END_TEST

/* From any solution to begin with, or what is none, to the best. */
START_TEST(the_beginning_does_not_change_the_end) {
    static const char *const BEGINNING[] = {"", "000111", "010100", "111000", "111111"};
    rows(3, 1, 1);
    column(10, "01");
    column(10, "12");
    column(10, "20");
    column(16, "0");
    column(17, "1");
    column(18, "2");
    for (int32_t i = 0; BEGINNING[_i][i] != '\0'; i++)
        if (BEGINNING[_i][i] == '1')
            ck_assert_int_eq(ht_lp_begin_with(lp, i, &err), HT_OK);
    ck_assert(solve(FREE));
    chosen("010100");
}
END_TEST

START_TEST(a_column_that_is_not_there_begins_nothing) {
    rows(1, 1, 1);
    column(1, "0");
    ck_assert_int_eq(ht_lp_begin_with(lp, 5, &err), HT_ELP);
}
END_TEST

START_TEST(a_stop_ends_the_search) {
    atomic_int stop = 1;
    ht_lp_limits limits = FREE;
    ring();
    limits.stop = &stop;
    ck_assert(!solve(limits));
    atomic_store(&stop, 0);
    ck_assert(solve(limits));
}
END_TEST

START_TEST(time_enough_changes_nothing) {
    ht_lp_limits limits = FREE;
    ring();
    limits.seconds = 60;
    ck_assert(solve(limits));
}
END_TEST

/* ---- misuse ---- */

static void another_program_is_solved(void) {
    ht_lp_destroy(lp);
    ht_err_init(&err);
    lp = ht_lp_create(&err);
    ck_assert_ptr_nonnull(lp);
    rows(1, 1, 1);
    column(2, "0");
    column(1, "0");
    ck_assert(solve(FREE));
    chosen("01");
}

START_TEST(a_row_that_is_not_there_is_an_error) {
    const int32_t row[] = {0, 2};
    const double one[] = {1, 1};
    rows(2, 1, 1);
    ck_assert_int_eq(ht_lp_add_binary(lp, 1, 2, row, one, &err), HT_ELP);
    ck_assert_int_eq(strncmp(err.text, "GLPK: ", 6), 0);
    ck_assert_ptr_nonnull(strstr(err.text, "row index out of range"));
    another_program_is_solved();
}
END_TEST

START_TEST(a_row_named_twice_is_an_error) {
    const int32_t row[] = {1, 1};
    const double one[] = {1, 1};
    rows(2, 1, 1);
    ck_assert_int_eq(ht_lp_add_binary(lp, 1, 2, row, one, &err), HT_ELP);
    ck_assert_ptr_nonnull(strstr(err.text, "duplicate row indices not allowed"));
    another_program_is_solved();
}
END_TEST

START_TEST(no_rows_at_all_are_an_error) {
    ck_assert_int_eq(ht_lp_add_rows(lp, 0, 0, 1, &err), HT_ELP);
    ck_assert_ptr_nonnull(strstr(err.text, "invalid number of rows"));
    another_program_is_solved();
}
END_TEST

START_TEST(the_version_is_told) {
    ck_assert_int_ge(ht_lp_version()[0], '4');
    ht_lp_destroy(NULL);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("lp");
    TCase *tests = tcase_create("lp");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_exact_cover_is_found);
    tcase_add_test(tests, a_fractional_relaxation_is_branched_on);
    tcase_add_test(tests, coefficients_and_bounds_count);
    tcase_add_test(tests, an_infeasible_program_has_no_solution);
    tcase_add_test(tests, a_program_without_whole_solution_has_none);
    tcase_add_test(tests, without_nodes_nothing_is_found);
    tcase_add_test(tests, steps_end_a_tree_that_nodes_do_not);
    tcase_add_test(tests, without_steps_nothing_is_found);
    tcase_add_test(tests, only_better_solutions_are_of_use);
    tcase_add_test(tests, only_so_many_columns_are_branched_on);
    tcase_add_loop_test(tests, the_beginning_does_not_change_the_end, 0, 5);
    tcase_add_test(tests, a_column_that_is_not_there_begins_nothing);
    tcase_add_test(tests, a_stop_ends_the_search);
    tcase_add_test(tests, time_enough_changes_nothing);
    tcase_add_test(tests, a_row_that_is_not_there_is_an_error);
    tcase_add_test(tests, a_row_named_twice_is_an_error);
    tcase_add_test(tests, no_rows_at_all_are_an_error);
    tcase_add_test(tests, the_version_is_told);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
