/* The continuity measures against values worked out by hand, and what must hold of any of them. */
#include <check.h>
#include <math.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "model/continuity.h"
#include "tests/support_rows.h"

#define CLIENTS                                                                                                        \
    "client_id;team;lat;lon;contact\nK1;A;63,0;20,0;P1\nK2;B;63,0;20,1;P2\nK3;A;63,0;20,2;\nK10;A;63,0;20,0;P1\n"
#define STAFF "staff_id;team\nP1;A\nP2;B\nP3;A\nP4;A\n"
#define PERFORMED "staff_id;date;start;end;client_id\n"
#define ROSTER "staff_id;date;start;end\n"

static ht_dataset data;
static ht_continuity result;
static int32_t from, to;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ck_assert(ht_date_parse("2025-03-01", &from) && ht_date_parse("2025-03-14", &to));
    support_rows(&data, "clients", CLIENTS);
    support_rows(&data, "staff", STAFF);
    memset(&result, 0, sizeof result);
}

static void tear_down(void) {
    ht_continuity_release(&result);
    ht_dataset_release(&data);
}

static void measure(const char *performed, const char *roster, const char *team) {
    support_rows(&data, "performed", performed);
    support_rows(&data, "roster", roster);
    ht_sym of = team == NULL ? HT_NO_TEXT : ht_strings_find(&data.text, team);
    ck_assert(ht_continuity_measure(&data, from, to, of, &result));
}

static const ht_client_continuity *client(int32_t at, const char *id) {
    ck_assert_int_lt(at, result.clients.count);
    const ht_client_continuity *row = ht_array_at(&result.clients, at);
    ck_assert_str_eq(ht_dataset_text(&data, row->client), id);
    return row;
}

static void assert_near(double value, double expected) {
    ck_assert_msg(fabs(value - expected) < 1e-12, "%.15g, expected %.15g", value, expected);
}

/* Visits by P1, P1, P3, P4, P1: n = 3, 1, 1. */
START_TEST(measures_of_five_visits) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP1;2025-03-02;08:00;08:30;K1\nP3;2025-03-03;08:00;08:30;K1\n"
                      "P4;2025-03-04;08:00;08:30;K1\nP1;2025-03-04;18:00;18:30;K1\n",
            NULL, NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    ck_assert_int_eq(k1->visits, 5);
    ck_assert_int_eq(k1->distinct, 3);
    ck_assert_int_eq(k1->by_contact, 3);
    ck_assert_int_eq(k1->contact_ceiling, 3);
    assert_near(k1->upc, 3.0 / 5);
    assert_near(k1->coc, (9 + 1 + 1 - 5) / 20.0);
    assert_near(k1->secon, 1.0 / 4);
}
END_TEST

START_TEST(one_visit_has_no_coc_and_no_secon) {
    measure(PERFORMED "P3;2025-03-01;08:00;08:30;K1\n", NULL, NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    assert_near(k1->upc, 1);
    ck_assert(isnan(k1->coc));
    ck_assert(isnan(k1->secon));
    ck_assert_int_eq(k1->floor, 1);
    ck_assert_int_eq(k1->by_contact, 0);
}
END_TEST

/* P1 with P3, then P3 with P4: four visits-by-staff, one visit after another, P3 stays. */
START_TEST(double_staffing) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP3;2025-03-01;08:00;08:30;K1\nP3;2025-03-02;08:00;08:30;K1\n"
                      "P4;2025-03-02;08:00;08:30;K1\n",
            NULL, NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    ck_assert_int_eq(k1->visits, 4);
    ck_assert_int_eq(k1->distinct, 3);
    ck_assert_int_eq(k1->floor, 2);
    ck_assert_int_eq(k1->contact_ceiling, 1);
    assert_near(k1->coc, (1 + 4 + 1 - 4) / 12.0);
    assert_near(k1->secon, 1);
}
END_TEST

