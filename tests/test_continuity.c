/* The continuity measures against values worked out by hand, and what must hold of any of them. */
#include <check.h>
#include <math.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"
#include "model/continuity_groups.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define CLIENTS                                                                                                        \
    "client_id;team;lat;lon;contact\nK1;A;63,0;20,0;P1\nK2;B;63,0;20,1;P2\nK3;A;63,0;20,2;\nK10;A;63,0;20,0;P1\n"
#define STAFF "staff_id;team\nP1;A\nP2;B\nP3;A\nP4;A\n"
#define PERFORMED "staff_id;date;start;end;client_id\n"
#define MADE "staff_id;date;start;end;visit_id\n"
#define VISITS "visit_id;client_id;date;start;minutes\n"
#define ROSTER "staff_id;date;start;end\n"

static ht_dataset data;
static ht_array clients; /* of ht_client_continuity */
static ht_array groups;  /* of ht_group_continuity */
static const ht_group_continuity *all;
static int32_t from, to;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ck_assert(ht_date_parse("2025-03-01", &from) && ht_date_parse("2025-03-14", &to));
    support_rows(&data, "clients", CLIENTS);
    support_rows(&data, "staff", STAFF);
    ht_array_init(&clients, sizeof(ht_client_continuity), &ht_allocator_system);
    ht_array_init(&groups, sizeof(ht_group_continuity), &ht_allocator_system);
}

static void tear_down(void) {
    ht_array_release(&groups);
    ht_array_release(&clients);
    ht_dataset_release(&data);
}

/* Everybody and every visit counts. */
static void measure(const char *performed, const char *roster, const char *team) {
    ht_definition everything;
    ht_continuity measure;
    support_rows(&data, "performed", performed);
    support_rows(&data, "roster", roster);
    ht_sym of = team == NULL ? HT_NO_TEXT : ht_strings_find(&data.text, team);
    ht_array_empty(&clients);
    ht_array_empty(&groups);
    ck_assert(ht_definition_find("none", &everything));
    ck_assert(ht_continuity_open(&measure, &data, &everything, from, to, of));
    ck_assert(ht_continuity_measure(&measure, from, to, &clients));
    ck_assert(ht_continuity_groups(&data, &clients, &groups));
    ht_continuity_close(&measure);
    all = ht_array_at(&groups, groups.count - 1);
    ck_assert_int_eq(all->level, HT_LEVEL_ALL);
}

static const ht_client_continuity *client(int32_t at, const char *id) {
    ck_assert_int_lt(at, clients.count);
    const ht_client_continuity *row = ht_array_at(&clients, at);
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
    ck_assert_int_eq(k1->total.visits, 5);
    ck_assert_int_eq(k1->distinct, 3);
    ck_assert_int_eq(k1->total.by_contact, 3);
    ck_assert_int_eq(k1->total.contact_ceiling, 3);
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
    ck_assert_int_eq(k1->total.by_contact, 0);
}
END_TEST

/* P1 with P3, then P3 with P4: four visits-by-staff, one visit after another, P3 stays. */
START_TEST(double_staffing) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP3;2025-03-01;08:00;08:30;K1\nP3;2025-03-02;08:00;08:30;K1\n"
                      "P4;2025-03-02;08:00;08:30;K1\n",
            NULL, NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    ck_assert_int_eq(k1->total.visits, 4);
    ck_assert_int_eq(k1->distinct, 3);
    ck_assert_int_eq(k1->floor, 2);
    ck_assert_int_eq(k1->total.contact_ceiling, 1);
    assert_near(k1->coc, (1 + 4 + 1 - 4) / 12.0);
    assert_near(k1->secon, 1);
}
END_TEST

/* The contact works in the morning of 1 and 2 March: visits at 08:00 on both days could be P1's, those at 18:00 not. */
START_TEST(ceiling_of_the_contact) {
    measure(PERFORMED "P3;2025-03-01;08:00;08:30;K1\nP3;2025-03-01;18:00;18:30;K1\nP3;2025-03-02;08:00;08:30;K1\n"
                      "P3;2025-03-03;08:00;08:30;K1\nP3;2025-03-02;11:45;12:15;K1\n",
            ROSTER "P1;2025-03-01;07:00;12:00\nP1;2025-03-02;07:00;12:00\nP3;2025-03-03;07:00;12:00\n", NULL);
    ck_assert_int_eq(client(0, "K1")->total.contact_ceiling, 2);
    assert_near(ht_share(all->total.contact_ceiling, all->total.visits), 2.0 / 5);
    assert_near(ht_share(all->total.by_contact, all->total.visits), 0);
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
    ck_assert_int_eq(k1->total.contact_ceiling, 1);
    ck_assert_int_eq(k1->distinct, 2);
    ck_assert_int_eq(k1->floor, 2);
}
END_TEST

