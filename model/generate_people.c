#include "model/generate_town.h"

/* The rows of teams, clients and staff. Metres become coordinates around a point in a forest: nobody lives there. */

enum {
    MIDDLE_LATITUDE = 632000000, /* 63.2 N */
    MIDDLE_LONGITUDE = 164000000,
    LATITUDE_A_KM = 89830, /* 10^-7 degrees */
    LONGITUDE_A_KM = 199240,
    ID_ROOM = 32
};

static int32_t latitude(int32_t north) {
    return MIDDLE_LATITUDE + (int32_t)((int64_t)north * LATITUDE_A_KM / 1000);
}

static int32_t longitude(int32_t east) {
    return MIDDLE_LONGITUDE + (int32_t)((int64_t)east * LONGITUDE_A_KM / 1000);
}

/* "P" and a number with as many digits as the last one has. */
static ht_sym id_of(ht_town *town, ht_dataset *data, const char *letter, int32_t number, int32_t last) {
    char text[ID_ROOM], digits[ID_ROOM];
    int width = snprintf(digits, sizeof digits, "%d", (int)last);
    snprintf(text, sizeof text, "%s%0*d", letter, width < 2 ? 2 : width, (int)number);
    return ht_town_text(town, data, text);
}

static ht_sym *ids(ht_town *town, ht_dataset *data, const char *letter, int32_t count) {
    ht_sym *list = HT_ARENA_NEW(&town->arena, count, ht_sym);
    town->failed = town->failed || list == NULL;
    for (int32_t i = 0; list != NULL && i < count; i++)
        list[i] = id_of(town, data, letter, i + 1, count);
    return list;
}

/* One unit of five is a company's, where there are so many. */
static void write_teams(ht_town *town, ht_dataset *data) {
    for (int32_t t = 0; t < town->teams; t++) {
        const ht_town_team *team = &town->team[t];
        ht_team_row *row = ht_town_row(town, data, HT_TEAMS);
        if (row == NULL)
            return;
        row->team_id = town->team_id[t];
        row->unit = id_of(town, data, "U", team->unit + 1, town->units);
        row->provider = ht_town_text(town, data, team->unit % 5 == 4 ? "company" : "municipality");
        row->lat = latitude(team->north);
        row->lon = longitude(team->east);
    }
}

static void write_client(ht_town *town, ht_dataset *data, ht_rng *rng, int32_t index) {
    const ht_town_client *client = &town->client[index];
    ht_client_row *row = ht_town_row(town, data, HT_CLIENTS);
    if (row == NULL)
        return;
    row->client_id = town->client_id[index];
    row->team = town->team_id[client->team];
    row->lat = latitude(client->north);
    row->lon = longitude(client->east);
    row->contact = client->contact == HT_NOBODY_YET ? HT_NO_TEXT : town->staff_id[client->contact];
    row->second_contact = client->second == HT_NOBODY_YET ? HT_NO_TEXT : town->staff_id[client->second];
    row->contact_status = client->status;
    row->contact_reason = ht_town_text(town, data, client->reason);
    row->age_65 = ht_rng_below(rng, 100) < 93;
    row->staff_cap = ht_rng_below(rng, 100) < 5 ? ht_town_between(rng, 8, 12) : HT_BLANK;
    if (ht_rng_below(rng, 100) < 60)
        row->key = id_of(town, data, "K", index + 1, town->clients);
    row->environment = ht_town_text(town, data, client->environment);
    row->language = ht_town_text(town, data, client->language);
    row->gender_wish = ht_town_text(town, data, client->gender_wish);
    if (client->household > 0)
        row->household = id_of(town, data, "H", client->household, town->clients);
}

static void write_staff(ht_town *town, ht_dataset *data, int32_t index) {
    const ht_town_staff *staff = &town->staff[index];
    ht_staff_row *row = ht_town_row(town, data, HT_STAFF);
    if (row == NULL)
        return;
    row->staff_id = town->staff_id[index];
    row->team = town->team_id[staff->team];
    row->title = staff->title;
    row->employment = staff->employment;
    row->percent = staff->percent == HT_BLANK ? HT_BLANK : staff->percent * 100;
    row->mode = staff->mode;
    row->start_place = staff->start_place;
    row->language = ht_town_text(town, data, staff->language);
    row->gender = ht_town_text(town, data, staff->gender);
    row->avoids = ht_town_text(town, data, staff->avoids);
}

void ht_town_write_people(ht_town *town, ht_dataset *data) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_PEOPLE, &rng);
    town->team_id = ids(town, data, "T", town->teams);
    town->client_id = ids(town, data, "B", town->clients);
    town->staff_id = ids(town, data, "P", town->staff_count);
    if (town->failed)
        return;
    write_teams(town, data);
    for (int32_t i = 0; i < town->clients && !town->failed; i++)
        write_client(town, data, &rng, i);
    for (int32_t i = 0; i < town->staff_count && !town->failed; i++)
        write_staff(town, data, i);
}
