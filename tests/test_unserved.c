/* Why a visit of a published instance is in no route: each reason, and none that the instance does not hold. */
#include "model/unserved.h"

#include <check.h>
#include <string.h>

#include "tests/support.h"

/* Place 0 is the depot, 10 from place 1. Two caregivers with shifts from 0 to 100, one patient with two services. */
static const int32_t DISTANCE[] = {0, 10, 10, 0};

typedef struct world {
    uint8_t able[4], incompatible[2]; /* caregiver by service; caregiver */
    int32_t needs;
    ht_uhhc_pair pair;
    ht_uhhc_window window[2];
    int32_t windows, shift_end;
    ht_uhhc_met met;
    bool late_hard, extra_hard;
} world;

static const struct {
    const char *what;
    world w;
    ht_unserved_reason reason;
} CASES[] = {
    {"everybody can", {{1, 1, 1, 1}, {0, 0}, 1, 0, {{20, 60}}, 1, 100, 0, true, true}, HT_UNSERVED_NO_ROOM},
    {"no such skill", {{0, 1, 0, 1}, {0, 0}, 1, 0, {{20, 60}}, 1, 100, 0, true, true}, HT_UNSERVED_NOBODY_ABLE},
    {"the able one is refused",
     {{1, 1, 0, 1}, {1, 0}, 1, 0, {{20, 60}}, 1, 100, 0, true, true},
     HT_UNSERVED_NOBODY_ABLE},
    {"nobody for the second service",
     {{1, 0, 1, 0}, {0, 0}, 2, HT_UHHC_SIMULTANEOUS, {{20, 60}}, 1, 100, 0, true, true},
     HT_UNSERVED_NOBODY_ABLE},
    {"one caregiver for a pair",
     {{1, 1, 0, 0}, {0, 0}, 2, HT_UHHC_SIMULTANEOUS, {{20, 60}}, 1, 100, 0, true, true},
     HT_UNSERVED_NO_SECOND},
    {"one caregiver for two visits",
     {{1, 1, 0, 0}, {0, 0}, 2, HT_UHHC_INDEPENDENT, {{20, 60}}, 1, 100, 0, true, true},
     HT_UNSERVED_NO_ROOM},
    {"the window closes before anybody can be there",
     {{1, 1, 1, 1}, {0, 0}, 1, 0, {{0, 9}}, 1, 100, 0, true, true},
     HT_UNSERVED_OUT_OF_SHIFT},
    {"just in time", {{1, 1, 1, 1}, {0, 0}, 1, 0, {{0, 10}}, 1, 100, 0, true, true}, HT_UNSERVED_NO_ROOM},
    {"the end must be in the window",
     {{1, 1, 1, 1}, {0, 0}, 1, 0, {{0, 14}}, 1, 100, HT_UHHC_MET_AT_END, true, true},
     HT_UNSERVED_OUT_OF_SHIFT},
    {"the second window is open",
     {{1, 1, 1, 1}, {0, 0}, 1, 0, {{0, 9}, {30, 40}}, 2, 100, 0, true, true},
     HT_UNSERVED_NO_ROOM},
    {"being late is a cost", {{1, 1, 1, 1}, {0, 0}, 1, 0, {{0, 9}}, 1, 100, 0, false, true}, HT_UNSERVED_NO_ROOM},
    {"nobody is back in time",
     {{1, 1, 1, 1}, {0, 0}, 1, 0, {{20, 60}}, 1, 34, 0, true, true},
     HT_UNSERVED_OUT_OF_SHIFT},
    {"just back", {{1, 1, 1, 1}, {0, 0}, 1, 0, {{20, 60}}, 1, 35, 0, true, true}, HT_UNSERVED_NO_ROOM},
    {"extra time is a cost", {{1, 1, 1, 1}, {0, 0}, 1, 0, {{20, 60}}, 1, 34, 0, true, false}, HT_UNSERVED_NO_ROOM},
};