START_TEST(sums_over_clients) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP3;2025-03-02;08:00;08:30;K1\nP4;2025-03-03;08:00;08:30;K1\n"
                      "P2;2025-03-01;09:00;09:30;K2\nP3;2025-03-01;09:00;09:30;K3\nP1;2025-03-02;10:00;10:30;K10\n"
                      "P3;2025-03-03;10:00;10:30;K10\nP1;2025-02-28;08:00;08:30;K3\nP1;2025-03-15;08:00;08:30;K3\n",
            NULL, NULL);
    ck_assert_int_eq(clients.count, 4);
    client(0, "K1");
    client(1, "K10");
    client(2, "K2");
    client(3, "K3");
    ck_assert_int_eq(all->total.visits, 7);
    assert_near(all->mean_distinct, (3 + 2 + 1 + 1) / 4.0);
    assert_near(all->median_distinct, 1.5);
    assert_near(all->p90_distinct, 3);
    assert_near(all->share_above_20, 0);
    assert_near(ht_share(all->total.by_contact, all->total.visits), 3.0 / 7);
}
END_TEST

START_TEST(one_team) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP2;2025-03-01;09:00;09:30;K2\n", NULL, "B");
    ck_assert_int_eq(clients.count, 1);
    client(0, "K2");
    assert_near(ht_share(all->total.by_contact, all->total.visits), 1);
}
END_TEST

START_TEST(nothing_to_measure) {
    measure(NULL, NULL, NULL);
    ck_assert_int_eq(clients.count, 0);
    ck_assert(isnan(all->mean_distinct));
    ck_assert(isnan(ht_share(all->total.by_contact, all->total.visits)));
}
END_TEST

/* Team share by visits and minutes; the contact's share of minutes: K1 is of team A, P2 of team B. */
START_TEST(shares_of_team_and_minutes) {
    measure(PERFORMED "P1;2025-03-01;08:00;09:00;K1\nP2;2025-03-01;12:00;12:30;K1\nP3;2025-03-01;18:00;18:30;K1\n",
            ROSTER "P1;2025-03-01;07:00;13:00\n", NULL);
    const ht_totals *total = &client(0, "K1")->total;
    ck_assert_int_eq(total->seconds, 120 * 60);
    ck_assert_int_eq(total->contact_seconds, 60 * 60);
    ck_assert_int_eq(total->ceiling_seconds, 90 * 60);
    ck_assert_int_eq(total->by_team, 2);
    ck_assert_int_eq(total->team_seconds, 90 * 60);
}
END_TEST

/* Left out: at 08:00, in the night, an alarm, one with counts = no, and one that was made all the same. */
START_TEST(unplanned_visits_that_count) {
    static const struct {
        const char *definition;
        int32_t unplanned;
    } CASE[] = {{"national-2021", 1}, {"none", 3}};
    ht_array left_out;
    support_rows(&data, "visits",
                 "visit_id;client_id;date;start;minutes;service;counts\nV1;K1;2025-03-01;08:00;30;;\n"
                 "V2;K1;2025-03-01;22:00;30;;\nV3;K1;2025-03-02;12:00;30;alarm;\nV4;K1;2025-03-03;12:00;30;;no\n"
                 "V5;K1;2025-03-04;12:00;30;;\n");
    support_rows(&data, "performed", MADE "P1;2025-03-04;12:10;12:40;V5\n");
    ht_array_init(&left_out, sizeof(ht_performed_row), &ht_allocator_system);
    const ht_visit_row *visit = ht_dataset_rows(&data, HT_VISITS);
    for (int32_t i = 0; i < ht_dataset_count(&data, HT_VISITS); i++) {
        ht_performed_row *row = ht_array_push(&left_out);
        ck_assert_ptr_nonnull(row);
        *row = (ht_performed_row){.visit_id = visit[i].visit_id, .date = visit[i].date};
    }
    for (size_t i = 0; i < sizeof CASE / sizeof CASE[0]; i++) {
        ht_definition definition;
        ht_continuity measure;
        ck_assert(ht_definition_find(CASE[i].definition, &definition));
        ck_assert(ht_continuity_open(&measure, &data, &definition, from, to, HT_NO_TEXT));
        measure.unplanned = &left_out;
        ht_array_empty(&clients);
        ck_assert(ht_continuity_measure(&measure, from, to, &clients));
        ck_assert_int_eq(client(0, "K1")->total.unplanned, CASE[i].unplanned);
        ht_continuity_close(&measure);
    }
    ht_array_release(&left_out);
}
END_TEST

