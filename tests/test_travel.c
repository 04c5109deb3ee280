/* Estimated travel: worked out by hand along a meridian, where the great circle is the latitude. */
#include "model/travel.h"

#include <math.h>

#include "base/rng.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

/* 0.1 degree of latitude: 6371008.8 m x pi / 1800 = 11,119.508 m; with detour 1.3 it is 14,455.361 m.
 * On foot 14455.361 / 4500 x 3600 = 11,564.289 s, by bicycle 4,003.023 s; by car 5 km at 25 and 9,455.361 m at
 * 50 km/h: 720 + 680.786 s. 120 s for the stop. Rounded up. */
static const struct {
    int32_t mode;
    int32_t lat; /* of the other point, above latitude 63 */
    int32_t seconds;
} LEGS[] = {
    {HT_WALK, 1000000, 11685}, {HT_BICYCLE, 1000000, 4124}, {HT_CAR, 1000000, 1521},
    {HT_CAR, 0, 120},          {HT_WALK, 0, 120},           {HT_CAR, 100000, 329}, /* 1,445.536 m in town: 208.157 s */
};

START_TEST(estimates) {
    ht_dataset data;
    ht_settings settings;
    ht_err err;
    ht_err_init(&err);
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ck_assert_int_eq(ht_settings_read(&data, NULL, &settings, &err), HT_OK);
    ht_point a = {630000000, 200000000};
    ht_point b = {630000000 + LEGS[_i].lat, 200000000};
    ck_assert_int_eq(ht_travel_estimate(&settings, LEGS[_i].mode, a, b), LEGS[_i].seconds);
    ck_assert_int_eq(ht_travel_estimate(&settings, LEGS[_i].mode, b, a), LEGS[_i].seconds);
    ht_dataset_release(&data);
}
END_TEST

/* Half a degree of longitude at 60 degrees north is about a quarter degree of latitude; the far side of the Earth is
 * not beyond reach. */
START_TEST(directions_agree) {
    ht_settings settings;
    ht_settings_init(&settings, NULL);
    ht_point origin = {600000000, 200000000};
    int32_t north = ht_travel_estimate(&settings, HT_WALK, origin, (ht_point){602500000, 200000000});
    int32_t east = ht_travel_estimate(&settings, HT_WALK, origin, (ht_point){600000000, 205000000});
    ck_assert_int_gt(east, north - 60);
    ck_assert_int_lt(east, north + 60);
    int32_t around = ht_travel_estimate(&settings, HT_WALK, (ht_point){0, 0}, (ht_point){0, 1800000000});
    ck_assert_int_gt(around, 20000 * 1000); /* 20,015 km x 1.3 at 4.5 km/h: 20.8 million s */
    ck_assert_int_lt(around, 21000 * 1000);
}
END_TEST

/* Seconds by the formula written out in one piece: whoever works them out in steps gets the same. */
static int32_t formula(const ht_settings *settings, int32_t mode, ht_point a, ht_point b) {
    const double part = 3.14159265358979323846 / 180.0 / 1e7;
    double lat = sin(((double)b.lat - a.lat) * part / 2), lon = sin(((double)b.lon - a.lon) * part / 2);
    double h = lat * lat + cos(a.lat * part) * cos(b.lat * part) * lon * lon;
    double metres = 2 * 6371008.8 * asin(sqrt(h > 1 ? 1 : h)) * settings->detour / 1000;
    double town = metres < settings->car_town_km ? metres : settings->car_town_km;
    double seconds = mode == HT_WALK      ? metres * 3600 / settings->speed_walk_kmh
                     : mode == HT_BICYCLE ? metres * 3600 / settings->speed_bicycle_kmh
                                          : town * 3600 / settings->speed_car_town_kmh +
                                                (metres - town) * 3600 / settings->speed_car_outside_kmh;
    return (int32_t)ceil(round((seconds + settings->stop_min * 60.0 / 1000) * 1e6) / 1e6);
}

START_TEST(steps_give_the_same_seconds) {
    ht_settings settings;
    ht_rng rng;
    ht_settings_init(&settings, NULL);
    ht_rng_init(&rng, 1, 1);
    for (int i = 0; i < 20000; i++) {
        ht_point a = {590000000 + ht_rng_below(&rng, 20000000), 170000000 + ht_rng_below(&rng, 20000000)};
        ht_point b = {a.lat + ht_rng_below(&rng, 1 << (i % 24)), a.lon - ht_rng_below(&rng, 1 << (i % 24))};
        double metres = ht_travel_metres(&settings, ht_travel_end_at(b), ht_travel_end_at(a));
        for (int32_t mode = 0; mode < HT_MODES; mode++) {
            ck_assert_int_eq(ht_travel_seconds(&settings, mode, metres), formula(&settings, mode, a, b));
            ck_assert_int_eq(ht_travel_estimate(&settings, mode, a, b), formula(&settings, mode, a, b));
        }
    }
}
END_TEST

#define CLIENTS "client_id;team;lat;lon\nK1;A;63,0;20,0\nK2;A;63,2;20,4\nK3;B;64,0;21,0\n"

static const struct {
    const char *teams, *team;
    int32_t lat, lon;
} OFFICES[] = {
    {"", "", 634000000, 204666666},  /* one office at the centre of all */
    {"", "A", 634000000, 204666666}, /* the teams have no table */
    {"team_id;lat;lon\nA;62,5;19,5\nB;;\nC;;\n", "A", 625000000, 195000000},
    {"team_id;lat;lon\nA;62,5;19,5\nB;;\nC;;\n", "B", 640000000, 210000000}, /* its clients' centre */
    {"team_id;lat;lon\nA;62,5;19,5\nB;;\nC;;\n", "C", 634000000, 204666666}, /* no clients either */
    {"team_id;lat;lon\nA;62,5;\n", "A", 631000000, 202000000},               /* half a place is none */
};

START_TEST(offices) {
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "clients", CLIENTS);
    support_rows(&data, "teams", OFFICES[_i].teams);
    ht_sym team = ht_strings_intern(&data.text, OFFICES[_i].team, strlen(OFFICES[_i].team));
    ht_point office = ht_travel_office(&data, team);
    ck_assert_int_eq(office.lat, OFFICES[_i].lat);
    ck_assert_int_eq(office.lon, OFFICES[_i].lon);
    ht_dataset_release(&data);
}
END_TEST

START_TEST(an_office_without_clients) {
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_point office = ht_travel_office(&data, HT_NO_TEXT);
    ck_assert_int_eq(office.lat, 0);
    ck_assert_int_eq(office.lon, 0);
    ht_dataset_release(&data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("travel");
    TCase *tests = tcase_create("travel");
    tcase_add_loop_test(tests, estimates, 0, COUNT(LEGS));
    tcase_add_test(tests, directions_agree);
    tcase_add_test(tests, steps_give_the_same_seconds);
    tcase_add_loop_test(tests, offices, 0, COUNT(OFFICES));
    tcase_add_test(tests, an_office_without_clients);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
