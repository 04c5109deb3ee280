/* model/generate_town.h: what the parts of the generator share; private to model/generate*.c.
 *
 * A town is made in the order of the functions below, each drawing from a stream of random numbers of its own: more
 * draws in one part do not change another.
 *
 * Units:     places in metres east and north of the town's middle; times in minutes of the day; a day is its number
 *            from `first_date` on, a Monday.
 * Ownership: everything is in the town's arena.
 * Errors:    false where memory is out.
 * Source:    the shares of model/README.md, "Made-up data".
 */
#ifndef HT_MODEL_GENERATE_TOWN_H
#define HT_MODEL_GENERATE_TOWN_H

#include "base/rng.h"
#include "model/generate.h"

enum {
    HT_NOBODY_YET = -1,
    HT_STAFF_A_TEAM_LEAST = 4,
    HT_STAFF_A_TEAM_MOST = 250,
    HT_TEAMS_A_UNIT = 5,
    HT_CYCLE_DAYS = 14
};

/* The parts of the day in which visits are agreed. */
typedef enum ht_band {
    HT_BAND_MORNING,
    HT_BAND_FORENOON,
    HT_BAND_LUNCH,
    HT_BAND_AFTERNOON,
    HT_BAND_DINNER,
    HT_BAND_EVENING,
    HT_BANDS
} ht_band;

typedef struct ht_town_team {
    int32_t first_client, clients, first_staff, staff;
    int32_t unit;
    int32_t east, north; /* of the office */
    int32_t spread;      /* mean distance of the clients from it */
} ht_town_team;

/* A period away: nothing where first > last. */
typedef struct ht_town_spell {
    int32_t first, last;
} ht_town_spell;

typedef struct ht_town_client {
    int32_t team, east, north;
    int32_t visits;    /* a day */
    int32_t sometimes; /* of each HT_CYCLE_DAYS the days with the slot of `sometimes_in`; 0: each day has all */
    ht_band sometimes_in;
    int32_t first_slot; /* of its `visits` slots, in the order of the day */
    bool insulin, medicine, spaced_meals, spaced_showers;
    int32_t contact, second; /* HT_NOBODY_YET for none */
    int32_t status;
    const char *reason, *environment, *language, *gender_wish; /* "" for none */
    int32_t household;                                         /* its number; 0 for none */
    int32_t related, relation;                                 /* a person and the kind; HT_NOBODY_YET for none */
    ht_town_spell away[2];                                     /* in the history, in the set */
} ht_town_client;

/* A visit that comes back each day. */
typedef struct ht_town_slot {
    int32_t client;
    ht_band band;
    int32_t start, minutes;
    int32_t days;        /* of each HT_CYCLE_DAYS */
    int32_t week;        /* where the week's chores begin */
    bool chores, shower; /* other services on some weekdays */
} ht_town_slot;

/* One day's visit of a slot. */
typedef struct ht_town_visit {
    int32_t slot, day;
    int32_t start, minutes, staff_needed;
    const char *service;
} ht_town_visit;

typedef struct ht_town_staff {
    int32_t team;
    int32_t title, employment, percent, mode, start_place;
    int32_t days;    /* worked in each cycle */
    int32_t minutes; /* to work in each cycle */
    int32_t weekend; /* 0 or 1: of each two weekends the one that is worked */
    const char *language, *gender, *avoids;
} ht_town_staff;

typedef enum ht_duty_kind { HT_DUTY_FREE, HT_DUTY_DAY, HT_DUTY_EVENING, HT_DUTY_SPLIT } ht_duty_kind;

/* One person's day. */
typedef struct ht_town_duty {
    int16_t start, end; /* of the whole day; a split shift's gap is HT_SPLIT_PAUSE .. HT_SPLIT_RESUME */
    int8_t kind;
    bool sick;
    bool office;      /* has office time in it */
    int32_t replaces; /* the ill person whose route it takes; HT_NOBODY_YET for none */
} ht_town_duty;

enum {
    HT_SPLIT_START = 7 * 60,
    HT_SPLIT_PAUSE = 13 * 60,
    HT_SPLIT_RESUME = 15 * 60 + 30,
    HT_SPLIT_END = 21 * 60 + 30,
    HT_BREAK_MINUTES = 30,
    HT_OFFICE_START = 14 * 60 + 15,
    HT_OFFICE_END = 15 * 60 + 15
};