/* The contact works in the morning of 1 and 2 March: visits at 08:00 on both days could be P1's, those at 18:00 not. */
START_TEST(ceiling_of_the_contact) {
    measure(PERFORMED "P3;2025-03-01;08:00;08:30;K1\nP3;2025-03-01;18:00;18:30;K1\nP3;2025-03-02;08:00;08:30;K1\n"
                      "P3;2025-03-03;08:00;08:30;K1\nP3;2025-03-02;11:45;12:15;K1\n",
            ROSTER "P1;2025-03-01;07:00;12:00\nP1;2025-03-02;07:00;12:00\nP3;2025-03-03;07:00;12:00\n", NULL);
    ck_assert_int_eq(client(0, "K1")->contact_ceiling, 2);
    assert_near(result.contact_ceiling_share, 2.0 / 5);
    assert_near(result.contact_share, 0);
}
END_TEST

/* Three days with morning and evening: 6 shifts are needed, nobody has more than 2, so 3 persons at least. */
START_TEST(floor_of_distinct_staff) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP1;2025-03-01;11:00;11:30;K1\nP2;2025-03-01;18:00;18:30;K1\n"
                      "P1;2025-03-02;08:00;08:30;K1\nP2;2025-03-02;18:00;18:30;K1\n"
                      "P3;2025-03-03;08:00;08:30;K1\nP4;2025-03-03;18:00;18:30;K1\n",
            ROSTER "P1;2025-03-01;07:00;13:00\nP2;2025-03-01;15:00;21:00\nP1;2025-03-02;07:00;13:00\n"
                   "P2;2025-03-02;15:00;21:00\nP3;2025-03-03;07:00;13:00\nP4;2025-03-03;15:00;21:00\n",
            NULL);
    ck_assert_int_eq(client(0, "K1")->floor, 3);
    ck_assert_int_eq(client(0, "K1")->distinct, 4);
}
END_TEST

/* One long shift covers what two short ones do. */
START_TEST(a_long_shift_lowers_the_floor) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP2;2025-03-01;18:00;18:30;K1\n",
            ROSTER "P1;2025-03-01;07:00;13:00\nP2;2025-03-01;15:00;21:00\nP3;2025-03-01;07:30;19:00\n", NULL);
    ck_assert_int_eq(client(0, "K1")->floor, 1);
}
END_TEST

/* V1 lasts 30 min as granted, the visit at 18:00 is a moment: two shifts are needed, the contact could make the first. */
START_TEST(ends_that_are_not_told) {
    support_rows(&data, "visits", "visit_id;client_id;date;start;minutes\nV1;K1;2025-03-01;08:00;30\n");
    support_rows(&data, "performed",
                 "staff_id;date;start;end;visit_id;client_id\nP3;2025-03-01;08:00;;V1;K1\nP4;2025-03-01;18:00;;;K1\n"
                 "P3;2025-03-02;08:00;;V1;K1\n");
    measure(NULL,
            ROSTER "P1;2025-03-01;07:00;08:30\nP3;2025-03-01;15:00;21:00\nP1;2025-03-02;07:00;08:29\n"
                   "P4;2025-03-02;07:00;12:00\n",
            NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    ck_assert_int_eq(k1->contact_ceiling, 1);
    ck_assert_int_eq(k1->distinct, 2);
    ck_assert_int_eq(k1->floor, 2);
}
END_TEST

START_TEST(sums_over_clients) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP3;2025-03-02;08:00;08:30;K1\nP4;2025-03-03;08:00;08:30;K1\n"
                      "P2;2025-03-01;09:00;09:30;K2\nP3;2025-03-01;09:00;09:30;K3\nP1;2025-03-02;10:00;10:30;K10\n"
                      "P3;2025-03-03;10:00;10:30;K10\nP1;2025-02-28;08:00;08:30;K3\nP1;2025-03-15;08:00;08:30;K3\n",
            NULL, NULL);
    ck_assert_int_eq(result.clients.count, 4);
    client(0, "K1");
    client(1, "K10");
    client(2, "K2");
    client(3, "K3");
    ck_assert_int_eq(result.visits, 7);
    assert_near(result.mean_distinct, (3 + 2 + 1 + 1) / 4.0);
    assert_near(result.median_distinct, 1.5);
    assert_near(result.p90_distinct, 3);
    assert_near(result.share_above_20, 0);
    assert_near(result.contact_share, 3.0 / 7);
}
END_TEST

