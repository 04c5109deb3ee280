/* Levels: read from text, summed with overflow told, compared in order. */
#include "model/objective.h"

#include "model/plan.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

START_TEST(names_are_found) {
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        const char *name = ht_component_name(c);
        ck_assert_int_eq(ht_component_find(name, strlen(name)), c);
        ck_assert_int_eq(ht_component_find(name, strlen(name) - 1), HT_COMPONENTS);
    }
    ck_assert_int_eq(ht_component_find("travels", 6), HT_C_TRAVEL);
    ck_assert_int_eq(ht_component_find("", 0), HT_COMPONENTS);
}
END_TEST

START_TEST(a_level_is_read) {
    ht_level level;
    ht_err err;
    ht_err_init(&err);
    ck_assert_int_eq(ht_level_parse(" cost :1*travel+2 * overtime\t+ 300*unmet_wishes", &level, &err), HT_OK);
    ck_assert_str_eq(level.name, "cost");
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        int32_t weight = c == HT_C_TRAVEL ? 1 : c == HT_C_OVERTIME ? 2 : c == HT_C_WISHES ? 300 : 0;
        ck_assert_int_eq(level.weight[c], weight);
    }
}
END_TEST

#define NAMES                                                                                                          \
    "unplanned, lateness, lateness_max, continuity, unmet_wishes, travel, overtime, waiting, idle_max, spread, "       \
    "missed_breaks, changes, moved_starts, unusual_staff, staff_used"
#define FORM "a level is written \"name: weight*component + ...\", its name at most 31 of a-z, 0-9, _ and -"
#define WEIGHT ": expected weight*component, the weight a whole number from 0 to 1000000"

static const struct {
    const char *text, *message;
} BAD[] = {{"", FORM},
           {"cost", FORM},
           {": 1*travel", FORM},
           {"Cost: 1*travel", FORM},
           {"a2345678901234567890123456789012: 1*travel", FORM},
           {"cost:", "''" WEIGHT},
           {"cost: travel", "'travel'" WEIGHT},
           {"cost: -1*travel", "'-1*travel'" WEIGHT},
           {"cost: 1000001*travel", "'1000001*travel'" WEIGHT},
           {"cost: 99999999999999999999*travel", "'99999999999999999999*travel'" WEIGHT},
           {"cost: 1,5*travel", "'1,5*travel'" WEIGHT},
           {"cost: 1*", "'' is no component: expected one of " NAMES},
           {"cost: 1*fuel", "'fuel' is no component: expected one of " NAMES},
           {"cost: 1*travel + 2*travel", "travel stands twice in one level: give it one weight"},
           {"cost: 1*travel 2*overtime", "'2*overtime': expected + between the parts of a level"},
           {"cost: 1*travel +", "''" WEIGHT}};

START_TEST(bad_levels_are_refused) {
    ht_level level;
    ht_err err;
    ht_err_init(&err);
    ck_assert_int_eq(ht_level_parse(BAD[_i].text, &level, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, BAD[_i].message);
}
END_TEST

static ht_objective two_levels(void) {
    ht_objective objective = {.profile = "own", .levels = 2};
    ht_err err;
    ht_err_init(&err);
    ck_assert_int_eq(ht_level_parse("a: 3*unplanned + 1*lateness", &objective.level[0], &err), HT_OK);
    ck_assert_int_eq(ht_level_parse("b: 1000000*travel", &objective.level[1], &err), HT_OK);
    return objective;
}

START_TEST(levels_are_summed_and_compared) {
    ht_objective objective = two_levels();
    ht_values a = {{0}, {0}};
    ht_values b = {{0}, {0}};
    ht_err err;
    ht_err_init(&err);
    a.component[HT_C_UNPLANNED] = 2;
    a.component[HT_C_LATE] = 5;
    a.component[HT_C_TRAVEL] = 7;
    b.component[HT_C_UNPLANNED] = 3;
    b.component[HT_C_LATE] = 2;
    b.component[HT_C_TRAVEL] = 6;
    ck_assert_int_eq(ht_values_levels(&a, &objective, &err), HT_OK);
    ck_assert_int_eq(ht_values_levels(&b, &objective, &err), HT_OK);
    ck_assert_int_eq(a.level[0], 11);
    ck_assert_int_eq(a.level[1], 7000000);
    ck_assert_int_eq(ht_values_compare(&a, &b, &objective), 1); /* equal first levels, the second decides */
    ck_assert_int_eq(ht_values_compare(&b, &a, &objective), -1);
    ck_assert_int_eq(ht_values_compare(&a, &a, &objective), 0);
    a.level[0] = 10;
    ck_assert_int_eq(ht_values_compare(&a, &b, &objective), -1);
}
END_TEST

START_TEST(overflow_is_told) {
    ht_objective objective = two_levels();
    ht_values values = {{0}, {0}};
    ht_err err;
    ht_err_init(&err);
    values.component[HT_C_TRAVEL] = INT64_MAX / 1000000 + 1;
    ck_assert_int_eq(ht_values_levels(&values, &objective, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "level b is beyond 64 bits: lower its weights");
}
END_TEST

START_TEST(rules_have_names) {
    ck_assert_str_eq(ht_rule_name(HT_RULE_NONE), "none");
    ck_assert_str_eq(ht_rule_name(HT_RULE_FULL), "full");
    for (ht_rule rule = 0; rule < HT_RULES; rule++) {
        ck_assert_ptr_nonnull(ht_rule_name(rule));
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("objective");
    TCase *tests = tcase_create("objective");
    tcase_add_test(tests, names_are_found);
    tcase_add_test(tests, a_level_is_read);
    tcase_add_loop_test(tests, bad_levels_are_refused, 0, COUNT(BAD));
    tcase_add_test(tests, levels_are_summed_and_compared);
    tcase_add_test(tests, overflow_is_told);
    tcase_add_test(tests, rules_have_names);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
