#include "model/generate_town.h"

/* Who is on the books: how many of which title and employment are quotas of the whole set, dealt evenly over the teams.
 * Working hours follow from the visits: clients get CLIENT_TIME of the time that is worked. */

enum {
    HOURLY_STAFF = 2200,     /* of all staff: 3 clients for each of the others */
    HOURLY_ROUNDED = 3000,   /* up from seven tenths of a person on */
    HOURLY_HOURS = 2150,     /* of the rostered hours */
    PART_TIME = 6000,        /* of those with a monthly pay */
    ASSISTANT_NURSES = 4900, /* of all staff */
    TRANSITION = 400,        /* of all staff, rounded down: assistant nurses by the transition rule */
    TEMPORARY = 800,
    CLIENT_TIME = 5850,
    FULL_TIME = 77 * 60, /* rostered in a fortnight: below 80 h, as those who work weekends have it */
    MOST = 79 * 60 + 15,
    LEAST_PERCENT = 70,
    MOST_PERCENT = 95,
    MANY_DAYS = 10,
    FEW_DAYS = 9,
    FAR = 1800, /* metres from home to home: by car alone */
    NEAR = 700  /* on foot as well */
};

/* ---- titles and employment ---- */

static void deal_hourly(ht_town *town) {
    int32_t quota = (int32_t)(((int64_t)town->staff_count * HOURLY_STAFF + HOURLY_ROUNDED) / HT_SHARE_ONE);
    for (int32_t i = 0; i < town->staff_count; i++) {
        bool hourly = ht_town_picked(i, quota, town->staff_count);
        town->staff[i].employment = hourly ? HT_EMPLOYED_HOURLY : HT_EMPLOYED_PERMANENT;
        town->staff[i].title = hourly && i % 3 == 0 ? HT_TITLE_OTHER : HT_TITLE_VB;
    }
}

static bool is_hourly(const ht_town_staff *staff) {
    return staff->employment == HT_EMPLOYED_HOURLY;
}

/* Every assistant nurse has a monthly pay, so that each can be a contact. */
static void deal_titles(ht_town *town) {
    int32_t monthly = 0, nurses = 0, done = 0;
    for (int32_t i = 0; i < town->staff_count; i++)
        monthly += !is_hourly(&town->staff[i]);
    int32_t quota = ht_town_share(town->staff_count, ASSISTANT_NURSES);
    quota = quota < monthly ? quota : monthly;
    int32_t transition = (int32_t)((int64_t)town->staff_count * TRANSITION / HT_SHARE_ONE);
    int32_t temporary = ht_town_share(monthly, TEMPORARY);
    for (int32_t i = 0; i < town->staff_count; i++) {
        ht_town_staff *staff = &town->staff[i];
        if (is_hourly(staff))
            continue;
        if (ht_town_picked(done, temporary, monthly))
            staff->employment = HT_EMPLOYED_TEMPORARY;
        if (ht_town_picked(done++, quota, monthly))
            staff->title = ht_town_picked(nurses++, transition, quota) ? HT_TITLE_USK_TRANSITION : HT_TITLE_USK;
    }
}

/* Marks the part-time staff with percent 0: each team its share, drawn among its own. */
static void deal_part_time(ht_town *town, ht_rng *rng, int32_t *list) {
    int32_t monthly = 0, done = 0;
    for (int32_t i = 0; i < town->staff_count; i++)
        monthly += !is_hourly(&town->staff[i]);
    int32_t quota = ht_town_share(monthly, PART_TIME);
    for (int32_t t = 0; t < town->teams; t++) {
        const ht_town_team *team = &town->team[t];
        int32_t count = 0;
        for (int32_t i = team->first_staff; i < team->first_staff + team->staff; i++) {
            town->staff[i].percent = is_hourly(&town->staff[i]) ? HT_BLANK : 100;
            if (!is_hourly(&town->staff[i]))
                list[count++] = i;
        }
        ht_town_shuffle(rng, list, count);
        for (int32_t n = 0; n < count; n++)
            if (ht_town_picked(done++, quota, monthly))
                town->staff[list[n]].percent = 0;
    }
}

/* ---- working time ---- */

/* What each team's clients need in a fortnight, in minutes of staff. */
static void care_minutes(const ht_town *town, int64_t *minutes) {
    const ht_town_visit *visit = town->visits.items;
    for (int32_t i = 0; i < town->visits.count; i++) {
        const ht_town_client *client = &town->client[town->slot[visit[i].slot].client];
        if (!ht_town_is_away(client, visit[i].day))
            minutes[client->team] += visit[i].minutes * visit[i].staff_needed;
    }
    for (int32_t t = 0; t < town->teams; t++)
        minutes[t] = minutes[t] * HT_CYCLE_DAYS / (town->after - town->history);
}

/* The rostered minutes for that: those of ill people are not worked. */
static int64_t roster_minutes(const ht_town *town, int64_t care) {
    return care * HT_SHARE_ONE / CLIENT_TIME * HT_SHARE_ONE / (HT_SHARE_ONE - town->options->sick_rate);
}

static int64_t within(int64_t value, int64_t least, int64_t most) {
    return value < least ? least : value > most ? most : value;
}

/* Part time takes up what full time and the hourly-paid leave of the team's hours; percents are whole fives around
 * their mean, what rounding took is given to the next. */