/* V1 at 08:00: 08:30 is on time, 08:31 is not; 07:30 is. A visit that is not known has no agreed time. */
START_TEST(starts_on_time) {
    support_rows(&data, "visits",
                 VISITS "V1;K1;2025-03-01;08:00;30\nV2;K1;2025-03-02;08:00;30\nV3;K1;2025-03-03;08:00;30\n");
    support_rows(&data, "performed",
                 MADE "P1;2025-03-01;08:30;09:00;V1\nP1;2025-03-02;08:31;09:00;V2\nP1;2025-03-03;07:30;08:00;V3\n");
    measure(PERFORMED "P1;2025-03-04;03:00;03:30;K1\n", NULL, NULL);
    ck_assert_int_eq(client(0, "K1")->total.timed, 3);
    ck_assert_int_eq(client(0, "K1")->total.on_time, 2);
}
END_TEST

/* Starts 07:50, 08:00, 08:10 of the slot 08:00, 18:00 and 18:04 of the slot 18:00: squares 200 and 8 min2, 5 - 2 = 3
 * degrees. The one at 12:00 is alone in its slot. */
START_TEST(spread_of_starts) {
    support_rows(&data, "visits",
                 VISITS "V1;K1;2025-03-01;08:00;30\nV2;K1;2025-03-02;08:00;30\nV3;K1;2025-03-03;08:00;30\n"
                        "V4;K1;2025-03-01;18:00;30\nV5;K1;2025-03-02;18:00;30\nV6;K1;2025-03-02;12:00;30\n");
    support_rows(&data, "performed",
                 MADE "P1;2025-03-01;07:50;;V1\nP1;2025-03-02;08:00;;V2\nP1;2025-03-03;08:10;;V3\n"
                      "P1;2025-03-01;18:00;;V4\nP1;2025-03-02;18:04;;V5\nP1;2025-03-02;12:00;;V6\n");
    measure(NULL, NULL, NULL);
    assert_near(ht_start_spread(&client(0, "K1")->total), sqrt(208.0 / 3));
}
END_TEST

/* Visits not known go by the nearest hour: 07:40 and 08:20 are one slot. */
START_TEST(slots_by_the_hour) {
    measure(PERFORMED "P1;2025-03-01;07:40;08:00;K1\nP1;2025-03-02;08:20;08:40;K1\nP1;2025-03-02;09:00;09:20;K1\n",
            NULL, NULL);
    assert_near(ht_start_spread(&client(0, "K1")->total), sqrt(800.0));
}
END_TEST

/* Those who come together do not start at the same minute; it is one visit all the same, also for SECON and the
 * contact. */
START_TEST(double_staffing_with_starts_of_their_own) {
    support_rows(&data, "visits", VISITS "V1;K1;2025-03-01;08:00;30\nV2;K1;2025-03-01;08:05;30\n");
    support_rows(&data, "performed",
                 MADE "P1;2025-03-01;08:00;08:30;V1\nP3;2025-03-01;08:10;08:30;V1\nP4;2025-03-01;08:05;08:20;V2\n");
    measure(NULL, NULL, NULL);
    const ht_client_continuity *k1 = client(0, "K1");
    ck_assert_int_eq(k1->total.visits, 3);
    ck_assert_int_eq(k1->total.timed, 2);
    ck_assert_int_eq(k1->floor, 2);
    ck_assert_int_eq(k1->per_day, 2);
    assert_near(k1->secon, 0);
}
END_TEST

