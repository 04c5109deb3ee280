/* Groups as sums over clients, and what of them may leave the house. */
#include "model/continuity_groups.h"

#include <math.h>

#include "base/rng.h"
#include "tests/support.h"

enum { TEAMS = 6, CLIENTS = 60 };

static ht_dataset data;
static ht_array clients, groups;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_array_init(&clients, sizeof(ht_client_continuity), &ht_allocator_system);
    ht_array_init(&groups, sizeof(ht_group_continuity), &ht_allocator_system);
}

static void tear_down(void) {
    ht_array_release(&groups);
    ht_array_release(&clients);
    ht_dataset_release(&data);
}

static ht_sym text(const char *word) {
    return ht_strings_intern(&data.text, word, strlen(word));
}

static ht_client_continuity *add(const char *team, const char *unit, int32_t distinct) {
    ht_client_continuity *client = ht_array_push(&clients);
    ck_assert_ptr_nonnull(client);
    *client = (ht_client_continuity){.team = text(team),
                                     .unit = text(unit),
                                     .distinct = distinct,
                                     .floor = 1,
                                     .per_day = 1,
                                     .upc = 0.5,
                                     .coc = NAN,
                                     .secon = 0.25,
                                     .entropy = 1,
                                     .total = {.visits = 10, .by_contact = distinct > 2 ? 2 : distinct}};
    return client;
}

static void add_many(const char *team, const char *unit, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        add(team, unit, i + 1);
}

static const ht_group_continuity *find(ht_group_level level, const char *id) {
    const ht_group_continuity *group = groups.items;
    for (int32_t i = 0; i < groups.count; i++)
        if (group[i].level == level && strcmp(group[i].id, id) == 0)
            return &group[i];
    ck_abort_msg("there is no group '%s'", id);
}

static void assert_near(double value, double expected) {
    ck_assert_msg(fabs(value - expected) < 1e-12, "%.15g, expected %.15g", value, expected);
}

START_TEST(sums) {
    add_many("A", "U", 10);
    add("B", "U", 21)->excluded_reason = "away";
    add("B", "", 30);
    ck_assert(ht_continuity_groups(&data, &clients, &groups));
    const ht_group_continuity *a = find(HT_LEVEL_TEAM, "A"), *all = find(HT_LEVEL_ALL, "");
    ck_assert_int_eq(a->clients, 10);
    ck_assert_int_eq(a->counted, 10);
    assert_near(a->mean_distinct, 5.5);
    assert_near(a->mean_floor, 1);
    assert_near(a->median_distinct, 5.5);
    assert_near(a->p90_distinct, 9);
    assert_near(a->share_above_20, 0);
    ck_assert_int_eq(all->clients, 12);
    ck_assert_int_eq(all->counted, 11);
    assert_near(all->mean_distinct, 85.0 / 11);
    assert_near(all->share_above_20, 1.0 / 11);
    assert_near(all->upc, 0.5);
    ck_assert(isnan(all->coc));
    ck_assert_int_eq(all->total.visits, 120);
    ck_assert_int_eq(find(HT_LEVEL_UNIT, "U")->clients, 11);
    ck_assert_int_eq(find(HT_LEVEL_CLASS, "1")->clients, 12);
    ck_assert_int_eq(groups.items == all ? 0 : groups.count, 5);
}
END_TEST

START_TEST(nobody) {
    ck_assert(ht_continuity_groups(&data, &clients, &groups));
    ck_assert_int_eq(groups.count, 1);
    ck_assert(isnan(find(HT_LEVEL_ALL, "")->mean_distinct));
    ht_groups_suppress(&groups);
    ck_assert_ptr_null(find(HT_LEVEL_ALL, "")->suppressed);
}
END_TEST

/* ---- suppression ---- */

static void suppress(void) {
    ck_assert(ht_continuity_groups(&data, &clients, &groups));
    ht_groups_suppress(&groups);
}

static void assert_suppressed(ht_group_level level, const char *id, const char *reason) {
    const char *found = find(level, id)->suppressed;
    ck_assert_str_eq(found == NULL ? "shown" : found, reason);
}

START_TEST(five_are_shown) {
    add_many("A", "", 5);
    add_many("B", "", 5);
    suppress();
    assert_suppressed(HT_LEVEL_TEAM, "A", "shown");
    assert_suppressed(HT_LEVEL_TEAM, "B", "shown");
    assert_suppressed(HT_LEVEL_ALL, "", "shown");
}
END_TEST

/* A has 4: the whole less B and C would tell of it, so that the next smallest, C, is hidden too. */
START_TEST(one_few_hides_another) {
    add_many("A", "", 4);
    add_many("B", "", 9);
    add_many("C", "", 6);
    suppress();
    assert_suppressed(HT_LEVEL_TEAM, "A", "few");
    assert_suppressed(HT_LEVEL_TEAM, "B", "shown");
    assert_suppressed(HT_LEVEL_TEAM, "C", "complement");
}
END_TEST

/* Two of 2 clients each are 4 together: still too few to be told from the whole. */
START_TEST(two_few_together) {
    add_many("A", "", 2);
    add_many("B", "", 2);
    add_many("C", "", 8);
    add_many("D", "", 9);
    suppress();
    assert_suppressed(HT_LEVEL_TEAM, "C", "complement");
    assert_suppressed(HT_LEVEL_TEAM, "D", "shown");
}
END_TEST

