#include "model/generate_town.h"

/* What was done on the days before: visit by visit somebody of the team who is at work and free, the contact more often
 * than not where that is possible, as a planner with other things to mind would have it. */

enum { TRAVEL = 6, WAIT_STEP = 5, WAIT_MOST = 90, BY_CONTACT = 12, BY_SECOND = 3 };

/* One person's day as it fills up. */
typedef struct worker {
    int32_t staff;
    int32_t free_from; /* minutes of the day */
} worker;

typedef struct day_log {
    ht_town *town;
    ht_dataset *data;
    ht_rng rng;
    worker *worker; /* those at work in the team that day */
    int32_t workers, day;
    const ht_town_visit **visit; /* of the team that day, by start */
    int32_t visits;
} day_log;

static int by_start(const void *left, const void *right) {
    const ht_town_visit *a = *(const ht_town_visit *const *)left, *b = *(const ht_town_visit *const *)right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->slot > b->slot) - (a->slot < b->slot);
}

/* Own staff who step in elsewhere are not here; others who step in here are. */
static bool is_here(const ht_town *town, int32_t staff, int32_t day, int32_t team) {
    const ht_town_duty *duty = ht_town_duty_of(town, staff, day);
    if (duty->kind == HT_DUTY_FREE || duty->sick)
        return false;
    int32_t where = duty->replaces == HT_NOBODY_YET ? town->staff[staff].team : town->staff[duty->replaces].team;
    return where == team;
}

static void gather(day_log *log, int32_t team) {
    const ht_town *town = log->town;
    int32_t unit = town->team[team].unit, first = unit * HT_TEAMS_A_UNIT, last = first + HT_TEAMS_A_UNIT;
    last = (last < town->teams ? last : town->teams) - 1;
    log->workers = 0;
    for (int32_t i = town->team[first].first_staff; i < town->team[last].first_staff + town->team[last].staff; i++)
        if (is_here(town, i, log->day, team))
            log->worker[log->workers++] = (worker){i, 0};
}

static bool is_at_work(const ht_town_duty *duty, int32_t from, int32_t to) {
    if (from < duty->start || to > duty->end)
        return false;
    return duty->kind != HT_DUTY_SPLIT || to <= HT_SPLIT_PAUSE || from >= HT_SPLIT_RESUME;
}

static bool is_free(const day_log *log, const worker *who, const ht_town_client *client, int32_t start,
                    int32_t minutes) {
    const ht_town_duty *duty = ht_town_duty_of(log->town, who->staff, log->day);
    bool meets = duty->office && start < HT_OFFICE_END + TRAVEL && start + minutes + TRAVEL > HT_OFFICE_START;
    return who->free_from + TRAVEL <= start && is_at_work(duty, start - TRAVEL, start + minutes + TRAVEL) && !meets &&
           ht_town_may_visit(log->town, who->staff, client);
}

static int32_t weight_of(const ht_town_client *client, int32_t staff) {
    return staff == client->contact ? BY_CONTACT : staff == client->second ? BY_SECOND : 1;
}

/* One of those who are free, drawn by weight; NULL where nobody is. */
static worker *draw_worker(day_log *log, const ht_town_client *client, int32_t start, int32_t minutes,
                           const worker *other) {
    int32_t sum = 0;
    for (int32_t i = 0; i < log->workers; i++)
        if (&log->worker[i] != other && is_free(log, &log->worker[i], client, start, minutes))
            sum += weight_of(client, log->worker[i].staff);
    int32_t draw = sum > 0 ? ht_rng_below(&log->rng, sum) : 0;
    for (int32_t i = 0; i < log->workers && sum > 0; i++)
        if (&log->worker[i] != other && is_free(log, &log->worker[i], client, start, minutes)) {
            draw -= weight_of(client, log->worker[i].staff);
            if (draw < 0)
                return &log->worker[i];
        }
    return NULL;
}

static void write_row(day_log *log, int32_t client, worker *who, int32_t start, int32_t minutes) {
    ht_performed_row *row = ht_town_row(log->town, log->data, HT_PERFORMED);
    if (row == NULL)
        return;
    row->staff_id = log->town->staff_id[who->staff];
    row->date = log->town->first_date + log->day;
    row->start = start * 60;
    row->end = (start + minutes) * 60;
    row->client_id = log->town->client_id[client];
    who->free_from = start + minutes;
}

/* At the agreed time, or as soon after it as enough people are free; a visit for which they never are was not made. */
static void perform(day_log *log, const ht_town_visit *visit) {
    int32_t of = log->town->slot[visit->slot].client;
    const ht_town_client *client = &log->town->client[of];
    for (int32_t late = 0; late <= WAIT_MOST; late += WAIT_STEP) {
        int32_t start = visit->start + late;
        worker *one = draw_worker(log, client, start, visit->minutes, NULL);
        worker *other =
            one != NULL && visit->staff_needed > 1 ? draw_worker(log, client, start, visit->minutes, one) : NULL;
        if (one == NULL || (visit->staff_needed > 1 && other == NULL))
            continue;
        write_row(log, of, one, start, visit->minutes);
        if (other != NULL)
            write_row(log, of, other, start, visit->minutes);
        return;
    }
}

/* The visits of a day are by client, those of a team one after the other. */
static void log_team(day_log *log, const ht_town_visit *visit, int32_t count, int32_t team) {
    log->visits = 0;
    for (int32_t i = 0; i < count; i++) {
        const ht_town_client *client = &log->town->client[log->town->slot[visit[i].slot].client];
        if (!ht_town_is_away(client, log->day))
            log->visit[log->visits++] = &visit[i];
    }
    qsort(log->visit, (size_t)log->visits, sizeof *log->visit, by_start);
    gather(log, team);
    for (int32_t i = 0; i < log->visits && !log->town->failed; i++)
        perform(log, log->visit[i]);
}

static int32_t team_of(const ht_town *town, const ht_town_visit *visit) {
    return town->client[town->slot[visit->slot].client].team;
}

void ht_town_write_history(ht_town *town, ht_dataset *data) {
    const ht_town_visit *visit = town->visits.items;
    int32_t count = town->visits.count;
    day_log log = {.town = town,
                   .data = data,
                   .worker = HT_ARENA_NEW(&town->arena, town->staff_count, worker),
                   .visit = HT_ARENA_NEW(&town->arena, town->slots, const ht_town_visit *)};
    ht_town_draws(town, HT_DRAW_HISTORY, &log.rng);
    town->failed = town->failed || log.worker == NULL || log.visit == NULL;
    for (int32_t first = 0, after; first < count && !town->failed && visit[first].day < town->set; first = after) {
        log.day = visit[first].day;
        int32_t team = team_of(town, &visit[first]);
        for (after = first; after < count && visit[after].day == log.day && team_of(town, &visit[after]) == team;)
            after++;
        log_team(&log, &visit[first], after - first, team);
    }
}