START_TEST(one_team) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP2;2025-03-01;09:00;09:30;K2\n", NULL, "B");
    ck_assert_int_eq(result.clients.count, 1);
    client(0, "K2");
    assert_near(result.contact_share, 1);
}
END_TEST

START_TEST(nothing_to_measure) {
    measure(NULL, NULL, NULL);
    ck_assert_int_eq(result.clients.count, 0);
    ck_assert(isnan(result.mean_distinct));
    ck_assert(isnan(result.contact_share));
}
END_TEST

/* ---- what holds of any history ---- */

static void add_performed(ht_rng *rng, int32_t staff) {
    ht_performed_row *row = ht_array_push(&data.table[HT_PERFORMED]);
    const ht_staff_row *person = ht_dataset_rows(&data, HT_STAFF);
    const ht_client_row *met = ht_dataset_rows(&data, HT_CLIENTS);
    int32_t start = 3600 * (7 + ht_rng_below(rng, 14));
    *row = (ht_performed_row){.staff_id = person[staff].staff_id,
                              .date = from + ht_rng_below(rng, 14),
                              .start = start,
                              .end = start + 60 * (10 + ht_rng_below(rng, 50)),
                              .client_id = met[ht_rng_below(rng, 4)].client_id};
}

static void add_shift(ht_rng *rng, int32_t staff) {
    ht_roster_row *row = ht_array_push(&data.table[HT_ROSTER]);
    const ht_staff_row *person = ht_dataset_rows(&data, HT_STAFF);
    int32_t start = 3600 * (6 + ht_rng_below(rng, 12));
    *row = (ht_roster_row){.staff_id = person[staff].staff_id,
                           .date = from + ht_rng_below(rng, 14),
                           .start = start,
                           .end = start + 3600 * (2 + ht_rng_below(rng, 4)),
                           .mode = HT_BLANK,
                           .break_earliest = HT_BLANK,
                           .break_latest = HT_BLANK};
}

START_TEST(bounds_of_any_history) {
    ht_rng rng;
    ht_rng_init(&rng, 7, (uint64_t)_i);
    for (int32_t n = 1 + ht_rng_below(&rng, 60); n > 0; n--)
        add_performed(&rng, ht_rng_below(&rng, 4));
    for (int32_t n = ht_rng_below(&rng, 30); n > 0; n--)
        add_shift(&rng, ht_rng_below(&rng, 4));
    measure(NULL, NULL, NULL);
    for (int32_t i = 0; i < result.clients.count; i++) {
        const ht_client_continuity *row = ht_array_at(&result.clients, i);
        ck_assert_int_ge(row->floor, 1);
        ck_assert_int_le(row->floor, row->distinct);
        ck_assert_int_le(row->distinct, row->visits);
        ck_assert_int_le(row->by_contact, row->contact_ceiling);
        ck_assert_int_le(row->contact_ceiling, row->visits);
        ck_assert(row->upc >= 1.0 / row->distinct - 1e-12 && row->upc <= 1);
        ck_assert(isnan(row->coc) == (row->visits < 2));
        ck_assert(isnan(row->coc) || (row->coc >= 0 && row->coc <= 1 && row->coc <= row->upc));
        ck_assert(isnan(row->secon) || (row->secon >= 0 && row->secon <= 1));
    }
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("continuity");
    TCase *one = tcase_create("measures");
    tcase_add_checked_fixture(one, set_up, tear_down);
    tcase_add_test(one, measures_of_five_visits);
    tcase_add_test(one, one_visit_has_no_coc_and_no_secon);
    tcase_add_test(one, double_staffing);
    tcase_add_test(one, ceiling_of_the_contact);
    tcase_add_test(one, floor_of_distinct_staff);
    tcase_add_test(one, a_long_shift_lowers_the_floor);
    tcase_add_test(one, ends_that_are_not_told);
    tcase_add_test(one, sums_over_clients);
    tcase_add_test(one, one_team);
    tcase_add_test(one, nothing_to_measure);
    tcase_add_loop_test(one, bounds_of_any_history, 0, 50);
    suite_add_tcase(s, one);
    return s;
}

int main(void) {
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