START_TEST(two_few_are_enough) {
    add_many("A", "", 2);
    add_many("B", "", 3);
    add_many("C", "", 8);
    suppress();
    assert_suppressed(HT_LEVEL_TEAM, "C", "shown");
}
END_TEST

/* Within each unit, whose own row is shown. */
START_TEST(teams_of_a_unit) {
    add_many("A", "U", 3);
    add_many("B", "U", 20);
    add_many("C", "W", 3);
    add_many("D", "W", 20);
    suppress();
    assert_suppressed(HT_LEVEL_UNIT, "U", "shown");
    assert_suppressed(HT_LEVEL_TEAM, "B", "complement");
    assert_suppressed(HT_LEVEL_TEAM, "D", "complement");
}
END_TEST

/* W is hidden because of U; its teams would sum up to it. */
START_TEST(teams_of_a_hidden_unit) {
    add_many("A", "U", 3);
    add_many("C", "W", 10);
    add_many("D", "W", 10);
    add_many("E", "X", 30);
    suppress();
    assert_suppressed(HT_LEVEL_UNIT, "U", "few");
    assert_suppressed(HT_LEVEL_UNIT, "W", "complement");
    assert_suppressed(HT_LEVEL_TEAM, "C", "complement");
    assert_suppressed(HT_LEVEL_TEAM, "D", "complement");
    assert_suppressed(HT_LEVEL_UNIT, "X", "shown");
    assert_suppressed(HT_LEVEL_TEAM, "E", "shown");
}
END_TEST

/* Three clients are in no unit: all less the units would tell of them. */
START_TEST(those_in_no_unit) {
    add_many("A", "U", 10);
    add_many("B", "W", 20);
    add_many("C", "", 3);
    suppress();
    assert_suppressed(HT_LEVEL_UNIT, "U", "complement");
    assert_suppressed(HT_LEVEL_UNIT, "W", "shown");
    assert_suppressed(HT_LEVEL_TEAM, "C", "few");
}
END_TEST

/* Ten clients, of whom four count: the mean would be about four. */
START_TEST(few_who_count) {
    add_many("A", "", 10);
    for (int32_t i = 0; i < 6; i++)
        ((ht_client_continuity *)clients.items)[i].excluded_reason = "away";
    add_many("B", "", 10);
    add_many("C", "", 10);
    suppress();
    assert_suppressed(HT_LEVEL_TEAM, "A", "few");
    assert_suppressed(HT_LEVEL_TEAM, "B", "complement");
    assert_suppressed(HT_LEVEL_TEAM, "C", "shown");
}
END_TEST

/* Whatever the groups: what is hidden of a whole that is shown is two groups at least, of five clients together. */
static void assert_hidden(ht_group_level level, const char *unit, int32_t whole, int32_t shown_least) {
    const ht_group_continuity *group = groups.items;
    int32_t shown = 0, parts = 0, hidden = 0;
    for (int32_t i = 0; i < groups.count; i++) {
        if (group[i].level != level || strcmp(group[i].unit, unit) != 0)
            continue;
        parts++;
        hidden += group[i].suppressed != NULL;
        shown += group[i].suppressed == NULL ? group[i].clients : 0;
        ck_assert(group[i].suppressed != NULL || group[i].clients >= shown_least);
    }
    ck_assert_msg(hidden != 1 || parts == 1, "one of %d groups is hidden", (int)parts);
    ck_assert_msg(whole == shown || whole - shown >= HT_PUBLISHED_LEAST, "%d clients are told by subtraction",
                  (int)(whole - shown));
}

START_TEST(nothing_is_told_by_subtraction) {
    ht_rng rng;
    ht_rng_init(&rng, 5, (uint64_t)_i);
    for (int32_t t = 0; t < TEAMS; t++) {
        char team[8], unit[8];
        snprintf(team, sizeof team, "T%d", (int)t);
        snprintf(unit, sizeof unit, "U%d", (int)ht_rng_below(&rng, 3));
        add_many(team, unit, ht_rng_below(&rng, 12));
    }
    suppress();
    const ht_group_continuity *group = groups.items;
    if (clients.count >= HT_PUBLISHED_LEAST)
        assert_hidden(HT_LEVEL_UNIT, "", clients.count, HT_PUBLISHED_LEAST);
    for (int32_t i = 0; i < groups.count; i++)
        if (group[i].level == HT_LEVEL_UNIT && group[i].suppressed == NULL)
            assert_hidden(HT_LEVEL_TEAM, group[i].id, group[i].clients, HT_PUBLISHED_LEAST);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("continuity_groups");
    TCase *one = tcase_create("groups");
    tcase_add_checked_fixture(one, set_up, tear_down);
    tcase_add_test(one, sums);
    tcase_add_test(one, nobody);
    tcase_add_test(one, five_are_shown);
    tcase_add_test(one, one_few_hides_another);
    tcase_add_test(one, two_few_together);
    tcase_add_test(one, two_few_are_enough);
    tcase_add_test(one, teams_of_a_unit);
    tcase_add_test(one, teams_of_a_hidden_unit);
    tcase_add_test(one, those_in_no_unit);
    tcase_add_test(one, few_who_count);
    tcase_add_loop_test(one, nothing_is_told_by_subtraction, 0, 200);
    suite_add_tcase(s, one);
    return s;
}

int main(void) {
    return ht_run_suite(suite());
}
