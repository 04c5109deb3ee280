#include "model/generate_town.h"

/* Who works when. Each person has a cycle of two weeks: the weekend in its middle is worked, the one at its end is free,
 * and two single days between are free, so near each other that every 7 days hold a rest of 36 h. Within a cycle a
 * person's day shifts come first, evening shifts from some day on until two free days in a row: an evening is never
 * followed by a morning, which keeps 11 h each night. A split shift, long as it is, is the last before the evenings. */

enum {
    SATURDAY = 5,
    FREE_WEEKEND = 12, /* of the cycle's days */
    PATTERNS = 6,
    VARIANTS = 6,
    MORE_ON_WEEKENDS = 75, /* minutes */
    CYCLE_MOST = 79 * 60 + 45,
    FORTNIGHT_MOST = 80 * 60, /* of any 14 days */
    SHORTEST_SHIFT = 390,
    LATE_ENOUGH = 21 * 60 + 30,
    EVENINGS = 30 /* per cent of those at work */
};

/* The single free days of the cycle. Each c covers the weeks that begin c-5 .. c-1, the free weekend those that begin
 * 5 days before it up to its first day: together all. */
static const int8_t FREE_DAYS[PATTERNS][2] = {{3, 7}, {4, 8}, {2, 7}, {4, 9}, {3, 8}, {4, 7}};

typedef struct variant {
    int16_t start, end;
} variant;

static const variant DAY_SHIFT[VARIANTS] = {{420, 840}, {405, 840}, {420, 930}, {405, 930}, {420, 960}, {405, 960}};
static const variant EVENING_SHIFT[VARIANTS] = {{870, 1200}, {825, 1200}, {870, 1290},
                                                {870, 1320}, {825, 1290}, {825, 1320}};

/* How far somebody is in the cycle. */
typedef struct person {
    bool evenings;         /* from now on in this cycle */
    int32_t evenings_done; /* in all */
    int32_t minutes;       /* of this cycle */
} person;

typedef struct planner {
    ht_town *town;
    ht_rng rng;
    person *person;
    int32_t *working; /* the team's staff of one day */
    int32_t count;
} planner;

/* ---- the cycle ---- */

static int32_t place_in_cycle(const ht_town_staff *staff, int32_t day) {
    return (day + 7 * staff->weekend) % HT_CYCLE_DAYS;
}

/* The free days are the same in each cycle: whichever 14 days are looked at hold as many. */
static bool works(const ht_town *town, int32_t staff, int32_t day) {
    const ht_town_staff *s = &town->staff[staff];
    int32_t place = place_in_cycle(s, day);
    const int8_t *free = FREE_DAYS[staff / 2 % PATTERNS];
    bool ninth = s->days < 10 && place == (staff % 4 < 2 ? free[0] - 1 : free[1] + 1);
    return place < FREE_WEEKEND && place != free[0] && place != free[1] && !ninth;
}

/* Days at work from this one to the cycle's end. */
static int32_t days_left(const ht_town *town, int32_t staff, int32_t day) {
    int32_t left = 0;
    for (int32_t end = day - place_in_cycle(&town->staff[staff], day) + FREE_WEEKEND; day < end; day++)
        left += works(town, staff, day);
    return left;
}

/* Days at work from this one to the next two free days in a row: evenings once begun last until there. */
static int32_t evenings_left(const ht_town *town, int32_t staff, int32_t day) {
    int32_t left = 0;
    for (; works(town, staff, day) || works(town, staff, day + 1); day++)
        left += works(town, staff, day);
    return left;
}

static void begin_cycle(planner *p, int32_t staff, int32_t day) {
    const ht_town_staff *s = &p->town->staff[staff];
    p->person[staff].minutes = s->minutes - s->minutes * days_left(p->town, staff, day) / s->days;
}

/* ---- shifts ---- */

static int32_t length_of(variant shift) {
    return shift.end - shift.start - HT_BREAK_MINUTES;
}

