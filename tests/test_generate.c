/* Made-up data: it validates in silence, keeps the rest rules, and has the shares it promises, whatever the seed. */
#include "model/generate.h"

#include <math.h>

#include "base/calendar.h"
#include "model/day.h"
#include "model/validate.h"
#include "solver/solve.h"
#include "tests/support.h"
#include "tests/support_made.h"

/* Sets of many kinds; those of `USUAL` have the usual staff and are large enough for whole people to keep the shares. */
static const char *const USUAL[] = {"clients=25",
                                    "clients=40 teams=1",
                                    "clients=50",
                                    "clients=75 from=2026-03-20",
                                    "clients=110 from=2026-10-15 days=28",
                                    "clients=333 from=2026-12-24"};
static const char *const OTHERS[] = {"clients=1 days=1",
                                     "clients=2 days=3 history=0",
                                     "clients=7 teams=2",
                                     "clients=30 teams=3 staff=12 days=21",
                                     "clients=40 teams=1 staff=14",
                                     "clients=60 staff=60 from=2028-02-20",
                                     "clients=60 staff=12 teams=1 sick_rate=0.3 double_share=0.3 away_share=0.2",
                                     "clients=40 teams=4 days=1 from=2026-10-25",
                                     "clients=40 days=366 history=3 from=2025-12-31",
                                     "clients=210 teams=5 history=56"};
enum { USUAL_COUNT = sizeof USUAL / sizeof USUAL[0], OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0] };

static int64_t seeds(void) {
    return getenv("HT_FULL") != NULL ? 50 : 2;
}

static void each_set(void (*check)(const char *set, int64_t seed, ht_dataset *data)) {
    for (int64_t seed = 1; seed <= seeds(); seed++)
        for (int32_t i = 0; i < USUAL_COUNT + OTHER_COUNT; i++) {
            const char *set = i < USUAL_COUNT ? USUAL[i] : OTHERS[i - USUAL_COUNT];
            ht_dataset data;
            made_generate(set, seed, &data);
            check(set, seed, &data);
            ht_dataset_release(&data);
        }
}

/* ---- every set ---- */

static void validates(const char *set, int64_t seed, ht_dataset *data) {
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    ck_assert(ht_validate(data, &issues) && !issues.failed);
    const ht_issue *first = issues.issues.count > 0 ? issues.issues.items : issues.notes.items;
    ck_assert_msg(issues.count == 0 && issues.notes.count == 0, "%s seed %d: %s:%d: %s: %s", set, (int)seed,
                  first->file, (int)first->line, first->column, first->text);
    ht_issues_release(&issues);
}

START_TEST(every_set_validates_in_silence) {
    each_set(validates);
}
END_TEST

static void rests(const char *set, int64_t seed, ht_dataset *data) {
    made_rests found;
    made_rest(data, &found);
    ck_assert_msg(found.short_nights == 0 && found.short_weeks == 0 && found.longest <= 80 * 60,
                  "%s seed %d: %d nights below 11 h, %d weeks without 36 h, %d min in a fortnight", set, (int)seed,
                  (int)found.short_nights, (int)found.short_weeks, (int)found.longest);
}

START_TEST(rosters_keep_the_rests) {
    each_set(rests);
}
END_TEST

/* Dates of visits are the set's, each of them; performed rows lie before them, and nobody is in two places. */
static void keeps_its_days(const char *set, int64_t seed, ht_dataset *data) {
    ht_generate_options options;
    made_options(set, &options);
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    const ht_roster_row *roster = ht_dataset_rows(data, HT_ROSTER);
    const ht_performed_row *performed = ht_dataset_rows(data, HT_PERFORMED);
    int32_t visits = ht_dataset_count(data, HT_VISITS), rows = ht_dataset_count(data, HT_PERFORMED);
    int32_t first = (int32_t)options.from, after = first + (int32_t)options.days;
    for (int32_t i = 0; i < visits; i++)
        ck_assert_msg(visit[i].date >= first && visit[i].date < after, "%s seed %d", set, (int)seed);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_ROSTER); i++)
        ck_assert_msg(roster[i].date >= first && roster[i].date < after, "%s seed %d", set, (int)seed);
    for (int32_t i = 0; i < rows; i++)
        ck_assert_msg(performed[i].date < first && performed[i].date >= first - options.history, "%s seed %d", set,
                      (int)seed);
    if (options.clients >= 25)
        ck_assert_msg(visit[0].date == first && visit[visits - 1].date == after - 1, "%s seed %d", set, (int)seed);
    ck_assert_msg(options.history == 0 || options.clients < 25 || rows > 0, "%s seed %d", set, (int)seed);
}

START_TEST(every_set_keeps_its_days) {
    each_set(keeps_its_days);
}
END_TEST

