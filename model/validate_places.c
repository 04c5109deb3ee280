#include "base/words.h"
#include "model/travel.h"
#include "model/validate_internal.h"

/* Coordinates that can hardly be right: typed the wrong way round, or of another place. They stop no import, as a
 * client may live anywhere. */
enum { FAR_KM = 100, SHOWN = 3, LIST_TEXT = 400, DEGREE = 10000000, CLIENTS_FOR_A_MEDIAN = 3 };

/* The rows of one file that lie far away. */
typedef struct far_rows {
    const char *file;
    int32_t count, turned; /* turned: those that lie near with latitude and longitude exchanged */
    int32_t line;          /* of the first */
    char names[LIST_TEXT]; /* "B001 (line 7, 5900 km), B002 ..." of the first few */
} far_rows;

typedef struct places {
    ht_validation *v;
    const ht_client_row **client; /* those of one team side by side, each team's as the file has them */
    int32_t clients;
    int32_t *degree; /* room for one coordinate of each client */
    far_rows far_clients, far_offices;
} places;

/* ---- distances ---- */

/* As the crow flies. */
static int32_t km_between(const places *p, ht_point a, ht_point b) {
    double metres = ht_travel_metres(&p->v->settings, ht_travel_end_at(a), ht_travel_end_at(b));
    return (int32_t)(metres / p->v->settings.detour);
}

static bool is_far(const places *p, ht_point a, ht_point b) {
    return km_between(p, a, b) > FAR_KM;
}

static ht_point turned(ht_point point) {
    return (ht_point){.lat = point.lon, .lon = point.lat};
}

static bool in_sweden(ht_point point) {
    return point.lat > 55 * DEGREE && point.lat < 70 * DEGREE && point.lon > 10 * DEGREE && point.lon < 25 * DEGREE;
}

/* ---- where a team works: clients [first, end) ---- */

static ht_point home_of(const ht_client_row *client) {
    return (ht_point){client->lat, client->lon};
}

