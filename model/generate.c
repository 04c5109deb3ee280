#include "model/generate.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "model/generate_town.h"
#include "model/tables.h"

enum { CLIENTS_A_TEAM = 25, STAFF_SHARE = 4000, CLIENT_DAYS_MOST = 2000000, PARTS_MOST = 8 };

/* ---- shared tools ---- */

void ht_town_draws(const ht_town *town, uint64_t part, ht_rng *rng) {
    ht_rng_init(rng, (uint64_t)town->options->seed, part);
}

int32_t ht_town_share(int64_t count, int64_t share) {
    return (int32_t)((count * share + HT_SHARE_ONE / 2) / HT_SHARE_ONE);
}

bool ht_town_picked(int64_t index, int64_t quota, int64_t count) {
    return (2 * (index + 1) * quota + count) / (2 * count) > (2 * index * quota + count) / (2 * count);
}

void ht_town_quotas(const int32_t *weight, int32_t parts, int32_t total, int32_t *quota) {
    int64_t sum = 0, rest[PARTS_MOST];
    int32_t left = total;
    for (int32_t i = 0; i < parts; i++)
        sum += weight[i];
    for (int32_t i = 0; i < parts; i++) {
        quota[i] = (int32_t)((int64_t)total * weight[i] / sum);
        rest[i] = (int64_t)total * weight[i] % sum;
        left -= quota[i];
    }
    for (; left > 0; left--) {
        int32_t largest = 0;
        for (int32_t i = 1; i < parts; i++)
            if (rest[i] > rest[largest])
                largest = i;
        quota[largest]++;
        rest[largest] = -1;
    }
}

int32_t ht_town_between(ht_rng *rng, int32_t least, int32_t most) {
    return least + ht_rng_below(rng, most - least + 1);
}

void ht_town_shuffle(ht_rng *rng, int32_t *list, int32_t count) {
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t other = ht_rng_below(rng, i + 1), value = list[i];
        list[i] = list[other];
        list[other] = value;
    }
}

ht_town_duty *ht_town_duty_of(const ht_town *town, int32_t staff, int32_t day) {
    return &town->duty[(int64_t)staff * town->days + day];
}

int32_t ht_duty_minutes(const ht_town_duty *duty) {
    if (duty->kind == HT_DUTY_FREE)
        return 0;
    int32_t pause = duty->kind == HT_DUTY_SPLIT ? HT_SPLIT_RESUME - HT_SPLIT_PAUSE + HT_BREAK_MINUTES : 0;
    return duty->end - duty->start - HT_BREAK_MINUTES - pause;
}

int32_t ht_town_weekday(int32_t day) {
    return day % 7;
}

bool ht_town_is_away(const ht_town_client *client, int32_t day) {
    return (day >= client->away[0].first && day <= client->away[0].last) ||
           (day >= client->away[1].first && day <= client->away[1].last);
}

/* ---- rows ---- */

void *ht_town_row(ht_town *town, ht_dataset *data, ht_table_id table) {
    const ht_table *form = ht_table_get(table);
    void *row = ht_array_push(&data->table[table]);
    town->failed = town->failed || row == NULL;
    if (row == NULL)
        return NULL;
    for (int32_t c = 0; c < form->count; c++)
        ht_row_set(row, &form->columns[c], form->columns[c].blank);
    *(int32_t *)row = data->table[table].count + 1; /* its line: the first is the header */
    return row;
}

ht_sym ht_town_text(ht_town *town, ht_dataset *data, const char *text) {
    ht_sym sym = ht_strings_intern(&data->text, text, strlen(text));
    town->failed = town->failed || sym == HT_NO_SYMBOL;
    return sym;
}

/* ---- options ---- */

static int64_t standard_int(const char *text) {
    int64_t value = 0;
    return text != NULL && ht_int_parse(text, &value) ? value : 0;
}

static int64_t standard_date(const char *text) {
    int32_t date = 0;
    return ht_date_parse(text, &date) ? date : 0;
}

static int64_t standard_share(const char *text) {
    int64_t value = 0;
    return ht_decimal_parse(text, HT_SHARE_ONE, &value) ? value : 0;
}

void ht_generate_defaults(ht_generate_options *options) {
#define INT standard_int
#define DATE standard_date
#define SHARE standard_share
#define X(name, kind, argument, standard, min, max, unit, help) options->name = kind(standard);
    HT_GENERATE_OPTIONS(X)
#undef X
#undef INT
#undef DATE
#undef SHARE
}

