/* model/national.h: what the key figure "distinct staff in 14 days" counts: its exclusions, each named, in versions.
 *
 * The national figure is about clients of 65 or more who have at least two visits every day of the week and were at
 * home all through the period; visits from 07:00 to 22:00; alarm, meal delivery and home nursing do not count. What it
 * leaves open excludes nothing until somebody asks for it. A day's visits are those the client had, or was to have: a
 * visit that nobody made one day does not take its client out.
 *
 * Units:     dates and times as in model/dataset.h.
 * Ownership: the lists of services are the caller's texts.
 * Source:    the definition in Kommunens kvalitet i korthet, as municipalities publish it: "personer, 65 år eller äldre,
 *            som har två eller fler besök av hemtjänsten varje dag (måndag-söndag). Trygghetslarm och matleveranser
 *            räknas ej. Mätningen avser tiden 07.00-22.00. Hemsjukvårdspersonal redovisas inte. Brukare som inte bott i
 *            det egna hemmet under hela eller delar av mätperioden exkluderas." [own]: not of that text.
 */
#ifndef HT_MODEL_NATIONAL_H
#define HT_MODEL_NATIONAL_H

#include "base/words.h"
#include "model/dataset.h"

enum { HT_KEY_FIGURE_DAYS = 14, HT_KEY_FIGURE_VISITS = 2, HT_KEY_FIGURE_MANY = 20 };
enum { HT_COUNTED_FROM = 7 * 3600, HT_COUNTED_TO = 22 * 3600 }; /* of a visit's start, the latter not counted [own] */

/* Codes of visits.service [own], letter case folded: what municipalities call these services in their systems. */
#define HT_ALARM_SERVICES "alarm,larm,trygghetslarm,larmbesök,larmutryckning"
#define HT_MEALS_SERVICES "meal,meals,meal_delivery,mat,matdistribution,matleverans,matlåda"
#define HT_NURSING_SERVICES "nursing,home_nursing,hsl,hsv,hemsjukvård"
#define HT_REMOTE_SERVICES "remote,camera,telephone,digital,distans,distansbesök,kamera,telefon,nattkamera"

/* A table to be read down its columns. What is marked [own] the national definition does not say. */
/* clang-format off */
/*    id           name               national-2021  services             what it takes out */
#define HT_EXCLUSION_LIST(X)                                                                                            \
    X(UNDER_65,    N_("under_65"),    true,          NULL,                N_("clients below 65"))                           \
    X(AGE_UNKNOWN, N_("age_unknown"), false,         NULL,                N_("clients whose age is not told"))       /* [own] */ \
    X(AWAY,        N_("away"),        true,          NULL,                N_("clients who were away in the period"))        \
    X(FEW_VISITS,  N_("few_visits"),  true,          NULL,                N_("clients with fewer than two visits on some day")) \
    X(NIGHT,       N_("night"),       true,          NULL,                N_("visits that start before 07:00, or at 22:00 and later")) \
    X(ALARM,       N_("alarm"),       true,          HT_ALARM_SERVICES,   N_("alarm visits"))                               \
    X(MEALS,       N_("meals"),       true,          HT_MEALS_SERVICES,   N_("meal deliveries"))                            \
    X(NURSING,     N_("nursing"),     true,          HT_NURSING_SERVICES, N_("home nursing"))                               \
    X(REMOTE,      N_("remote"),      false,         HT_REMOTE_SERVICES,  N_("visits by camera or telephone"))       /* [own] */ \
    X(TRAINEES,    N_("trainees"),    false,         NULL,                N_("staff whose title is other: trainees")) /* [own] */
/* clang-format on */

typedef enum ht_exclusion {
#define X(id, name, national_2021, services, help) HT_EXCLUDE_##id,
    HT_EXCLUSION_LIST(X)
#undef X
        HT_EXCLUSIONS
} ht_exclusion;

typedef struct ht_exclusion_info {
    const char *name; /* stable; what `excluded_reason` says */
    const char *services, *help;
} ht_exclusion_info;

const ht_exclusion_info *ht_exclusion_info_of(ht_exclusion exclusion);
/* False where no exclusion has that name (text[0..length)). */
bool ht_exclusion_find(const char *text, size_t length, ht_exclusion *exclusion);

#define HT_DEFINITION_STANDARD "national-2021"
#define HT_DEFINITION_NAMES "national-2021|none"

typedef struct ht_definition {
    const char *name;
    bool excludes[HT_EXCLUSIONS];
    const char *services[HT_EXCLUSIONS]; /* codes, ',' between; NULL for those that know no services */
} ht_definition;

/* A version by its name, one of HT_DEFINITION_NAMES; "none" counts everything. False where there is no such. */
bool ht_definition_find(const char *name, ht_definition *definition);

/* A client for whom there is nothing to count at all. */
#define HT_NO_VISITS N_("no_visits")

#endif