/* 1.5 visits a day on days with visits are class 2; 6 are class 5, which is "5 and more". */
START_TEST(classes_of_visits_a_day) {
    measure(PERFORMED "P1;2025-03-01;08:00;08:30;K1\nP1;2025-03-01;12:00;12:30;K1\nP1;2025-03-02;08:00;08:30;K1\n"
                      "P1;2025-03-01;07:00;07:30;K10\nP1;2025-03-01;09:00;09:30;K10\nP1;2025-03-01;11:00;11:30;K10\n"
                      "P1;2025-03-01;13:00;13:30;K10\nP1;2025-03-01;15:00;15:30;K10\nP1;2025-03-01;17:00;17:30;K10\n"
                      "P2;2025-03-01;08:00;08:30;K2\n",
            NULL, NULL);
    ck_assert_int_eq(client(0, "K1")->per_day, 2);
    ck_assert_int_eq(client(1, "K10")->per_day, 5);
    ck_assert_int_eq(client(2, "K2")->per_day, 1);
}
END_TEST

/* ---- what is known of these measures ---- */

/* Who came, visit by visit, and what the definitions give, worked out by hand. The formulas are those of table 2 of
 * "Association between continuity of care (COC), healthcare use and costs" (BMC Health Services Research 2022,
 * 10.1186/s12913-022-07953-z): UPC = max n_j / N, COC = (sum n_j^2 - N) / (N (N - 1)), from 0, all visits to different
 * providers, to 1, all to the same (the first two rows), SECON the share of sequential visits with the same provider.
 * The third and fourth row have one UPC and COC: those do not see the order, SECON sees nothing else. */
static const struct known {
    const char *who; /* a digit for each visit */
    double upc, coc, secon, entropy;
} KNOWN[] = {{"1111", 1, 1, 1, 0},
             {"1234", 1.0 / 4, 0, 0, 2},
             {"1122", 1.0 / 2, (4 + 4 - 4) / 12.0, 2.0 / 3, 1},
             {"1212", 1.0 / 2, (4 + 4 - 4) / 12.0, 0, 1},
             {"1112", 3.0 / 4, (9 + 1 - 4) / 12.0, 2.0 / 3, 0.81127812445913283},
             {"11223344", 1.0 / 4, (16 - 8) / 56.0, 4.0 / 7, 2},
             {"1121131141", 7.0 / 10, (49 + 3 - 10) / 90.0, 3.0 / 9, 1.3567796494470395},
             {"12", 1.0 / 2, 0, 0, 1}};