/* The teams and staff that follow from the clients. */
static void complete(ht_generate_options *options) {
    if (options->teams == 0)
        options->teams =
            options->clients < CLIENTS_A_TEAM ? 1 : (options->clients + CLIENTS_A_TEAM / 2) / CLIENTS_A_TEAM;
    int64_t least = HT_STAFF_A_TEAM_LEAST * options->teams;
    int64_t usual = ht_town_share(options->clients, STAFF_SHARE);
    if (options->staff == 0)
        options->staff = usual < least ? least : usual;
}

static ht_status check(const ht_generate_options *options, ht_err *err) {
    int64_t days = options->days + options->history, least = HT_STAFF_A_TEAM_LEAST * options->teams;
    if (options->teams > options->clients)
        return ht_fail(err, HT_EUSAGE, _("%lld teams are too many for %lld clients: each team has one client at least"),
                       (long long)options->teams, (long long)options->clients);
    if (options->staff < least)
        return ht_fail(
            err, HT_EUSAGE,
            _("%lld staff are too few for the teams (%lld): each needs %d, two for each weekend; give %lld or "
              "more"),
            (long long)options->staff, (long long)options->teams, HT_STAFF_A_TEAM_LEAST, (long long)least);
    if (options->staff > HT_STAFF_A_TEAM_MOST * options->teams)
        return ht_fail(err, HT_EUSAGE,
                       _("%lld staff are too many for the teams (%lld): at most %d each; give more teams"),
                       (long long)options->staff, (long long)options->teams, HT_STAFF_A_TEAM_MOST);
    if (options->clients * days > CLIENT_DAYS_MOST)
        return ht_fail(err, HT_EUSAGE,
                       _("%lld clients on %lld days, history included, are too much for one set: at most %d client "
                         "days, so take fewer days"),
                       (long long)options->clients, (long long)days, CLIENT_DAYS_MOST);
    if (options->from - options->history < HT_DATE_MIN + 2 * 366 || options->from + options->days > HT_DATE_MAX - 366)
        return ht_fail(err, HT_EUSAGE, _("the days are outside 1902 to 2198"));
    return HT_OK;
}

/* ---- the town ---- */

/* The time line begins on the Monday before the history and has whole fortnights. */
static void lay_days(ht_town *town) {
    const ht_generate_options *options = town->options;
    int32_t first = (int32_t)(options->from - options->history);
    town->first_date = first - (ht_date_weekday(first) - 1);
    town->history = first - town->first_date;
    town->set = town->history + (int32_t)options->history;
    town->after = town->set + (int32_t)options->days;
    town->days = (town->after + HT_CYCLE_DAYS - 1) / HT_CYCLE_DAYS * HT_CYCLE_DAYS;
}

static bool make_room(ht_town *town) {
    const ht_generate_options *options = town->options;
    town->clients = (int32_t)options->clients;
    town->teams = (int32_t)options->teams;
    town->staff_count = (int32_t)options->staff;
    town->units = (town->teams + HT_TEAMS_A_UNIT - 1) / HT_TEAMS_A_UNIT;
    town->team = HT_ARENA_NEW(&town->arena, town->teams, ht_town_team);
    town->client = HT_ARENA_NEW(&town->arena, town->clients, ht_town_client);
    town->staff = HT_ARENA_NEW(&town->arena, town->staff_count, ht_town_staff);
    town->duty = HT_ARENA_NEW(&town->arena, (int64_t)town->staff_count * town->days, ht_town_duty);
    return town->team != NULL && town->client != NULL && town->staff != NULL && town->duty != NULL;
}

static bool make_town(ht_town *town) {
    return make_room(town) && ht_town_make_places(town) && ht_town_make_clients(town) && ht_town_make_absences(town) &&
           ht_town_make_visits(town) && ht_town_make_staff(town) && ht_town_make_roster(town) &&
           ht_town_make_sick(town) && ht_town_make_contacts(town);
}

static bool write_rows(ht_town *town, ht_dataset *data) {
    ht_town_write_people(town, data);
    ht_town_write_skills(town, data);
    ht_town_write_roster(town, data);
    ht_town_write_visits(town, data);
    ht_town_write_relations(town, data);
    ht_town_write_history(town, data);
    return !town->failed;
}

ht_status ht_generate(const ht_generate_options *options, ht_dataset *data, ht_err *err) {
    ht_generate_options whole = *options;
    complete(&whole);
    ht_status status = check(&whole, err);
    if (status)
        return status;
    const ht_allocator *allocator = data->table[HT_VISITS].allocator;
    ht_town town = {.options = &whole};
    ht_arena_init(&town.arena, allocator);
    ht_array_init(&town.visits, sizeof(ht_town_visit), allocator);
    lay_days(&town);
    if (!make_town(&town) || !write_rows(&town, data))
        status = ht_fail_memory(err);
    ht_array_release(&town.visits);
    ht_arena_release(&town.arena);
    return status;
}