static int by_size(const void *a, const void *b) {
    const int32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static int32_t middle(int32_t *degree, int32_t count) {
    qsort(degree, (size_t)count, sizeof *degree, by_size);
    return degree[count / 2];
}

/* In Sweden the latitude is the greater number, so that of two clients the northern one is not the one turned round. */
static ht_point northernmost(const places *p, int32_t first, int32_t end) {
    int32_t north = first;
    for (int32_t i = first; i < end; i++)
        north = p->client[i]->lat > p->client[north]->lat ? i : north;
    return home_of(p->client[north]);
}

static ht_point median(const places *p, int32_t first, int32_t end) {
    ht_point place;
    if (end - first < CLIENTS_FOR_A_MEDIAN)
        return northernmost(p, first, end);
    for (int32_t i = first; i < end; i++)
        p->degree[i - first] = p->client[i]->lat;
    place.lat = middle(p->degree, end - first);
    for (int32_t i = first; i < end; i++)
        p->degree[i - first] = p->client[i]->lon;
    place.lon = middle(p->degree, end - first);
    return place;
}

/* NULL where the team has none of its own. */
static const ht_team_row *office_of(const places *p, ht_sym team) {
    const ht_team_row *row = ht_dataset_rows(p->v->data, HT_TEAMS);
    int32_t index = ht_index_find(&p->v->index[HT_TEAMS], team);
    return index >= 0 && row[index].lat != HT_BLANK && row[index].lon != HT_BLANK ? &row[index] : NULL;
}

static bool most_are_far(const places *p, ht_point office, int32_t first, int32_t end) {
    int32_t away = 0;
    for (int32_t i = first; i < end; i++)
        away += is_far(p, office, home_of(p->client[i]));
    return 2 * away > end - first;
}

/* The office, unless it is most clients that are far from it. What lies outside Sweden, and inside with latitude and
 * longitude exchanged, is taken so. */
static ht_point workplace(const places *p, const ht_team_row *office, int32_t first, int32_t end) {
    bool few = end - first < CLIENTS_FOR_A_MEDIAN;
    ht_point place = office != NULL ? (ht_point){office->lat, office->lon} : (ht_point){0, 0};
    if (office == NULL && few)
        place = median(p, 0, p->clients);
    else if (office == NULL || (!few && most_are_far(p, place, first, end)))
        place = median(p, first, end);
    return !in_sweden(place) && in_sweden(turned(place)) ? turned(place) : place;
}

/* ---- telling ---- */

static void look_at(const places *p, far_rows *rows, int32_t line, ht_sym id, ht_point point, ht_point where) {
    if (line == 0 || !is_far(p, point, where))
        return;
    if (rows->count == 0)
        rows->line = line;
    if (rows->count++ < SHOWN) {
        char place[HT_PLACE_TEXT];
        size_t used = strlen(rows->names);
        ht_issues_place(p->v->issues, line, place);
        snprintf(rows->names + used, sizeof rows->names - used, "%s%s (%s, %d km)", used > 0 ? ", " : "",
                 ht_dataset_text(p->v->data, id), place, (int)km_between(p, point, where));
    }
    rows->turned += !is_far(p, turned(point), where);
}

static void look_at_team(places *p, int32_t first, int32_t end) {
    ht_sym team = p->client[first]->team;
    const ht_team_row *office = office_of(p, team);
    ht_point where = workplace(p, office, first, end);
    if (office != NULL)
        look_at(p, &p->far_offices, office->line, team, (ht_point){office->lat, office->lon}, where);
    for (int32_t i = first; i < end; i++)
        look_at(p, &p->far_clients, p->client[i]->line, p->client[i]->client_id, home_of(p->client[i]), where);
}

static void tell(const places *p, const far_rows *rows, const char *what) {
    if (rows->count == 0)
        return;
    ht_issues_note(p->v->issues, rows->file, rows->line, "lat", "%s: %s%s: %s", what, rows->names,
                   rows->count > SHOWN ? ", ..." : "",
                   rows->turned == rows->count ? _("are latitude and longitude swapped?")
                                               : _("are lat and lon right?"));
}

/* Once for each file, with the first few. */
static void tell_all(const places *p) {
    char text[LIST_TEXT];
    snprintf(text, sizeof text,
             HT_PLURAL("%d office lies more than %d km from its team's clients",
                       "%d offices lie more than %d km from their teams' clients", p->far_offices.count),
             (int)p->far_offices.count, FAR_KM);
    tell(p, &p->far_offices, text);
    snprintf(text, sizeof text,
             HT_PLURAL("%d client lives more than %d km from where the team works",
                       "%d clients live more than %d km from where their teams work", p->far_clients.count),
             (int)p->far_clients.count, FAR_KM);
    tell(p, &p->far_clients, text);
}

static int by_team(const void *a, const void *b) {
    const ht_client_row *const *left = a, *const *right = b;
    if ((*left)->team != (*right)->team)
        return (*left)->team < (*right)->team ? -1 : 1;
    return (*left > *right) - (*left < *right);
}

bool ht_validate_places(ht_validation *v) {
    const ht_client_row *row = ht_dataset_rows(v->data, HT_CLIENTS);
    places p = {.v = v,
                .clients = ht_dataset_count(v->data, HT_CLIENTS),
                .far_clients = {.file = "clients.csv"},
                .far_offices = {.file = "teams.csv"}};
    p.client = HT_ARENA_NEW(&v->scratch, p.clients, const ht_client_row *);
    p.degree = HT_ARENA_NEW(&v->scratch, p.clients, int32_t);
    if (p.client == NULL || p.degree == NULL)
        return false;
    for (int32_t i = 0; i < p.clients; i++)
        p.client[i] = &row[i];
    if (p.clients > 1)
        qsort(p.client, (size_t)p.clients, sizeof(const ht_client_row *), by_team);
    for (int32_t first = 0, end; first < p.clients; first = end) {
        for (end = first + 1; end < p.clients && p.client[end]->team == p.client[first]->team; end++)
            ;
        look_at_team(&p, first, end);
    }
    tell_all(&p);
    return true;
}