START_TEST(known_logs) {
    const struct known *known = &KNOWN[_i];
    ht_text rows;
    ht_text_init(&rows, &ht_allocator_system);
    ht_text_addf(&rows, PERFORMED);
    for (int32_t i = 0; known->who[i] != '\0'; i++)
        ht_text_addf(&rows, "P%c;2025-03-%02d;08:00;08:30;K1\n", known->who[i], (int)i + 1);
    measure(ht_text_get(&rows), NULL, NULL);
    ht_text_release(&rows);
    const ht_client_continuity *k1 = client(0, "K1");
    assert_near(k1->upc, known->upc);
    assert_near(k1->coc, known->coc);
    assert_near(k1->secon, known->secon);
    assert_near(k1->entropy, known->entropy);
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

static void draw_history(ht_rng *rng) {
    for (int32_t n = 1 + ht_rng_below(rng, 60); n > 0; n--)
        add_performed(rng, ht_rng_below(rng, 4));
    for (int32_t n = ht_rng_below(rng, 30); n > 0; n--)
        add_shift(rng, ht_rng_below(rng, 4));
}

static void assert_share(double share) {
    ck_assert(isnan(share) || (share >= 0 && share <= 1));
}

static void assert_bounds(const ht_client_continuity *row) {
    const ht_totals *total = &row->total;
    ck_assert_int_ge(row->floor, 1);
    ck_assert_int_le(row->floor, row->distinct);
    ck_assert_int_le(row->distinct, total->visits);
    ck_assert_int_le(total->by_contact, total->contact_ceiling);
    ck_assert_int_le(total->contact_ceiling, total->visits);
    ck_assert_int_le(total->contact_seconds, total->ceiling_seconds);
    ck_assert_int_le(total->ceiling_seconds, total->seconds);
    ck_assert_int_le(total->by_team, total->visits);
    ck_assert_int_le(total->team_seconds, total->seconds);
    ck_assert_int_le(total->on_time, total->timed);
    ck_assert(row->per_day >= 1 && row->per_day <= HT_PER_DAY_MOST);
    ck_assert(row->upc >= 1.0 / row->distinct - 1e-12);
    ck_assert(isnan(row->coc) == (total->visits < 2));
    ck_assert(isnan(row->coc) || row->coc <= row->upc);
    ck_assert(row->entropy >= 0 && row->entropy <= log2(row->distinct) + 1e-12);
    assert_share(row->upc);
    assert_share(row->coc);
    assert_share(row->secon);
}

/* One person alone is where every index has its end. */
static void assert_one_person(const ht_client_continuity *row) {
    bool alone = row->distinct == 1;
    ck_assert_int_eq(row->upc >= 1, alone);
    ck_assert_int_eq(row->entropy <= 0, alone);
    ck_assert(isnan(row->coc) || (row->coc >= 1) == alone);
    ck_assert(!alone || isnan(row->secon) || row->secon >= 1);
}

START_TEST(bounds_of_any_history) {
    ht_rng rng;
    ht_rng_init(&rng, 7, (uint64_t)_i);
    draw_history(&rng);
    measure(NULL, NULL, NULL);
    for (int32_t i = 0; i < clients.count; i++) {
        assert_bounds(ht_array_at(&clients, i));
        assert_one_person(ht_array_at(&clients, i));
    }
    ck_assert_int_eq(all->clients, clients.count);
    ck_assert(all->median_distinct <= all->p90_distinct);
}
END_TEST

static void assert_same(const ht_client_continuity *row, const ht_client_continuity *other) {
    ck_assert_int_eq(row->distinct, other->distinct);
    ck_assert_int_eq(row->floor, other->floor);
    ck_assert_int_eq(row->total.visits, other->total.visits);
    ck_assert_int_eq(row->total.contact_ceiling, other->total.contact_ceiling);
    ck_assert(row->upc <= other->upc && row->upc >= other->upc);
    ck_assert(isnan(row->coc) || (row->coc <= other->coc && row->coc >= other->coc));
    ck_assert(isnan(row->secon) || (row->secon <= other->secon && row->secon >= other->secon));
    ck_assert(fabs(row->entropy - other->entropy) < 1e-12);
}

static void swap_staff(ht_sym *staff, ht_sym one, ht_sym other) {
    *staff = *staff == one ? other : *staff == other ? one : *staff;
}

/* P1 becomes P4 and the other way round, wherever they are named. */
START_TEST(names_do_not_matter) {
    ht_rng rng;
    ht_rng_init(&rng, 8, (uint64_t)_i);
    draw_history(&rng);
    measure(NULL, NULL, NULL);
    ht_client_continuity before[4];
    int32_t count = clients.count;
    memcpy(before, clients.items, (size_t)count * sizeof *before);
    ht_sym one = ht_strings_find(&data.text, "P1"), other = ht_strings_find(&data.text, "P4");
    for (int32_t i = 0; i < data.table[HT_PERFORMED].count; i++)
        swap_staff(&((ht_performed_row *)data.table[HT_PERFORMED].items)[i].staff_id, one, other);
    for (int32_t i = 0; i < data.table[HT_ROSTER].count; i++)
        swap_staff(&((ht_roster_row *)data.table[HT_ROSTER].items)[i].staff_id, one, other);
    for (int32_t i = 0; i < data.table[HT_CLIENTS].count; i++)
        swap_staff(&((ht_client_row *)data.table[HT_CLIENTS].items)[i].contact, one, other);
    measure(NULL, NULL, NULL);
    ck_assert_int_eq(clients.count, count);
    for (int32_t i = 0; i < count; i++)
        assert_same(&before[i], ht_array_at(&clients, i));
}
END_TEST

/* A client who gets what K1 gets has K1's record, and two of them have the group figures of one. */
START_TEST(identical_clients_merge) {
    ht_rng rng;
    ht_rng_init(&rng, 9, (uint64_t)_i);
    ht_sym k1 = ht_strings_find(&data.text, "K1"), k10 = ht_strings_find(&data.text, "K10");
    draw_history(&rng);
    int32_t count = data.table[HT_PERFORMED].count;
    for (int32_t i = 0; i < count; i++)
        ((ht_performed_row *)data.table[HT_PERFORMED].items)[i].client_id = k1;
    measure(NULL, NULL, NULL);
    ht_group_continuity alone = *all;
    for (int32_t i = 0; i < count; i++) {
        ht_performed_row *copy = ht_array_push(&data.table[HT_PERFORMED]);
        *copy = ((ht_performed_row *)data.table[HT_PERFORMED].items)[i];
        copy->client_id = k10;
    }
    measure(NULL, NULL, NULL);
    assert_same(client(0, "K1"), client(1, "K10"));
    assert_near(all->mean_distinct, alone.mean_distinct);
    assert_near(all->p90_distinct, alone.p90_distinct);
    assert_near(all->upc, alone.upc);
    assert_near(ht_share(all->total.by_contact, all->total.visits),
                ht_share(alone.total.by_contact, alone.total.visits));
    ck_assert_int_eq(all->total.visits, 2 * alone.total.visits);
}
END_TEST

/* A window has the same records as a period that is no longer. */
START_TEST(windows_are_slices) {
    ht_rng rng;
    ht_definition everything;
    ht_continuity measure_all;
    ht_array slice;
    ht_rng_init(&rng, 10, (uint64_t)_i);
    draw_history(&rng);
    ck_assert(ht_definition_find("none", &everything));
    ht_array_init(&slice, sizeof(ht_client_continuity), &ht_allocator_system);
    ck_assert(ht_continuity_open(&measure_all, &data, &everything, from, to, HT_NO_TEXT));
    ck_assert(ht_continuity_measure(&measure_all, from + 3, from + 9, &slice));
    ht_continuity_close(&measure_all);
    from += 3;
    to = from + 6;
    measure(NULL, NULL, NULL);
    ck_assert_int_eq(clients.count, slice.count);
    for (int32_t i = 0; i < slice.count; i++)
        assert_same(ht_array_at(&slice, i), ht_array_at(&clients, i));
    ht_array_release(&slice);
}
END_TEST

static bool measured_with(ht_limited_memory *memory) {
    ht_definition everything;
    ht_continuity limited;
    ht_array records, sums;
    ht_definition_find("none", &everything);
    const ht_allocator *whole = data.text.arena.allocator;
    data.text.arena.allocator = &memory->allocator;
    ht_array_init(&records, sizeof(ht_client_continuity), &memory->allocator);
    ht_array_init(&sums, sizeof(ht_group_continuity), &memory->allocator);
    bool done = ht_continuity_open(&limited, &data, &everything, from, to, HT_NO_TEXT) &&
                ht_continuity_compare(&limited, &data.planned) && ht_continuity_measure(&limited, from, to, &records) &&
                ht_continuity_groups(&data, &records, &sums);
    ht_continuity_close(&limited);
    ht_array_release(&records);
    ht_array_release(&sums);
    data.text.arena.allocator = whole;
    return done;
}

START_TEST(memory_that_runs_out) {
    ht_rng rng;
    ht_rng_init(&rng, 11, 0);
    draw_history(&rng);
    bool done = false;
    int32_t calls = 0;
    for (; !done && calls < 1000; calls++) {
        ht_limited_memory memory;
        ht_limited_memory_init(&memory, calls);
        done = measured_with(&memory);
    }
    ck_assert(done);
    ck_assert_int_gt(calls, 5);
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
    tcase_add_test(one, shares_of_team_and_minutes);
    tcase_add_test(one, unplanned_visits_that_count);
    tcase_add_test(one, starts_on_time);
    tcase_add_test(one, spread_of_starts);
    tcase_add_test(one, slots_by_the_hour);
    tcase_add_test(one, double_staffing_with_starts_of_their_own);
    tcase_add_test(one, classes_of_visits_a_day);
    tcase_add_test(one, sums_over_clients);
    tcase_add_test(one, one_team);
    tcase_add_test(one, nothing_to_measure);
    tcase_add_loop_test(one, known_logs, 0, sizeof KNOWN / sizeof KNOWN[0]);
    tcase_add_loop_test(one, bounds_of_any_history, 0, 50);
    tcase_add_loop_test(one, names_do_not_matter, 0, 20);
    tcase_add_loop_test(one, identical_clients_merge, 0, 20);
    tcase_add_loop_test(one, windows_are_slices, 0, 20);
    tcase_add_test(one, memory_that_runs_out);
    suite_add_tcase(s, one);
    return s;
}

int main(void) {
    return ht_run_suite(suite());
}
