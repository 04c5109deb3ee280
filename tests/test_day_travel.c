/* Places of a day, who starts where, and the matrices of the modes in use. */
#include <check.h>

#include "model/travel.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_rows.h"

static int32_t travel(const char *staff, int32_t from, int32_t to) {
    return ht_problem_travel(&built.problem, built_shift(staff, 0)->mode, from, to);
}

static int32_t place_of(const char *visit) {
    return built.problem.visit[built_visit(visit)].place;
}

#define FOUR VISITS "\nV1;K1;" D ";08:00;30\nV2;K2;" D ";09:00;30\nV4;K4;" D ";10:00;30\n"

START_TEST(start_places) {
    small_day_load(FOUR, ROSTER MORNING("P1") MORNING("P2") MORNING("P3") MORNING("P4"));
    built_make(NULL);
    const ht_shift *a = built_shift("P1", 0), *b = built_shift("P4", 0), *home = built_shift("P3", 0);
    ck_assert_int_eq(a->start_place, a->end_place);
    ck_assert_int_eq(a->start_place, built_shift("P2", 0)->start_place);
    ck_assert_int_ne(a->start_place, b->start_place);
    ck_assert_int_eq(home->start_place, HT_NOWHERE);
    ck_assert_int_eq(home->end_place, HT_NOWHERE);
    ck_assert_int_eq(built.problem.places, 3 + 2);
    ck_assert_int_eq(travel("P1", a->start_place, place_of("V1")), 5 * 60);
    ck_assert_int_eq(travel("P4", b->start_place, place_of("V4")), 5 * 60);
    ck_assert_int_eq(travel("P3", home->start_place, place_of("V1")), 0);
    ck_assert_int_eq(travel("P3", place_of("V1"), place_of("V2")), 30 * 60);
}
END_TEST

/* Somebody lent starts at the other team's office, and has office time there; at home who starts at home. */
START_TEST(lent_start_places) {
    small_day_load(FOUR, ROSTER "P1;" D ";07:00;12:00;work;;;;B;\nP1;" D ";09:00;10:00;office;;;;;\n"
                                "P3;" D ";07:00;12:00;work;;;;B;\nP3;" D ";09:00;10:00;office;;;;;\n" MORNING("P4"));
    built_make(NULL);
    const ht_shift *lent = built_shift("P1", 0), *home = built_shift("P3", 0), *own = built_shift("P4", 0);
    ck_assert_int_eq(lent->start_place, own->start_place);
    ck_assert_int_eq(built.problem.block[lent->first_block].place, own->start_place);
    ck_assert_int_eq(home->start_place, HT_NOWHERE);
    ck_assert_int_eq(built.problem.block[home->first_block].place, own->start_place);
}
END_TEST

START_TEST(modes) {
    small_day_load(FOUR,
                   ROSTER MORNING("P1") "P2;" D ";07:00;12:00;work;;;;;walk\nP3;" D ";07:00;12:00;work;;;;;car\n");
    built_make(NULL);
    ck_assert_int_eq(built_shift("P1", 0)->mode, HT_CAR);
    ck_assert_int_eq(built_shift("P2", 0)->mode, HT_WALK);
    ck_assert_int_eq(built_shift("P3", 0)->mode, HT_CAR);
    ck_assert_ptr_null(built.problem.travel[HT_BICYCLE]);
    ck_assert_int_eq(travel("P1", place_of("V1"), place_of("V2")), 10 * 60);
    ck_assert_int_eq(travel("P2", place_of("V1"), place_of("V2")), 30 * 60);
}
END_TEST

START_TEST(legs_given_and_estimated) {
    small_day_load(FOUR, ROSTER MORNING("P1"));
    support_rows(&day.data, "travel", "from;to;mode;minutes\nK2;K4;car;7,5\nK1;K1;car;9\n");
    built_make(NULL);
    int32_t k1 = place_of("V1"), k2 = place_of("V2"), k4 = place_of("V4");
    ck_assert_int_eq(travel("P1", k2, k4), 450);
    ck_assert_int_eq(travel("P1", k1, k1), 0);
    ht_point second = {630000000, 201000000}, fourth = {631000000, 201000000};
    ck_assert_int_eq(travel("P1", k4, k2), ht_travel_estimate(&day.settings, HT_CAR, fourth, second));
    ck_assert_int_gt(travel("P1", k4, k2), 450);
}
END_TEST

/* One office, named or not: in the table, and without any table at the clients' centre. */
START_TEST(office_of_the_only_team) {
    static const char *const TEAMS[] = {"", "team_id;lat;lon\nA;63,0;20,0\n", "team_id;lat;lon\nA;63,0;20,0\n"};
    static const char *const LEGS[] = {"office;K1;car;4\n", "office;K1;car;4\n", "office:A;K1;car;4\n"};
    char legs[100];
    snprintf(legs, sizeof legs, "from;to;mode;minutes\n%s", LEGS[_i]);
    support_rows(&day.data, "teams", TEAMS[_i]);
    support_rows(&day.data, "clients", "client_id;team;lat;lon\nK1;A;63,0;20,0\nK2;A;63,0;20,2\n");
    support_rows(&day.data, "staff", "staff_id;team\nP1;A\n");
    support_rows(&day.data, "roster", ROSTER MORNING("P1"));
    support_rows(&day.data, "visits", TWO);
    support_rows(&day.data, "travel", legs);
    built_make(NULL);
    int32_t office = built_shift("P1", 0)->start_place;
    ht_point at = {630000000, _i == 0 ? 201000000 : 200000000}, k1 = {630000000, 200000000};
    ck_assert_int_eq(travel("P1", office, place_of("V1")), 240);
    ck_assert_int_eq(travel("P1", place_of("V1"), office), ht_travel_estimate(&day.settings, HT_CAR, k1, at));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("day_travel");
    TCase *places = tcase_create("places");
    tcase_add_checked_fixture(places, built_set_up, built_tear_down);
    tcase_add_test(places, start_places);
    tcase_add_test(places, lent_start_places);
    tcase_add_test(places, modes);
    tcase_add_test(places, legs_given_and_estimated);
    tcase_add_loop_test(places, office_of_the_only_team, 0, 3);
    suite_add_tcase(suite, places);
    return ht_run_suite(suite);
}
