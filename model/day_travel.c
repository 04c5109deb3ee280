/* model/day_travel.c: places and travel matrices of a day. See model/day.h. */
#include "model/day_build.h"

static ht_point client_point(const ht_client_row *row) {
    return (ht_point){row->lat, row->lon};
}

/* The office place of a team, made at its first use. */
static int32_t office_place(ht_day_build_state *b, ht_problem *p, ht_point *point, ht_sym team) {
    int32_t row = ht_index_find(&b->teams, team);
    int32_t *place = &b->place_of_team[row < 0 ? 0 : row];
    if (*place < 0) {
        *place = p->places;
        point[p->places++] = ht_travel_office(b->day->data, team);
    }
    return *place;
}

static bool place_offices(ht_day_build_state *b, ht_problem *p, ht_point *point, ht_shift *shift, ht_block *block) {
    int32_t teams = ht_dataset_count(b->day->data, HT_TEAMS);
    b->place_of_team = HT_ARENA_NEW(&b->scratch, teams > 0 ? teams : 1, int32_t);
    if (!b->place_of_team)
        return false;
    for (int32_t i = 0; i < (teams > 0 ? teams : 1); i++)
        b->place_of_team[i] = -1;
    for (int32_t s = 0; s < p->shifts; s++) {
        ht_sym team = ht_day_shift_team(b->day->roster_row[s], b->day->staff_row[shift[s].staff]);
        if (shift[s].start_place == HT_NOWHERE && shift[s].blocks == 0)
            continue;
        int32_t office = office_place(b, p, point, team);
        if (shift[s].start_place != HT_NOWHERE)
            shift[s].start_place = shift[s].end_place = office;
        for (int32_t k = 0; k < shift[s].blocks; k++)
            block[shift[s].first_block + k].place = office;
    }
    return true;
}

/* The place that travel.csv's symbol names, by symbol; -1: not in the day. */
static int32_t *places_by_symbol(ht_day_build_state *b) {
    const ht_dataset *data = b->day->data;
    int32_t symbols = ht_strings_count(&data->text), clients = ht_dataset_count(data, HT_CLIENTS);
    int32_t teams = ht_dataset_count(data, HT_TEAMS);
    const ht_team_row *team = ht_dataset_rows(data, HT_TEAMS);
    int32_t *place = HT_ARENA_NEW(&b->scratch, symbols, int32_t);
    if (!place)
        return NULL;
    for (int32_t i = 0; i < symbols; i++)
        place[i] = -1;
    for (int32_t i = 0; i < clients; i++)
        place[b->client_rows[i].client_id] = b->client_of_row[i];
    ht_sym office = ht_strings_find(&data->text, "office");
    if (office != HT_NO_SYMBOL && teams <= 1)
        place[office] = b->place_of_team[0];
    for (int32_t i = 0; i < teams; i++) {
        char name[64];
        snprintf(name, sizeof name, "office:%s", ht_dataset_text(data, team[i].team_id));
        ht_sym sym = ht_strings_find(&data->text, name);
        if (sym != HT_NO_SYMBOL)
            place[sym] = b->place_of_team[i];
    }
    return place;
}

static void fill_given(const ht_day_build_state *b, const ht_problem *p, const int32_t *place, int32_t **travel) {
    const ht_travel_row *row = ht_dataset_rows(b->day->data, HT_TRAVEL);
    for (int32_t i = 0; i < ht_dataset_count(b->day->data, HT_TRAVEL); i++) {
        int32_t from = place[row[i].from], to = place[row[i].to];
        if (travel[row[i].mode] && from >= 0 && to >= 0)
            travel[row[i].mode][(int64_t)from * p->places + to] = row[i].seconds;
    }
}

/* What is not given between two places, both ways, in every mode in use. */
static void estimate_pair(const ht_settings *settings, const ht_problem *p, const ht_travel_end *end, int32_t from,
                          int32_t to, int32_t **travel) {
    double metres = -1;
    for (int32_t mode = 0; mode < HT_MODES; mode++) {
        if (!travel[mode])
            continue;
        int32_t *there = &travel[mode][(int64_t)from * p->places + to];
        int32_t *back = &travel[mode][(int64_t)to * p->places + from];
        if (*there >= 0 && *back >= 0)
            continue;
        if (metres < 0)
            metres = ht_travel_metres(settings, end[from], end[to]);
        int32_t seconds = ht_travel_seconds(settings, mode, metres);
        *there = *there < 0 ? seconds : *there;
        *back = *back < 0 ? seconds : *back;
    }
}

/* Square by square: the ways back lie a row apart, and a square's are still at hand for its next row. */
static bool fill_estimates(ht_day_build_state *b, const ht_problem *p, const ht_point *point, int32_t **travel) {
    enum { SQUARE = 64 };
    ht_travel_end *end = HT_ARENA_NEW(&b->scratch, p->places, ht_travel_end);
    for (int32_t i = 0; end && i < p->places; i++)
        end[i] = ht_travel_end_at(point[i]);
    for (int32_t row = 0; end && row < p->places; row += SQUARE)
        for (int32_t column = 0; column <= row; column += SQUARE)
            for (int32_t from = row; from < row + SQUARE && from < p->places; from++)
                for (int32_t to = column; to < column + SQUARE && to < from; to++)
                    estimate_pair(b->day->settings, p, end, from, to, travel);
    return end != NULL;
}

ht_status ht_day_travel(ht_day_build_state *b, ht_problem *p, ht_shift *shift, ht_block *block, ht_err *err) {
    int32_t teams = ht_dataset_count(b->day->data, HT_TEAMS);
    ht_point *point = HT_ARENA_NEW(&b->scratch, p->clients + teams + 1, ht_point);
    if (!point)
        return ht_fail_memory(err);
    for (p->places = 0; p->places < p->clients; p->places++)
        point[p->places] = client_point(b->client_row[p->places]);
    if (!place_offices(b, p, point, shift, block))
        return ht_fail_memory(err);
    int32_t *place = places_by_symbol(b), *travel[HT_MODES] = {0};
    if (!place)
        return ht_fail_memory(err);
    size_t cells = (size_t)p->places * (size_t)p->places;
    for (int32_t s = 0; s < p->shifts; s++) {
        int32_t mode = shift[s].mode;
        if (travel[mode])
            continue;
        travel[mode] = HT_ARENA_NEW(&b->day->arena, cells, int32_t);
        if (!travel[mode])
            return ht_fail_memory(err);
        memset(travel[mode], -1, cells * sizeof(int32_t));
    }
    fill_given(b, p, place, travel);
    for (int32_t mode = 0; mode < HT_MODES; mode++) {
        for (int32_t i = 0; travel[mode] && i < p->places; i++)
            travel[mode][(int64_t)i * p->places + i] = 0;
        p->travel[mode] = travel[mode];
    }
    return fill_estimates(b, p, point, travel) ? HT_OK : ht_fail_memory(err);
}
