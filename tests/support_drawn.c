#include "tests/support_drawn.h"

#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"
#include "model/validate.h"
#include "tests/support.h"
#include "tests/support_day.h"
#include "tests/support_rows.h"

enum { PLACES_MAX = 12 };

typedef struct draw {
    ht_rng rng;
    int32_t teams, clients, staff, visits; /* teams 0: no table, all of team A */
    int32_t date;
    ht_text text; /* of the table at hand */
} draw;

/* ---- drawing ---- */

static int32_t below(draw *d, int32_t limit) {
    return ht_rng_below(&d->rng, limit);
}

static int32_t between(draw *d, int32_t least, int32_t most) {
    return least + below(d, most - least + 1);
}

static bool chance(draw *d, int32_t percent) {
    return below(d, 100) < percent;
}

/* Adds a ';' and, with the chance, one of the words. */
static void maybe(draw *d, int32_t percent, const char *const *words, int32_t count) {
    ht_text_addf(&d->text, ";%s", chance(d, percent) ? words[below(d, count)] : "");
}

#define MAYBE(d, percent, ...)                                                                                         \
    maybe(d, percent, (const char *const[]){__VA_ARGS__},                                                              \
          (int32_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

/* Adds a ';' and, with the chance, a number. */
static void maybe_number(draw *d, int32_t percent, int32_t least, int32_t most) {
    ht_text_addf(&d->text, ";");
    if (chance(d, percent))
        ht_text_addf(&d->text, "%d", (int)between(d, least, most));
}

static void maybe_time(draw *d, int32_t percent, int32_t least_minutes, int32_t most_minutes) {
    ht_text_addf(&d->text, ";");
    if (!chance(d, percent))
        return;
    int32_t minutes = between(d, least_minutes, most_minutes);
    ht_text_addf(&d->text, "%02d:%02d", (int)minutes / 60, (int)minutes % 60);
}

static void maybe_person(draw *d, int32_t percent) {
    ht_text_addf(&d->text, ";");
    if (chance(d, percent))
        ht_text_addf(&d->text, "P%d", (int)between(d, 1, d->staff));
}

static void add_date(draw *d, int32_t days) {
    char date[HT_DATE_TEXT];
    ht_date_print(d->date + days, date, sizeof date);
    ht_text_addf(&d->text, "%s", date);
}

static char team(draw *d) {
    return d->teams == 2 && chance(d, 40) ? 'B' : 'A';
}

static void load(draw *d, const char *table) {
    support_rows(&day.data, table, ht_text_get(&d->text));
    ht_text_empty(&d->text);
}

/* ---- tables ---- */

static void draw_settings(draw *d) {
    ht_text_addf(&d->text, "name;value\novertime_limit_min;%d\nlate_limit_min;%d\n", (int)(chance(d, 40) ? 30 : 0),
                 (int)(chance(d, 30) ? 15 : 60));
    if (chance(d, 20))
        ht_text_addf(&d->text, "before_min;10\nafter_min;20\npoints_team_new;7\npoints_over_cap;11\nstop_min;0,5\n");
    ht_text_addf(&d->text,
                 "profile.all.1;coverage: 1*unplanned\nprofile.all.2;promise: 1*lateness + 7*lateness_max\n"
                 "profile.all.3;people: 300*continuity + 500*staff_used + 200*unmet_wishes\n"
                 "profile.all.4;cost: 1*travel + 2*overtime + 1*waiting + 3*idle_max + 1*spread\n"
                 "profile.base.1;coverage: 1*unplanned\nprofile.base.2;base: 2*moved_starts + 1*unusual_staff\n"
                 "profile.base.3;rest: 1*lateness + 60*continuity + 1*travel + 1*overtime + 1*waiting\n");
    load(d, "settings");
}

static void draw_teams(draw *d) {
    if (d->teams == 0)
        return;
    ht_text_addf(&d->text, "team_id;lat;lon\nA;63,82;20,25\n");
    if (d->teams == 2)
        ht_text_addf(&d->text, "B%s\n", chance(d, 50) ? ";63,84;20,28" : ";;");
    load(d, "teams");
}

static void draw_clients(draw *d) {
    ht_text_addf(&d->text, "client_id;team;lat;lon;contact;second_contact;environment;language;gender_wish;staff_cap;"
                           "from;to\n");
    for (int32_t i = 1; i <= d->clients; i++) {
        ht_text_addf(&d->text, "K%d;%c;63,8%03d;20,2%03d", (int)i, team(d), (int)below(d, 400), (int)below(d, 600));
        maybe_person(d, 70);
        maybe_person(d, 40);
        MAYBE(d, 20, "cats", "dogs|smoke");
        MAYBE(d, 20, "fi", "ar");
        MAYBE(d, 20, "f", "m");
        maybe_number(d, 30, 1, 3);
        ht_text_addf(&d->text, ";");
        if (chance(d, 10))
            add_date(d, between(d, -1, 1));
        ht_text_addf(&d->text, ";\n");
    }
    load(d, "clients");
}

static void draw_staff(draw *d) {
    ht_text_addf(&d->text, "staff_id;team;mode;start_place;language;gender;avoids;to\n");
    for (int32_t i = 1; i <= d->staff; i++) {
        ht_text_addf(&d->text, "P%d;%c", (int)i, team(d));
        MAYBE(d, 100, "car", "car", "bicycle", "walk");
        MAYBE(d, 100, "office", "office", "home");
        MAYBE(d, 70, "sv", "sv|fi", "ar|sv");
        MAYBE(d, 80, "f", "m");
        MAYBE(d, 25, "cats", "smoke", "birds|dogs");
        ht_text_addf(&d->text, ";");
        if (i > 1 && chance(d, 10))
            add_date(d, between(d, -1, 0));
        ht_text_addf(&d->text, "\n");
    }
    load(d, "staff");
}

static void draw_skills(draw *d) {
    ht_text_addf(&d->text, "staff_id;skill;from;to\n");
    for (int32_t i = 1; i <= d->staff; i++)
        for (int32_t skill = 0; skill < 2; skill++) {
            if (chance(d, 35))
                continue;
            int32_t dated = below(d, 4); /* from; to */
            ht_text_addf(&d->text, "P%d;%s;", (int)i, skill == 0 ? "inj" : "lift");
            if (dated == 1)
                add_date(d, between(d, -2, 1));
            ht_text_addf(&d->text, ";");
            if (dated == 2)
                add_date(d, between(d, -1, 2));
            ht_text_addf(&d->text, "\n");
        }
    load(d, "skills");
}

static void add_row(draw *d, int32_t person, const char *cells) {
    ht_text_addf(&d->text, "P%d;", (int)person);
    add_date(d, 0);
    ht_text_addf(&d->text, ";%s", cells);
}

/* One working day of a person: start, end, break; two rows of a split one. */
static void add_work(draw *d, int32_t person) {
    static const char *const DAYS[][2] = {
        {"07:00;12:00;work;;;", NULL},
        {"07:00;16:00;work;30;;", NULL},
        {"07:00;16:00;work;30;11:00;13:00", NULL},
        {"14:30;21:00;work;30;17:00;18:30", NULL},
        {"08:00;11:30;work;15;;", NULL},
        {"07:00;11:00;work;;;", "16:00;20:00;work;;;"},
        {"07:00;10:00;work;;;", "10:10;14:00;work;15;;"},
        {"07:00;11:00;work;;;", "11:00;16:00;work;;;"},
    };
    const char *const *rows = DAYS[below(d, (int32_t)(sizeof DAYS / sizeof DAYS[0]))];
    for (int32_t i = 0; i < 2 && rows[i] != NULL; i++) {
        add_row(d, person, rows[i]);
        ht_text_addf(&d->text, ";%s", d->teams == 2 && chance(d, 15) ? "A" : "");
        MAYBE(d, 10, "car", "walk");
        ht_text_addf(&d->text, "\n");
    }
}

static void draw_roster(draw *d) {
    static const char *const OFFICE[] = {"07:00;07:30;office", "09:00;09:45;office", "11:30;12:15;office",
                                         "15:30;17:00;office", "20:30;21:30;office"};
    ht_text_addf(&d->text, ROSTER);
    for (int32_t i = 1; i <= d->staff; i++) {
        if (i > 1 && chance(d, 10))
            continue;
        add_work(d, i);
        for (size_t k = 0; k < sizeof OFFICE / sizeof OFFICE[0]; k++)
            if (chance(d, 8)) {
                add_row(d, i, OFFICE[k]);
                ht_text_addf(&d->text, ";;;;;\n");
            }
    }
    load(d, "roster");
}

static void draw_absences(draw *d) {
    static const char *const TIMES[][2] = {
        {" 06:00", " 08:30"}, {" 09:15", " 10:00"}, {" 11:00", " 23:00"}, {"", ""}, {" 08:00", " 08:20"}};
    ht_text_addf(&d->text, "staff_id;client_id;from;to\n");
    for (int32_t i = 2; i <= d->staff + d->clients; i++) {
        if (!chance(d, 10))
            continue;
        const char *const *time = TIMES[below(d, 5)];
        ht_text_addf(&d->text, i <= d->staff ? "P%d;;" : ";K%d;", (int)(i <= d->staff ? i : i - d->staff));
        add_date(d, 0);
        ht_text_addf(&d->text, "%s;", time[0]);
        add_date(d, 0);
        ht_text_addf(&d->text, "%s\n", time[1]);
    }
    load(d, "absences");
}

static void draw_relations(draw *d) {
    static const char *const KIND[] = {"blocked", "wished", "known"};
    ht_text_addf(&d->text, "client_id;staff_id;kind\n");
    for (int32_t c = 1; c <= d->clients; c++)
        for (int32_t s = 1; s <= d->staff; s++)
            if (chance(d, 15))
                ht_text_addf(&d->text, "K%d;P%d;%s\n", (int)c, (int)s, KIND[below(d, 3)]);
    load(d, "relations");
}

/* Both ways between some clients and the offices, by car; no triangle inequality. */
static void draw_travel(draw *d) {
    char place[PLACES_MAX][16];
    int32_t places = 0;
    if (chance(d, 40))
        return;
    for (int32_t c = 1; c <= d->clients; c += between(d, 1, 2))
        snprintf(place[places++], sizeof place[0], "K%d", (int)c);
    for (int32_t t = 0; t < d->teams; t++)
        snprintf(place[places++], sizeof place[0], "office:%c", 'A' + (int)t);
    if (d->teams == 0)
        snprintf(place[places++], sizeof place[0], "office");
    ht_text_addf(&d->text, "from;to;mode;minutes\n");
    for (int32_t i = 0; i < places; i++)
        for (int32_t j = 0; j < places; j++)
            if (i != j)
                ht_text_addf(&d->text, "%s;%s;car;%d,%d\n", place[i], place[j], (int)between(d, 0, 15),
                             (int)below(d, 10));
    load(d, "travel");
}

/* U1 .. U3 of the days before, whose ends a link can ask for. */
static void add_visits_before(draw *d) {
    for (int32_t i = 1; i <= 3; i++) {
        ht_text_addf(&d->text, "U%d;K%d;", (int)i, (int)between(d, 1, d->clients));
        add_date(d, -(int32_t)below(d, 2) - 1);
        ht_text_addf(&d->text, ";%d:30;30;;;;;;;;;;;;;%s\n", (int)between(d, 17, 20), chance(d, 30) ? "no" : "");
    }
}

/* ";after_visit;gap_min;gap_max" of the i-th visit. */
static void add_link(draw *d, int32_t i) {
    if (i > 1 && chance(d, 20)) {
        ht_text_addf(&d->text, ";V%d", (int)between(d, 1, i - 1));
        maybe_number(d, 60, 0, 150);
        maybe_number(d, 40, 150, 400);
    } else if (chance(d, 15)) {
        ht_text_addf(&d->text, ";U%d", (int)between(d, 1, 3));
        maybe_number(d, 80, 600, 960);
        maybe_number(d, 20, 960, 2400);
    } else
        ht_text_addf(&d->text, ";;;");
}

/* ";locked_staff;locked_start" */
static void add_locks(draw *d, int32_t start, int32_t need) {
    int32_t first = between(d, 1, d->staff), second = first % d->staff + 1;
    ht_text_addf(&d->text, ";");
    if (chance(d, 12) && need > 1 && chance(d, 50))
        ht_text_addf(&d->text, "P%d|P%d", (int)first, (int)second);
    else if (chance(d, 10))
        ht_text_addf(&d->text, "P%d", (int)first);
    maybe_time(d, 8, start - 40, start + 60);
}

static void draw_visits(draw *d) {
    ht_text_addf(&d->text,
                 VISITS ";before_min;after_min;latest;skill;skill_one;staff_needed;priority;after_visit;gap_min;"
                        "gap_max;locked_staff;locked_start;counts\n");
    add_visits_before(d);
    for (int32_t i = 1; i <= d->visits; i++) {
        int32_t start = 5 * between(d, 7 * 12, 19 * 12), need = chance(d, 80) ? 1 : between(d, 2, 3);
        ht_text_addf(&d->text, "V%d;K%d;", (int)i, (int)between(d, 1, d->clients));
        add_date(d, 0);
        ht_text_addf(&d->text, ";%02d:%02d;%d", (int)start / 60, (int)start % 60, (int)between(d, 5, 60));
        maybe_number(d, 30, 0, 90);
        maybe_number(d, 30, 0, 90);
        maybe_time(d, 20, start, start + 150);
        MAYBE(d, 20, "inj", "lift", "inj|lift");
        MAYBE(d, 20, "inj", "lift", "lift|inj");
        ht_text_addf(&d->text, ";%d", (int)need);
        maybe_number(d, 40, 1, 3);
        add_link(d, i);
        add_locks(d, start, need);
        MAYBE(d, 10, "no");
        ht_text_addf(&d->text, "\n");
    }
    load(d, "visits");
}

/* Who came in the days before: by client, and to the visits that links ask for. */
static void draw_performed(draw *d) {
    ht_text_addf(&d->text, "staff_id;date;start;end;visit_id;client_id\n");
    for (int32_t i = 0; i < 2 * d->clients; i++) {
        ht_text_addf(&d->text, "P%d;", (int)between(d, 1, d->staff));
        add_date(d, -between(d, 1, 16));
        ht_text_addf(&d->text, ";08:%02d;;;K%d\n", (int)i, (int)between(d, 1, d->clients));
    }
    for (int32_t i = 1; i <= 3; i++)
        if (chance(d, 60)) {
            ht_text_addf(&d->text, "P%d;", (int)between(d, 1, d->staff));
            add_date(d, -1);
            ht_text_addf(&d->text, ";19:%02d;%s;U%d;\n", (int)below(d, 60), chance(d, 50) ? "20:50" : "", (int)i);
        }
    load(d, "performed");
}

static void draw_planned(draw *d) {
    char id[16];
    for (int32_t i = 0; i < 4; i++) {
        ht_performed_row *row = ht_array_push(&day.data.planned);
        ck_assert_ptr_nonnull(row);
        int32_t start = 3600 * between(d, 16, 20);
        *row = (ht_performed_row){.date = d->date - 1 - below(d, 2), .start = start, .end = start + 2400};
        snprintf(id, sizeof id, "P%d", (int)between(d, 1, d->staff));
        row->staff_id = ht_strings_find(&day.data.text, id);
        snprintf(id, sizeof id, "%c%d", i < 3 ? 'U' : 'K', (int)(i < 3 ? i + 1 : between(d, 1, d->clients)));
        *(i < 3 ? &row->visit_id : &row->client_id) = ht_strings_find(&day.data.text, id);
    }
}

/* Some visits are of a series: with a usual start, and usual staff or not. */
static void draw_base_plan(draw *d) {
    static const char *const USUAL[] = {"P1", "P1|P2", "P2 | P3", "P2|P4|P5"};
    ht_visit_row *row = day.data.table[HT_VISITS].items;
    ht_sym series = ht_strings_intern(&day.data.text, "S1", 2);
    for (int32_t i = 0; i < day.data.table[HT_VISITS].count; i++) {
        if (chance(d, 40))
            continue;
        const char *usual = USUAL[below(d, 4)];
        row[i].series = series;
        row[i].usual_start = row[i].start + 60 * between(d, -40, 40);
        row[i].usual_staff = chance(d, 70) ? ht_strings_intern(&day.data.text, usual, strlen(usual)) : HT_NO_TEXT;
    }
}

/* ---- the whole ---- */

static void validate(void) {
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    ck_assert(ht_validate(&day.data, &issues));
    const ht_issue *first = issues.count > 0 ? ht_array_at(&issues.issues, 0) : NULL;
    ck_assert_msg(first == NULL, "%s:%d: %s: %s", first->file, (int)first->line, first->column, first->text);
    ht_issues_release(&issues);
}

static void draw_tables(draw *d) {
    draw_settings(d);
    draw_teams(d);
    draw_clients(d);
    draw_staff(d);
    draw_skills(d);
    draw_roster(d);
    draw_absences(d);
    draw_relations(d);
    draw_travel(d);
    draw_visits(d);
    draw_performed(d);
    draw_planned(d);
}

const char *drawn_load(uint64_t seed) {
    static const char *const DATES[] = {D, D, D, "2025-03-30", "2025-03-31", "2025-10-26"};
    static const char *const PROFILES[] = {"contact-first", "balanced", "travel-first", "all", "base", "base"};
    draw d = {.visits = 0};
    ht_rng_init(&d.rng, seed, 0);
    ht_text_init(&d.text, &ht_allocator_system);
    d.teams = below(&d, 3);
    d.clients = between(&d, 2, 9);
    d.staff = between(&d, 2, 6);
    d.visits = between(&d, 3, 25);
    d.date = day.plan.date = small_day_date(DATES[below(&d, 6)]);
    draw_tables(&d);
    ht_text_release(&d.text);
    validate();
    if (d.teams == 2 && chance(&d, 30))
        day.plan.team = ht_strings_find(&day.data.text, chance(&d, 50) ? "A" : "B");
    const char *profile = PROFILES[below(&d, 6)];
    draw_base_plan(&d);
    return profile;
}