static int by_person(const void *left, const void *right) {
    const ht_performed_row *a = left, *b = right;
    if (a->staff_id != b->staff_id)
        return a->staff_id < b->staff_id ? -1 : 1;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

static void is_in_one_place(const char *set, int64_t seed, ht_dataset *data) {
    ht_array *rows = &data->table[HT_PERFORMED];
    ht_performed_row *row = rows->items;
    if (rows->count > 0)
        qsort(row, (size_t)rows->count, rows->size, by_person);
    for (int32_t i = 1; i < rows->count; i++)
        ck_assert_msg(row[i].staff_id != row[i - 1].staff_id || row[i].date != row[i - 1].date ||
                          row[i].start >= row[i - 1].end,
                      "%s seed %d", set, (int)seed);
}

START_TEST(nobody_was_in_two_places) {
    each_set(is_in_one_place);
}
END_TEST

/* ---- shares ---- */

static void near(const char *set, int64_t seed, const char *name, double value, double least, double most) {
    ck_assert_msg(value >= 0.9 * least - 1e-9 && value <= 1.1 * most + 1e-9, "%s seed %d: %s is %.2f, not %.1f .. %.1f",
                  set, (int)seed, name, value, least, most);
}

static void has_shares(const char *set, int64_t seed) {
    static const double BY_VISITS[] = {25, 20, 30, 20, 5}, BY_BAND[] = {35, 13, 18, 6, 16, 12};
    ht_dataset data;
    made_shares s;
    made_generate(set, seed, &data);
    made_measure(&data, &s);
    near(set, seed, "visits a day", s.visits_a_day, 2.4, 2.4);
    for (int32_t i = 0; i < MADE_CLASSES; i++)
        near(set, seed, "clients by visits", s.by_visits[i], BY_VISITS[i], BY_VISITS[i]);
    for (int32_t i = 0; i < MADE_BANDS; i++)
        near(set, seed, "visits by hour", s.by_band[i], BY_BAND[i], BY_BAND[i]);
    near(set, seed, "double staffing", s.double_staffed, 4, 4);
    near(set, seed, "clients for each of the staff", s.clients_for_each, 3, 3.03);
    near(set, seed, "assistant nurses", s.nurses, 48, 50);
    near(set, seed, "part time", s.part_time, 46, 60);
    near(set, seed, "hours of the hourly-paid", s.hourly_hours, 20, 24);
    near(set, seed, "shifts of ill people", s.ill_shifts, 10, 10);
    near(set, seed, "hours of ill people", s.ill_minutes, 10, 10);
    near(set, seed, "client time", s.client_time, 58, 58);
    near(set, seed, "days at work", s.days_of_14, 9, 10);
    near(set, seed, "weekends", s.weekends, 50, 50);
    ht_dataset_release(&data);
}

START_TEST(shares_hold_for_every_set) {
    for (int64_t seed = 1; seed <= seeds(); seed++)
        for (int32_t i = 0; i < USUAL_COUNT; i++)
            has_shares(USUAL[i], seed);
}
END_TEST

START_TEST(minutes_are_those_of_the_service) {
    static const struct {
        const char *service;
        int32_t least, most;
    } KIND[] = {{"morning", 15, 30},  {"lunch", 15, 30}, {"evening", 15, 30}, {"check_in", 15, 30}, {"shower", 40, 40},
                {"shopping", 45, 45}, {"walk", 45, 45},  {"laundry", 20, 30}, {"cleaning", 70, 90}};
    enum { KINDS = sizeof KIND / sizeof KIND[0] };
    int32_t seen[KINDS] = {0};
    ht_dataset data;
    made_generate("clients=40", 3, &data);
    const ht_visit_row *visit = ht_dataset_rows(&data, HT_VISITS);
    for (int32_t i = 0; i < ht_dataset_count(&data, HT_VISITS); i++) {
        int32_t k = 0;
        while (k < KINDS && strcmp(KIND[k].service, ht_dataset_text(&data, visit[i].service)) != 0)
            k++;
        ck_assert_int_lt(k, KINDS);
        ck_assert_int_ge(visit[i].minutes, KIND[k].least);
        ck_assert_int_le(visit[i].minutes, KIND[k].most);
        seen[k]++;
    }
    for (int32_t k = 0; k < KINDS; k++)
        ck_assert_msg(seen[k] > 0, "%s", KIND[k].service);
    ht_dataset_release(&data);
}
END_TEST

/* ---- people ---- */

START_TEST(contacts_are_nurses_of_the_team_with_like_loads) {
    ht_dataset data;
    ht_index index;
    ht_arena arena;
    int32_t load[40] = {0}, with = 0, nurses = 0, most = 0;
    ht_arena_init(&arena, &ht_allocator_system);
    made_generate("clients=100", 1, &data);
    ck_assert(ht_index_build(&index, &data, HT_STAFF, &arena));
    const ht_client_row *client = ht_dataset_rows(&data, HT_CLIENTS);
    const ht_staff_row *staff = ht_dataset_rows(&data, HT_STAFF);
    ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), 40);
    for (int32_t i = 0; i < 100; i++) {
        int32_t contact = ht_index_find(&index, client[i].contact);
        ck_assert_int_eq(contact < 0, client[i].contact_reason != HT_NO_TEXT);
        if (contact < 0)
            continue;
        ck_assert_int_le(staff[contact].title, HT_TITLE_USK_TRANSITION);
        ck_assert_int_eq(staff[contact].team, client[i].team);
        ck_assert_int_ne(client[i].second_contact, client[i].contact);
        load[contact]++;
        with++;
    }
    for (int32_t i = 0; i < 40; i++) {
        nurses += staff[i].title <= HT_TITLE_USK_TRANSITION;
        most = load[i] > most ? load[i] : most;
    }
    ck_assert_int_ge(with, 85);
    ck_assert_int_le(most * nurses, 2 * with);
    ht_arena_release(&arena);
    ht_dataset_release(&data);
}
END_TEST