/* The shift that brings the person nearest to the hours of the cycle, within `most` minutes. */
static variant nearest(const variant *shifts, int32_t wanted, int32_t most, int32_t end_least) {
    int32_t best = -1, least = INT32_MAX, shortest = 0;
    for (int32_t i = 0; i < VARIANTS; i++) {
        int32_t length = length_of(shifts[i]);
        int32_t off = length > wanted ? length - wanted : wanted - length;
        if (off < least && length <= most && shifts[i].end >= end_least) {
            least = off;
            best = i;
        }
        if (length < length_of(shifts[shortest]))
            shortest = i;
    }
    return shifts[best < 0 ? shortest : best];
}

static void give_shift(planner *p, int32_t staff, int32_t day, ht_duty_kind kind, int32_t end_least) {
    int32_t left = days_left(p->town, staff, day);
    person *who = &p->person[staff];
    int32_t missing = p->town->staff[staff].minutes - who->minutes;
    int32_t wanted = missing / left + (ht_town_weekday(day) >= SATURDAY ? MORE_ON_WEEKENDS : 0);
    int32_t most = CYCLE_MOST - who->minutes - (left - 1) * SHORTEST_SHIFT;
    variant shift = {HT_SPLIT_START, HT_SPLIT_END};
    if (kind != HT_DUTY_SPLIT)
        shift = nearest(kind == HT_DUTY_DAY ? DAY_SHIFT : EVENING_SHIFT, wanted, most, end_least);
    ht_town_duty *duty = ht_town_duty_of(p->town, staff, day);
    *duty = (ht_town_duty){.start = shift.start, .end = shift.end, .kind = (int8_t)kind, .replaces = HT_NOBODY_YET};
    who->minutes += ht_duty_minutes(duty);
    who->evenings_done += kind != HT_DUTY_DAY;
}

/* ---- one team's day ---- */

static void collect(planner *p, const ht_town_team *team, int32_t day) {
    p->count = 0;
    for (int32_t i = 0; i < team->staff; i++) {
        int32_t staff = team->first_staff + (i + day) % team->staff;
        if (day == 0 || place_in_cycle(&p->town->staff[staff], day) == 0)
            begin_cycle(p, staff, day);
        if (day == 0 || (day > 1 && !works(p->town, staff, day - 1) && !works(p->town, staff, day - 2)))
            p->person[staff].evenings = false;
        if (works(p->town, staff, day))
            p->working[p->count++] = staff;
    }
}

/* Who takes the evenings from today on: rather one who is free soon, and who had few. -1 where all have them. */
static int32_t choose_for_evening(const planner *p, int32_t day) {
    int32_t best = -1, least = INT32_MAX;
    for (int32_t i = 0; i < p->count; i++) {
        int32_t staff = p->working[i];
        int32_t cost = 2 * p->person[staff].evenings_done + 3 * evenings_left(p->town, staff, day);
        if (!p->person[staff].evenings && cost < least) {
            least = cost;
            best = staff;
        }
    }
    return best;
}

static int32_t evenings_needed(int32_t working) {
    int32_t needed = (working * EVENINGS + 50) / 100;
    return needed == 0 && working > 1 ? 1 : needed;
}

/* On weekends who begins with the evenings works a split shift that day. */
static void fill_evenings(planner *p, int32_t day) {
    int32_t needed = evenings_needed(p->count);
    for (int32_t i = 0; i < p->count; i++)
        needed -= p->person[p->working[i]].evenings;
    for (; needed > 0; needed--) {
        int32_t staff = choose_for_evening(p, day);
        if (staff < 0)
            return;
        p->person[staff].evenings = true;
        if (ht_town_weekday(day) >= SATURDAY)
            give_shift(p, staff, day, HT_DUTY_SPLIT, 0);
    }
}

static bool has_duty(const planner *p, int32_t staff, int32_t day) {
    return ht_town_duty_of(p->town, staff, day)->kind != HT_DUTY_FREE;
}