START_TEST(a_patient_has_the_reason_that_the_instance_gives) {
    const world *w = &CASES[_i].w;
    ht_uhhc_caregiver caregiver[2] = {{.id = "c1", .shift_end = w->shift_end}, {.id = "c2", .shift_end = w->shift_end}};
    ht_uhhc_patient patient = {.id = "p1",
                               .place = 1,
                               .needs = w->needs,
                               .windows = w->windows,
                               .need = {{0, 5}, {1, 5}},
                               .window = {w->window[0], w->window[1]},
                               .pair = w->pair};
    ht_uhhc u = {.scale = 1,
                 .patients = 1,
                 .caregivers = 2,
                 .services = 2,
                 .places = 2,
                 .patient = &patient,
                 .caregiver = caregiver,
                 .distance = DISTANCE,
                 .able = w->able,
                 .incompatible = w->incompatible,
                 .met = w->met};
    u.hard[HT_UHHC_TARDINESS] = w->late_hard;
    u.hard[HT_UHHC_EXTRA] = w->extra_hard;
    ck_assert_msg(ht_uhhc_unserved(&u, 0) == CASES[_i].reason, "%s: %s", CASES[_i].what,
                  ht_unserved_name(ht_uhhc_unserved(&u, 0)));
}
END_TEST

/* The customer is 14 tenths from the depot, which is open from 0 to 100. */
static const struct {
    const char *what;
    int32_t demand, ready, due, service;
    ht_unserved_reason reason;
} CUSTOMERS[] = {
    {"a vehicle too few", 10, 0, 50, 5, HT_UNSERVED_NO_ROOM},
    {"too large", 11, 0, 50, 5, HT_UNSERVED_TOO_LARGE},
    {"too far", 10, 0, 13, 5, HT_UNSERVED_OUT_OF_REACH},
    {"just in reach", 10, 0, 14, 5, HT_UNSERVED_NO_ROOM},
    {"just back", 10, 0, 50, 72, HT_UNSERVED_NO_ROOM},
    {"back too late", 10, 0, 50, 73, HT_UNSERVED_OUT_OF_REACH},
    {"open too late", 10, 82, 99, 5, HT_UNSERVED_OUT_OF_REACH},
};

START_TEST(a_customer_has_the_reason_that_the_instance_gives) {
    const ht_vrptw_place place[] = {
        {.due = 100}, {1, 1, CUSTOMERS[_i].demand, CUSTOMERS[_i].ready, CUSTOMERS[_i].due, CUSTOMERS[_i].service}};
    ht_vrptw v = {.vehicles = 1, .capacity = 10, .places = 2, .place = place};
    ck_assert_msg(ht_vrptw_unserved(&v, 1) == CUSTOMERS[_i].reason, "%s: %s", CUSTOMERS[_i].what,
                  ht_unserved_name(ht_vrptw_unserved(&v, 1)));
}
END_TEST

START_TEST(every_reason_has_a_name_and_words_of_its_own) {
    for (int i = 0; i <= HT_UNSERVED_NO_ROOM; i++)
        for (int other = 0; other < i; other++) {
            ck_assert_str_ne(ht_unserved_name((ht_unserved_reason)i), ht_unserved_name((ht_unserved_reason)other));
            ck_assert_str_ne(ht_unserved_words((ht_unserved_reason)i), ht_unserved_words((ht_unserved_reason)other));
        }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("unserved");
    TCase *tests = tcase_create("reasons");
    tcase_add_loop_test(tests, a_patient_has_the_reason_that_the_instance_gives, 0,
                        (int)(sizeof CASES / sizeof CASES[0]));
    tcase_add_loop_test(tests, a_customer_has_the_reason_that_the_instance_gives, 0,
                        (int)(sizeof CUSTOMERS / sizeof CUSTOMERS[0]));
    tcase_add_test(tests, every_reason_has_a_name_and_words_of_its_own);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