/* A substitute has the route's name of the ill person, on the same day. */
START_TEST(substitutes_take_over_routes) {
    ht_dataset data;
    int32_t taken = 0, lent = 0;
    made_generate("clients=300", 1, &data);
    const ht_roster_row *row = ht_dataset_rows(&data, HT_ROSTER);
    int32_t rows = ht_dataset_count(&data, HT_ROSTER);
    for (int32_t i = 0; i < rows; i++) {
        lent += row[i].team != HT_NO_TEXT;
        for (int32_t j = 0; j < rows; j++)
            taken += row[i].kind == HT_KIND_WORK && row[j].kind == HT_KIND_WORK && row[i].date == row[j].date &&
                     row[i].route_name == row[j].route_name && row[i].staff_id < row[j].staff_id;
    }
    ck_assert_int_ge(taken, 50);
    ck_assert_int_ge(lent, 1);
    ht_dataset_release(&data);
}
END_TEST

START_TEST(delegations_last_a_year_at_most_and_some_run_out) {
    ht_dataset data;
    int32_t delegations = 0, run_out = 0, last = 0;
    made_generate("clients=200", 1, &data);
    ck_assert(ht_date_parse("2026-03-22", &last));
    const ht_skill_row *row = ht_dataset_rows(&data, HT_SKILLS);
    for (int32_t i = 0; i < ht_dataset_count(&data, HT_SKILLS); i++) {
        if (row[i].from == HT_BLANK)
            continue;
        delegations++;
        ck_assert_int_le(row[i].to - row[i].from, 365);
        run_out += row[i].to < last;
    }
    ck_assert_int_ge(delegations, 80);
    ck_assert_int_ge(run_out, 1);
    ck_assert_int_le(run_out, delegations / 5);
    ht_dataset_release(&data);
}
END_TEST

/* ---- one seed, one set ---- */

static bool same_rows(const ht_dataset *a, const ht_dataset *b) {
    bool same = ht_strings_count(&a->text) == ht_strings_count(&b->text);
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        const ht_array *rows = &a->table[id], *others = &b->table[id];
        same = same && rows->count == others->count &&
               (rows->count == 0 || memcmp(rows->items, others->items, rows->size * (size_t)rows->count) == 0);
    }
    for (int32_t i = 0; same && i < ht_strings_count(&a->text); i++)
        same = strcmp(ht_strings_text(&a->text, i), ht_strings_text(&b->text, i)) == 0;
    return same;
}

START_TEST(one_seed_gives_one_set) {
    ht_dataset data, again, other;
    made_generate("clients=60", 7, &data);
    made_generate("clients=60", 7, &again);
    made_generate("clients=60", 8, &other);
    ck_assert(same_rows(&data, &again));
    ck_assert(!same_rows(&data, &other));
    ht_dataset_release(&data);
    ht_dataset_release(&again);
    ht_dataset_release(&other);
}
END_TEST

START_TEST(options_that_do_not_go_together) {
    static const struct {
        const char *options, *text;
    } CASE[] = {
        {"clients=3 teams=4", "4 teams are too many for 3 clients: each team has one client at least"},
        {"clients=100 teams=4 staff=15",
         "15 staff are too few for the teams (4): each needs 4, two for each weekend; give 16 or more"},
        {"clients=2000 teams=3", "800 staff are too many for the teams (3): at most 250 each; give more teams"},
        {"clients=20000 days=366", "20000 clients on 380 days, history included, are too much for one set: at most "
                                   "2000000 client days, so take fewer days"},
        {"from=1900-01-01", "the days are outside 1902 to 2198"},
        {"from=2199-12-31", "the days are outside 1902 to 2198"},
    };
    for (size_t i = 0; i < sizeof CASE / sizeof CASE[0]; i++) {
        ht_generate_options options;
        ht_dataset data;
        ht_err err;
        ht_err_init(&err);
        made_options(CASE[i].options, &options);
        ck_assert(ht_dataset_init(&data, &ht_allocator_system));
        ck_assert_int_eq(ht_generate(&options, &data, &err), HT_EUSAGE);
        ck_assert_str_eq(err.text, CASE[i].text);
        ck_assert_int_eq(ht_dataset_count(&data, HT_CLIENTS), 0);
        ht_dataset_release(&data);
    }
}
END_TEST

