#include "model/generate_town.h"

/* Clients away from home, staff ill, and who steps in. Both are shares of each part of the time line: its history and
 * the set's days. */

enum { MANY_ILL = 1500, DRAWS_A_SPELL = 400, AWAY_LEAST = 3, AWAY_MOST = 8 };

/* ---- clients ---- */

/* One spell at most for each client in each part. */
static void send_away(ht_town *town, ht_rng *rng, int32_t part, int32_t first, int32_t after) {
    int32_t left = ht_town_share((int64_t)town->clients * (after - first), town->options->away_share);
    for (int32_t draws = 0; left > 0 && draws < 4 * town->clients; draws++) {
        ht_town_spell *away = &town->client[ht_rng_below(rng, town->clients)].away[part];
        int32_t days = ht_town_between(rng, AWAY_LEAST, AWAY_MOST);
        int32_t begin = ht_town_between(rng, first, after - 1);
        if (away->first <= away->last)
            continue;
        days = days > left ? left : days;
        days = days > after - begin ? after - begin : days;
        *away = (ht_town_spell){begin, begin + days - 1};
        left -= days;
    }
}

bool ht_town_make_absences(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_ABSENCES, &rng);
    for (int32_t i = 0; i < town->clients; i++)
        town->client[i].away[0] = town->client[i].away[1] = (ht_town_spell){0, -1};
    send_away(town, &rng, 1, town->set, town->after);
    if (town->history < town->set)
        send_away(town, &rng, 0, town->history, town->set);
    return true;
}

/* ---- staff ---- */

/* Duties and their minutes. */
typedef struct sum {
    int64_t count, minutes;
} sum;

static void add_duty(sum *s, const ht_town_duty *duty) {
    s->count += duty->kind != HT_DUTY_FREE;
    s->minutes += ht_duty_minutes(duty);
}

static sum sum_duties(const ht_town *town, int32_t first, int32_t after) {
    sum all = {0, 0};
    for (int32_t i = 0; i < town->staff_count; i++)
        for (int32_t day = first; day < after; day++)
            add_duty(&all, ht_town_duty_of(town, i, day));
    return all;
}

/* The share is to hold for hours as it does for the quota of shifts: after long ones come short ones. */
static bool fits_hours(const ht_town *town, const sum *all, const sum *ill, int64_t quota, const ht_town_duty *duty) {
    int64_t due = all->minutes * town->options->sick_rate / HT_SHARE_ONE;
    bool above = ill->minutes * quota > due * ill->count;
    bool longer = ht_duty_minutes(duty) * quota > due;
    return above != longer;
}

/* A quarter of the team at most is ill on one day; one of three may be. */
static bool may_be_ill(const ht_town *town, int32_t staff, int32_t day) {
    const ht_town_team *team = &town->team[town->staff[staff].team];
    int32_t working = 0, ill = 1;
    for (int32_t i = team->first_staff; i < team->first_staff + team->staff; i++) {
        const ht_town_duty *duty = ht_town_duty_of(town, i, day);
        working += duty->kind != HT_DUTY_FREE;
        ill += duty->sick;
    }
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    return duty->kind != HT_DUTY_FREE && !duty->sick &&
           (4 * ill <= working || (ill == 1 && working >= 3) || town->options->sick_rate > MANY_ILL);
}

static int32_t spell_length(ht_rng *rng) {
    int32_t draw = ht_rng_below(rng, 20);
    return draw < 9 ? 1 : draw < 14 ? 2 : draw < 17 ? 3 : 5;
}

/* Ill from the day on for as many shifts as drawn. */
static void fall_ill(ht_town *town, int32_t staff, int32_t day, int32_t after, int64_t shifts, sum *ill) {
    for (; shifts > 0 && day < after; day++) {
        ht_town_duty *duty = ht_town_duty_of(town, staff, day);
        if (duty->kind == HT_DUTY_FREE)
            continue;
        if (!may_be_ill(town, staff, day))
            break;
        duty->sick = true;
        add_duty(ill, duty);
        shifts--;
    }
}

/* The hourly-paid do not fall ill here: nobody would put them on the roster. */
static void make_ill(ht_town *town, ht_rng *rng, int32_t first, int32_t after) {
    sum all = sum_duties(town, first, after), ill = {0, 0};
    int64_t quota = ht_town_share(all.count, town->options->sick_rate);
    for (int64_t draws = DRAWS_A_SPELL * (quota + 1); ill.count < quota && draws > 0; draws--) {
        int32_t staff = ht_rng_below(rng, town->staff_count), day = ht_town_between(rng, first, after - 1);
        int32_t shifts = spell_length(rng);
        if (town->staff[staff].employment != HT_EMPLOYED_HOURLY && may_be_ill(town, staff, day) &&
            fits_hours(town, &all, &ill, quota, ht_town_duty_of(town, staff, day)))
            fall_ill(town, staff, day, after, shifts < quota - ill.count ? shifts : quota - ill.count, &ill);
    }
}

/* ---- who steps in ---- */

/* An hourly-paid person of these teams who has the same kind of shift and no route of somebody else yet; looked for in
 * another order each day. */
static int32_t find_substitute(const ht_town *town, int32_t first, int32_t count, int32_t day, int32_t kind) {
    for (int32_t n = 0; n < count; n++) {
        int32_t i = first + (n + 11 * day) % count;
        const ht_town_duty *duty = ht_town_duty_of(town, i, day);
        if (town->staff[i].employment == HT_EMPLOYED_HOURLY && duty->kind == kind && duty->replaces == HT_NOBODY_YET)
            return i;
    }
    return HT_NOBODY_YET;
}

static int32_t last_team(const ht_town *town, int32_t unit) {
    int32_t team = (unit + 1) * HT_TEAMS_A_UNIT;
    return (team < town->teams ? team : town->teams) - 1;
}

/* In the set first the team's own substitutes, then those of its unit; before it whoever of the unit could be reached. */
static void step_in(ht_town *town, int32_t day) {
    for (int32_t staff = 0; staff < town->staff_count; staff++) {
        const ht_town_duty *ill = ht_town_duty_of(town, staff, day);
        if (!ill->sick)
            continue;
        const ht_town_team *own = &town->team[town->staff[staff].team];
        const ht_town_team *from = &town->team[own->unit * HT_TEAMS_A_UNIT],
                           *to = &town->team[last_team(town, own->unit)];
        int32_t in_unit = to->first_staff + to->staff - from->first_staff, other = HT_NOBODY_YET;
        if (day >= town->set)
            other = find_substitute(town, own->first_staff, own->staff, day, ill->kind);
        if (other == HT_NOBODY_YET)
            other = find_substitute(town, from->first_staff, in_unit, day, ill->kind);
        if (other != HT_NOBODY_YET)
            ht_town_duty_of(town, other, day)->replaces = staff;
    }
}

bool ht_town_make_sick(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_SICK, &rng);
    make_ill(town, &rng, town->set, town->after);
    if (town->history < town->set)
        make_ill(town, &rng, town->history, town->set);
    for (int32_t day = town->history; day < town->after; day++)
        step_in(town, day);
    return true;
}
