#include "model/travel.h"

#include <math.h>

static const double EARTH_RADIUS = 6371008.8; /* metres, the mean radius (IUGG) */
static const double RADIANS_A_PART = 3.14159265358979323846 / 180.0 / 1e7;

ht_travel_end ht_travel_end_at(ht_point point) {
    return (ht_travel_end){point, cos(point.lat * RADIANS_A_PART)};
}

/* Great circle by haversine, the same in both directions. */
double ht_travel_metres(const ht_settings *settings, ht_travel_end a, ht_travel_end b) {
    double half_lat = sin(((double)b.point.lat - a.point.lat) * RADIANS_A_PART / 2);
    double half_lon = sin(((double)b.point.lon - a.point.lon) * RADIANS_A_PART / 2);
    double h = half_lat * half_lat + a.cos_latitude * b.cos_latitude * half_lon * half_lon;
    return 2 * EARTH_RADIUS * asin(sqrt(h > 1 ? 1 : h)) * settings->detour / 1000;
}

/* Seconds for metres at a speed in metres an hour. */
static double seconds_at(double metres, int32_t speed) {
    return metres * 3600 / speed;
}

static double drive(const ht_settings *settings, double metres) {
    double town = metres < settings->car_town_km ? metres : settings->car_town_km;
    return seconds_at(town, settings->speed_car_town_kmh) + seconds_at(metres - town, settings->speed_car_outside_kmh);
}

int32_t ht_travel_seconds(const ht_settings *settings, int32_t mode, double metres) {
    double seconds = mode == HT_CAR    ? drive(settings, metres)
                     : mode == HT_WALK ? seconds_at(metres, settings->speed_walk_kmh)
                                       : seconds_at(metres, settings->speed_bicycle_kmh);
    seconds += settings->stop_min * 60.0 / 1000;
    /* Mathematics libraries differ in the last bits: what is whole to 1e-6 is not rounded up by them. */
    return (int32_t)ceil(round(seconds * 1e6) / 1e6);
}

int32_t ht_travel_estimate(const ht_settings *settings, int32_t mode, ht_point a, ht_point b) {
    return ht_travel_seconds(settings, mode, ht_travel_metres(settings, ht_travel_end_at(a), ht_travel_end_at(b)));
}

/* The mean of the clients' coordinates, of team's or of all; false where there are none. */
static bool centre(const ht_dataset *data, ht_sym team, ht_point *point) {
    const ht_client_row *client = ht_dataset_rows(data, HT_CLIENTS);
    int64_t lat = 0, lon = 0, count = 0;
    for (int32_t i = 0; i < ht_dataset_count(data, HT_CLIENTS); i++) {
        if (team == HT_NO_TEXT || client[i].team == team) {
            lat += client[i].lat;
            lon += client[i].lon;
            count++;
        }
    }
    if (count > 0) {
        *point = (ht_point){(int32_t)(lat / count), (int32_t)(lon / count)};
    }
    return count > 0;
}

ht_point ht_travel_office(const ht_dataset *data, ht_sym team) {
    const ht_team_row *row = ht_dataset_rows(data, HT_TEAMS);
    int32_t teams = ht_dataset_count(data, HT_TEAMS);
    ht_point point = {0, 0};
    for (int32_t i = 0; i < teams; i++) {
        if (row[i].team_id == team && row[i].lat != HT_BLANK && row[i].lon != HT_BLANK) {
            return (ht_point){row[i].lat, row[i].lon};
        }
    }
    /* without a teams table there is one office, at the centre of all clients */
    if (teams == 0 || !centre(data, team, &point)) {
        (void)centre(data, HT_NO_TEXT, &point);
    }
    return point;
}
