#include "model/generate_town.h"

/* Clients away from home, staff ill, and who steps in. Both are shares of each part of the time line: its history and
 * the set's days. */

enum { DRAWS_A_SPELL = 400, AWAY_LEAST = 3, AWAY_MOST = 8 };

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

static int32_t count_duties(const ht_town *town, int32_t first, int32_t after) {
    int32_t count = 0;
    for (int32_t i = 0; i < town->staff_count; i++)
        for (int32_t day = first; day < after; day++)
            count += ht_town_duty_of(town, i, day)->kind != HT_DUTY_FREE;
    return count;
}

/* A third of the team at most is ill on one day. */
static bool may_be_ill(const ht_town *town, int32_t staff, int32_t day) {
    const ht_town_team *team = &town->team[town->staff[staff].team];
    int32_t working = 0, ill = 1;
    for (int32_t i = team->first_staff; i < team->first_staff + team->staff; i++) {
        const ht_town_duty *duty = ht_town_duty_of(town, i, day);
        working += duty->kind != HT_DUTY_FREE;
        ill += duty->sick;
    }
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    return duty->kind != HT_DUTY_FREE && !duty->sick && (3 * ill <= working || town->options->sick_rate > 2000);
}

static int32_t spell_length(ht_rng *rng) {
    int32_t draw = ht_rng_below(rng, 20);
    return draw < 9 ? 1 : draw < 14 ? 2 : draw < 17 ? 3 : 5;
}

/* Ill from the day on for as many shifts as drawn, no more than left; returns how many. */
static int32_t fall_ill(ht_town *town, int32_t staff, int32_t day, int32_t after, int32_t shifts) {
    int32_t done = 0;
    for (; done < shifts && day < after; day++) {
        ht_town_duty *duty = ht_town_duty_of(town, staff, day);
        if (duty->kind == HT_DUTY_FREE)
            continue;
        if (!may_be_ill(town, staff, day))
            break;
        duty->sick = true;
        done++;
    }
    return done;
}

/* The hourly-paid do not fall ill here: nobody would put them on the roster. */
static void make_ill(ht_town *town, ht_rng *rng, int32_t first, int32_t after) {
    int32_t left = ht_town_share(count_duties(town, first, after), town->options->sick_rate);
    int64_t draws = (int64_t)DRAWS_A_SPELL * (left + 1);
    for (; left > 0 && draws > 0; draws--) {
        int32_t staff = ht_rng_below(rng, town->staff_count), day = ht_town_between(rng, first, after - 1);
        int32_t shifts = spell_length(rng);
        if (town->staff[staff].employment == HT_EMPLOYED_HOURLY || !may_be_ill(town, staff, day))
            continue;
        left -= fall_ill(town, staff, day, after, shifts < left ? shifts : left);
    }
}

/* ---- who steps in ---- */

/* An hourly-paid person of these teams who has the same kind of shift and no route of somebody else yet. */
static int32_t find_substitute(const ht_town *town, int32_t first, int32_t after, int32_t day, int32_t kind) {
    for (int32_t i = first; i < after; i++) {
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

/* First the team's own substitutes, then those of its unit. */
static void step_in(ht_town *town, int32_t day) {
    for (int32_t staff = 0; staff < town->staff_count; staff++) {
        const ht_town_duty *ill = ht_town_duty_of(town, staff, day);
        if (!ill->sick)
            continue;
        const ht_town_team *own = &town->team[town->staff[staff].team];
        const ht_town_team *from = &town->team[own->unit * HT_TEAMS_A_UNIT],
                           *to = &town->team[last_team(town, own->unit)];
        int32_t other = find_substitute(town, own->first_staff, own->first_staff + own->staff, day, ill->kind);
        if (other == HT_NOBODY_YET)
            other = find_substitute(town, from->first_staff, to->first_staff + to->staff, day, ill->kind);
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