START_TEST(what_is_not_given_follows) {
    static const struct {
        const char *options;
        int32_t teams, staff;
    } CASE[] = {{"", 4, 40},
                {"clients=2100", 84, 840},
                {"clients=5", 1, 4},
                {"clients=40 teams=1", 1, 16},
                {"clients=2100 teams=45", 45, 840}};
    for (size_t i = 0; i < sizeof CASE / sizeof CASE[0]; i++) {
        ht_dataset data;
        made_generate(CASE[i].options, 1, &data);
        ck_assert_int_eq(ht_dataset_count(&data, HT_TEAMS), CASE[i].teams);
        ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), CASE[i].staff);
        ht_dataset_release(&data);
    }
}
END_TEST

/* ---- a day of it ---- */

static void plan(const ht_dataset *data, const char *date, int32_t *visits, int32_t *unplanned) {
    ht_settings settings;
    ht_day day;
    ht_arena arena;
    ht_solve_result result;
    int32_t on = 0;
    ht_err err;
    ht_err_init(&err);
    ht_arena_init(&arena, &ht_allocator_system);
    ck_assert(ht_date_parse(date, &on));
    ck_assert_int_eq(ht_settings_read(data, NULL, &settings, &err), HT_OK);
    ck_assert_int_eq(ht_day_build(&day, data, &settings, on, HT_NO_TEXT, &ht_allocator_system, &err), HT_OK);
    ht_solve_options options = {.seed = 1, .work = 3000, .threads = 1};
    ck_assert_int_eq(ht_solve(&day.problem, &options, &arena, &result, &err), HT_OK);
    *visits += day.problem.visits;
    for (int32_t t = 0; t < day.problem.tasks; t++)
        *unplanned += result.best.shift[t] == HT_NOBODY;
    ht_day_release(&day);
    ht_arena_release(&arena);
}

START_TEST(days_can_be_planned) {
    static const char *const DATE[] = {"2026-03-10", "2026-03-12", "2026-03-14", "2026-03-15", "2026-03-20"};
    int32_t visits = 0, unplanned = 0;
    ht_dataset data;
    made_generate("clients=25 sick_rate=0", 2, &data);
    for (size_t i = 0; i < sizeof DATE / sizeof DATE[0]; i++)
        plan(&data, DATE[i], &visits, &unplanned);
    ck_assert_int_ge(visits, 250);
    ck_assert_msg(50 * unplanned <= visits, "%d of %d visits unplanned", (int)unplanned, (int)visits);
    ht_dataset_release(&data);
}
END_TEST

/* ---- memory ---- */

START_TEST(memory_runs_out) {
    ht_generate_options options;
    made_options("clients=30 days=3 history=3", &options);
    int32_t n = 0;
    for (bool whole = false; !whole; n++) {
        ht_limited_memory memory;
        ht_dataset data;
        ht_err err;
        ht_err_init(&err);
        ht_limited_memory_init(&memory, n);
        bool made = ht_dataset_init(&data, &memory.allocator);
        ht_status status = made ? ht_generate(&options, &data, &err) : HT_ENOMEM;
        ck_assert(status == HT_OK || status == HT_ENOMEM);
        whole = status == HT_OK;
        ht_dataset_release(&data);
    }
    ck_assert_int_ge(n, 20);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("generate");
    TCase *tests = tcase_create("generate");
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, every_set_validates_in_silence);
    tcase_add_test(tests, rosters_keep_the_rests);
    tcase_add_test(tests, every_set_keeps_its_days);
    tcase_add_test(tests, nobody_was_in_two_places);
    tcase_add_test(tests, shares_hold_for_every_set);
    tcase_add_test(tests, minutes_are_those_of_the_service);
    tcase_add_test(tests, contacts_are_nurses_of_the_team_with_like_loads);
    tcase_add_test(tests, substitutes_take_over_routes);
    tcase_add_test(tests, delegations_last_a_year_at_most_and_some_run_out);
    tcase_add_test(tests, one_seed_gives_one_set);
    tcase_add_test(tests, options_that_do_not_go_together);
    tcase_add_test(tests, what_is_not_given_follows);
    tcase_add_test(tests, days_can_be_planned);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
