/* model/settings.h: every setting of settings.csv: one table makes the struct, the reader, the help and the README.
 *
 * Errors: an unknown name, a value that is no number or out of range is HT_EINPUT with file and line; never clamped.
 */
#ifndef HT_MODEL_SETTINGS_H
#define HT_MODEL_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "model/dataset.h"
#include "model/objective.h"

/* A table to be read down its columns. */
/* clang-format off */
/*    name                 default  min  max     scale  unit      help (min, max, default in parts of the scale) */
#define HT_SETTING_LIST(X)                                                                                          \
    X(before_min,               30,   0,   1440,     1, "min",    "a visit may start this long before the agreed start") \
    X(after_min,                30,   0,   1440,     1, "min",    "a visit that starts later than this after the agreed start breaks the promise") \
    X(late_limit_min,           60,   0,   1440,     1, "min",    "how long after agreed + after_min a visit may start at all") \
    X(overtime_limit_min,        0,   0,    480,     1, "min",    "how long after its end a shift may be back") \
    X(weight_priority_1,       100,   0, 1000000,    1, "",       "coverage weight of an unplanned visit of priority 1") \
    X(weight_priority_2,        10,   0, 1000000,    1, "",       "of priority 2") \
    X(weight_priority_3,         1,   0, 1000000,    1, "",       "of priority 3") \
    X(points_contact,            0,   0,   1000,     1, "points", "continuity points of a visit by the contact") \
    X(points_second,             1,   0,   1000,     1, "points", "by the second contact") \
    X(points_team_met,           2,   0,   1000,     1, "points", "by a team member who met the client before") \
    X(points_team_new,           4,   0,   1000,     1, "points", "by a team member who did not") \
    X(points_other_met,          5,   0,   1000,     1, "points", "by anyone else who met the client before") \
    X(points_other_new,          8,   0,   1000,     1, "points", "by anyone else who did not") \
    X(points_wished,             1,   0,   1000,     1, "points", "taken off for a wished person, not below 0") \
    X(points_over_cap,           8,   0,   1000,     1, "points", "for each person above a client's staff_cap") \
    X(speed_walk_kmh,         4500, 500,  10000,  1000, "km/h",   "walking, where travel.csv has no row") \
    X(speed_bicycle_kmh,     13000, 1000, 50000,  1000, "km/h",   "by bicycle") \
    X(speed_car_town_kmh,    25000, 1000, 130000, 1000, "km/h",   "by car, the first car_town_km of a leg") \
    X(speed_car_outside_kmh, 50000, 1000, 130000, 1000, "km/h",   "by car, the rest of a leg") \
    X(car_town_km,            5000,   0, 1000000, 1000, "km",     "how much of a leg by car counts as town") \
    X(detour,                 1300, 1000,   5000, 1000, "",       "road length over great circle") \
    X(stop_min,               2000,   0,  60000,  1000, "min",    "added to each estimated leg: parking, doors")
/* clang-format on */

#define HT_PROFILE_STANDARD "contact-first"
#define HT_PROFILE_NAMES "contact-first|balanced|travel-first" /* those that need no row of settings.csv */

typedef struct ht_settings {
#define X(name, standard, min, max, scale, unit, help) int32_t name;
    HT_SETTING_LIST(X)
#undef X
    ht_objective objective; /* of the chosen profile */
} ht_settings;

typedef struct ht_setting_info {
    const char *name, *unit, *help;
    int32_t standard, min, max, scale;
} ht_setting_info;

/* The table above, ended by a NULL name. */
const ht_setting_info *ht_setting_infos(void);

/* The defaults; an objective of the named profile (NULL: the standard one) that has no levels yet. */
void ht_settings_init(ht_settings *settings, const char *profile);

/* Reads one row; the message has no file and line. A level of another profile than settings' own is only looked at. */
ht_status ht_settings_set(ht_settings *settings, const char *name, const char *value, ht_err *err);

/* Splits "profile.NAME.N", N from 1 to HT_LEVELS_MAX; false where name is no such name. */
bool ht_setting_profile(const char *name, char profile[HT_LEVEL_NAME], int32_t *level);

/* Reads all settings rows of data over the defaults; profile is "contact-first" (the default, for NULL), "balanced",
 * "travel-first" or one that settings.csv defines with rows `profile.NAME.1` .. `profile.NAME.8`, each value a level
 * ("cost: 1*travel + 2*overtime"). One of them counts `unplanned`, none `changes`, which is always 0. */
ht_status ht_settings_read(const ht_dataset *data, const char *profile, ht_settings *settings, ht_err *err);

#endif