typedef struct ht_town {
    const ht_generate_options *options;
    ht_arena arena;
    ht_town_team *team;
    ht_town_client *client;
    ht_town_slot *slot;
    ht_town_staff *staff;
    ht_town_duty *duty; /* staff x days */
    ht_array visits;    /* of ht_town_visit, by day, client and start */
    int32_t teams, clients, slots, staff_count, units;
    int32_t first_date;          /* of day 0 */
    int32_t days;                /* of the whole time line */
    int32_t history, set, after; /* its parts: history .. set - 1 performed, set .. after - 1 the set's days */
    ht_sym *team_id, *client_id, *staff_id;
    bool failed; /* memory was out while rows were written */
} ht_town;

/* ---- shared tools ---- */

/* The streams of random numbers. */
enum {
    HT_DRAW_PLACES,
    HT_DRAW_CLIENTS,
    HT_DRAW_VISITS,
    HT_DRAW_STAFF,
    HT_DRAW_ROSTER,
    HT_DRAW_ABSENCES,
    HT_DRAW_SICK,
    HT_DRAW_CONTACTS,
    HT_DRAW_PEOPLE,
    HT_DRAW_SKILLS,
    HT_DRAW_RELATIONS,
    HT_DRAW_HISTORY
};
void ht_town_draws(const ht_town *town, uint64_t part, ht_rng *rng);

/* The share of count, to the nearest. */
int32_t ht_town_share(int64_t count, int64_t share);
/* Of count things in a row, quota are picked, evenly spread: whether this one is. */
bool ht_town_picked(int64_t index, int64_t quota, int64_t count);
/* Splits total by the weights: largest remainder. */
void ht_town_quotas(const int32_t *weight, int32_t parts, int32_t total, int32_t *quota);
/* A number of least .. most. */
int32_t ht_town_between(ht_rng *rng, int32_t least, int32_t most);
void ht_town_shuffle(ht_rng *rng, int32_t *list, int32_t count);

ht_town_duty *ht_town_duty_of(const ht_town *town, int32_t staff, int32_t day);
/* Working minutes of a duty, its breaks aside. */
int32_t ht_duty_minutes(const ht_town_duty *duty);
/* 0 = Monday .. 6 = Sunday. */
int32_t ht_town_weekday(int32_t day);
bool ht_town_is_away(const ht_town_client *client, int32_t day);
/* False where they are kept apart, or the person avoids what is in the home; once the contacts are made. */
bool ht_town_may_visit(const ht_town *town, int32_t staff, const ht_town_client *client);

/* ---- the parts, in order ---- */

bool ht_town_make_places(ht_town *town);   /* generate_geography.c: clients' homes, teams, offices */
bool ht_town_make_clients(ht_town *town);  /* generate_clients.c: slots, what they need */
bool ht_town_make_visits(ht_town *town);   /* generate_visits.c: each day's visits, double staffing */
bool ht_town_make_staff(ht_town *town);    /* generate_staff.c */
bool ht_town_make_roster(ht_town *town);   /* generate_roster.c */
bool ht_town_make_absences(ht_town *town); /* generate_absences.c: clients away (before the visits), */
bool ht_town_make_sick(ht_town *town);     /*                      staff ill, and who steps in */
bool ht_town_make_contacts(ht_town *town); /* generate_contacts.c */

/* ---- rows of the dataset: town->failed is set where memory is out ---- */

/* A new row with every column blank; NULL where memory is out. */
void *ht_town_row(ht_town *town, ht_dataset *data, ht_table_id table);
ht_sym ht_town_text(ht_town *town, ht_dataset *data, const char *text);

void ht_town_write_people(ht_town *town, ht_dataset *data);    /* generate_people.c: teams, clients, staff */
void ht_town_write_skills(ht_town *town, ht_dataset *data);    /* generate_skills.c */
void ht_town_write_roster(ht_town *town, ht_dataset *data);    /* generate_roster_rows.c: absences, too */
void ht_town_write_visits(ht_town *town, ht_dataset *data);    /* generate_visit_rows.c */
void ht_town_write_relations(ht_town *town, ht_dataset *data); /* generate_contacts.c */
void ht_town_write_history(ht_town *town, ht_dataset *data);   /* generate_history.c */

#endif