static void set_part_time(ht_town_staff *staff, int32_t count, int64_t left, int32_t people, int64_t *carried) {
    static const int32_t AROUND[] = {0, 10, -10, 5, -5};
    int64_t mean =
        within(left / (people > 0 ? people : 1), FULL_TIME * LEAST_PERCENT / 100, FULL_TIME * MOST_PERCENT / 100);
    int32_t done = 0;
    for (int32_t i = 0; i < count; i++) {
        if (staff[i].percent != 0)
            continue;
        int32_t around = done == people - 1 && people % 2 == 0 ? 0 : AROUND[done % 5];
        int64_t wanted = mean + *carried + FULL_TIME * around / 100;
        int64_t percent = within((wanted * 100 / FULL_TIME + 2) / 5 * 5, LEAST_PERCENT, MOST_PERCENT);
        staff[i].percent = (int32_t)percent;
        staff[i].minutes = (int32_t)(FULL_TIME * percent / 100);
        *carried = within(wanted - staff[i].minutes, -FULL_TIME / 10, FULL_TIME / 10);
        done++;
    }
}

static void set_hours(ht_town *town, const ht_town_team *team, int64_t minutes, int32_t hourly_minutes,
                      int64_t *carried) {
    ht_town_staff *staff = town->staff + team->first_staff;
    int32_t part_time = 0, full_time = 0;
    for (int32_t i = 0; i < team->staff; i++) {
        staff[i].minutes = is_hourly(&staff[i]) ? hourly_minutes : FULL_TIME;
        part_time += staff[i].percent == 0;
        full_time += staff[i].percent == 100;
        minutes -= is_hourly(&staff[i]) ? hourly_minutes : 0;
    }
    int64_t most_of_part_time = (int64_t)part_time * FULL_TIME * MOST_PERCENT / 100;
    int64_t full = full_time > 0 ? within((minutes - most_of_part_time) / full_time, FULL_TIME, MOST) : 0;
    for (int32_t i = 0; i < team->staff; i++)
        staff[i].minutes = staff[i].percent == 100 ? (int32_t)full : staff[i].minutes;
    set_part_time(staff, team->staff, minutes - full * full_time, part_time, carried);
}

static bool deal_hours(ht_town *town) {
    int64_t *minutes = HT_ARENA_NEW(&town->arena, town->teams, int64_t);
    int64_t all = 0, carried = 0;
    int32_t hourly = 0;
    if (minutes == NULL)
        return false;
    care_minutes(town, minutes);
    for (int32_t t = 0; t < town->teams; t++) {
        minutes[t] = roster_minutes(town, minutes[t]);
        all += minutes[t];
    }
    for (int32_t i = 0; i < town->staff_count; i++)
        hourly += is_hourly(&town->staff[i]);
    int64_t each = hourly == 0 ? 0 : all * HOURLY_HOURS / HT_SHARE_ONE / hourly;
    for (int32_t t = 0; t < town->teams; t++)
        set_hours(town, &town->team[t], minutes[t], (int32_t)within(each, FULL_TIME / 2, MOST), &carried);
    return true;
}

/* ---- the rest ---- */

/* Half of each team works one weekend, half the other: among the hourly-paid and among the others. */
static void deal_weekends(ht_town *town) {
    int32_t monthly = 0, hourly = 1;
    for (int32_t i = 0; i < town->staff_count; i++) {
        ht_town_staff *staff = &town->staff[i];
        staff->weekend = (is_hourly(staff) ? hourly++ : monthly++) % 2;
        staff->days = !is_hourly(staff) && staff->percent < 100 ? FEW_DAYS : MANY_DAYS;
    }
}

static int32_t mode_of(ht_rng *rng, const ht_town_team *team) {
    int32_t draw = ht_rng_below(rng, 100);
    if (team->spread > FAR)
        return HT_CAR;
    if (team->spread < NEAR && draw >= 85)
        return HT_WALK;
    return draw < 60 ? HT_CAR : HT_BICYCLE;
}

static void describe(ht_town *town, ht_rng *rng) {
    static const char *const LANGUAGE[] = {"sv|fi", "sv|ar", "sv|so", "sv|se", "sv|en"};
    static const char *const AVOIDS[] = {"dog", "cat", "smoke"};
    for (int32_t i = 0; i < town->staff_count; i++) {
        ht_town_staff *staff = &town->staff[i];
        int32_t language = ht_rng_below(rng, 20), gender = ht_rng_below(rng, 100), avoids = ht_rng_below(rng, 60);
        staff->mode = mode_of(rng, &town->team[staff->team]);
        staff->start_place = staff->mode == HT_CAR && ht_rng_below(rng, 20) == 0 ? HT_START_HOME : HT_START_OFFICE;
        staff->language = language < 5 ? LANGUAGE[language] : "sv";
        staff->gender = gender < 85 ? "woman" : "man";
        staff->avoids = avoids < 3 ? AVOIDS[avoids] : "";
    }
}

static void share_out(ht_town *town) {
    for (int32_t t = 0; t < town->teams; t++) {
        ht_town_team *team = &town->team[t];
        team->first_staff = (int32_t)((int64_t)town->staff_count * t / town->teams);
        team->staff = (int32_t)((int64_t)town->staff_count * (t + 1) / town->teams) - team->first_staff;
        for (int32_t i = 0; i < team->staff; i++)
            town->staff[team->first_staff + i].team = t;
    }
}

bool ht_town_make_staff(ht_town *town) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_STAFF, &rng);
    int32_t *list = HT_ARENA_NEW(&town->arena, town->staff_count, int32_t);
    if (list == NULL)
        return false;
    share_out(town);
    deal_hourly(town);
    deal_titles(town);
    deal_part_time(town, &rng, list);
    if (!deal_hours(town))
        return false;
    deal_weekends(town);
    describe(town, &rng);
    return true;
}