/* Every second evening shift lasts until the last visits. */
static void plan_day(planner *p, const ht_town_team *team, int32_t day) {
    int32_t evenings = 0;
    collect(p, team, day);
    fill_evenings(p, day);
    for (int32_t i = 0; i < p->count; i++) {
        int32_t staff = p->working[i];
        if (has_duty(p, staff, day))
            continue;
        if (p->person[staff].evenings)
            give_shift(p, staff, day, HT_DUTY_EVENING, evenings++ % 2 == 0 ? LATE_ENOUGH : 0);
        else
            give_shift(p, staff, day, HT_DUTY_DAY, 0);
    }
}

/* ---- any 14 days ---- */

/* Ends the longest of the days first .. last earlier, as another of its shifts does; false where none can. */
static bool shorten_longest(const ht_town *town, int32_t staff, int32_t first, int32_t last) {
    ht_town_duty *longest = NULL;
    int16_t earlier = 0;
    for (int32_t day = first; day <= last; day++) {
        ht_town_duty *duty = ht_town_duty_of(town, staff, day);
        const variant *shifts = duty->kind == HT_DUTY_DAY ? DAY_SHIFT : EVENING_SHIFT;
        int16_t end = 0;
        for (int32_t i = 0; i < VARIANTS && duty->kind != HT_DUTY_FREE && duty->kind != HT_DUTY_SPLIT; i++)
            end = shifts[i].end < duty->end && shifts[i].end > end ? shifts[i].end : end;
        if (end > 0 && (longest == NULL || ht_duty_minutes(duty) > ht_duty_minutes(longest))) {
            longest = duty;
            earlier = end;
        }
    }
    if (longest != NULL)
        longest->end = earlier;
    return longest != NULL;
}

/* Cycles keep their hours, but the end of one and the beginning of the next may hold too many together. */
static void keep_fortnights(const ht_town *town, int32_t staff) {
    for (int32_t first = 0; first + HT_CYCLE_DAYS <= town->days; first++) {
        int32_t minutes;
        do {
            minutes = 0;
            for (int32_t day = first; day < first + HT_CYCLE_DAYS; day++)
                minutes += ht_duty_minutes(ht_town_duty_of(town, staff, day));
        } while (minutes > FORTNIGHT_MOST && shorten_longest(town, staff, first, first + HT_CYCLE_DAYS - 1));
    }
}

/* An hour in the office for one of eight assistant nurses a day, on long day shifts of weekdays. */
static void add_office_time(planner *p, const ht_town_team *team, int32_t day) {
    for (int32_t staff = team->first_staff; staff < team->first_staff + team->staff; staff++) {
        ht_town_duty *duty = ht_town_duty_of(p->town, staff, day);
        bool drawn = ht_rng_below(&p->rng, 8) == 0;
        duty->office = drawn && duty->kind == HT_DUTY_DAY && duty->end > HT_OFFICE_END &&
                       ht_town_weekday(day) < SATURDAY && p->town->staff[staff].title <= HT_TITLE_USK_TRANSITION;
    }
}

bool ht_town_make_roster(ht_town *town) {
    planner p = {.town = town,
                 .person = HT_ARENA_NEW(&town->arena, town->staff_count, person),
                 .working = HT_ARENA_NEW(&town->arena, town->staff_count, int32_t)};
    if (p.person == NULL || p.working == NULL)
        return false;
    ht_town_draws(town, HT_DRAW_ROSTER, &p.rng);
    for (int32_t t = 0; t < town->teams; t++)
        for (int32_t day = 0; day < town->days; day++)
            plan_day(&p, &town->team[t], day);
    for (int32_t staff = 0; staff < town->staff_count; staff++)
        keep_fortnights(town, staff);
    for (int32_t t = 0; t < town->teams; t++)
        for (int32_t day = 0; day < town->days; day++)
            add_office_time(&p, &town->team[t], day);
    return true;
}
