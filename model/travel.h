/* model/travel.h: the estimate of a leg that travel.csv does not give, and where offices are.
 *
 * Units:  seconds; a leg is direct. Estimates are rounded up:
 *         great circle (haversine, Earth radius 6,371,008.8 m) x detour / speed + stop_min.
 * Source: model/README.md.
 */
#ifndef HT_MODEL_TRAVEL_H
#define HT_MODEL_TRAVEL_H

#include "model/dataset.h"
#include "model/settings.h"

typedef struct ht_point {
    int32_t lat, lon; /* 10^-7 degrees */
} ht_point;

/* Estimated seconds from a to b, and from b to a. */
int32_t ht_travel_estimate(const ht_settings *settings, int32_t mode, ht_point a, ht_point b);

/* The same in steps, for many legs between the same points: what is of one point alone, the distance, each mode. */
typedef struct ht_travel_end {
    ht_point point;
    double cos_latitude;
} ht_travel_end;

ht_travel_end ht_travel_end_at(ht_point point);
/* Metres, the detour included. */
double ht_travel_metres(const ht_settings *settings, ht_travel_end a, ht_travel_end b);
int32_t ht_travel_seconds(const ht_settings *settings, int32_t mode, double metres);

/* The office of a team: its row's coordinates; without them the mean of its clients' (of all clients without any). */
ht_point ht_travel_office(const ht_dataset *data, ht_sym team);

#endif
