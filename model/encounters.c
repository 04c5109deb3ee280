#include "model/encounters.h"

#include "base/numbers.h"
#include "model/tables.h"

/* What it takes to read the encounters of a range. */
typedef struct reading {
    ht_encounters *all;
    const ht_definition *definition;
    const ht_visit_row *visit;
    const ht_staff_row *staff;
    int32_t *earliest;   /* start at each visit on its own date; HT_BLANK: nobody was there */
    uint8_t *is_service; /* by symbol of visits.service: 0 not looked at yet, else 1 + whether it is excluded */
    ht_arena *arena;
} reading;

/* ---- clients ---- */

typedef struct named {
    const char *name;
    int32_t row;
} named;

static int by_name(const void *a, const void *b) {
    const named *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static bool order_clients(ht_encounters *all, ht_sym team, ht_arena *arena) {
    const ht_client_row *row = ht_dataset_rows(all->data, HT_CLIENTS);
    int32_t rows = ht_dataset_count(all->data, HT_CLIENTS);
    named *list = HT_ARENA_NEW(arena, rows, named);
    int32_t *client = HT_ARENA_NEW(arena, rows, int32_t);
    all->place_of_row = HT_ARENA_NEW(arena, rows, int32_t);
    if (list == NULL || client == NULL || all->place_of_row == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) {
        all->place_of_row[i] = -1;
        if (team == HT_NO_TEXT || row[i].team == team)
            list[all->clients++] = (named){ht_dataset_text(all->data, row[i].client_id), i};
    }
    qsort(list, (size_t)all->clients, sizeof *list, by_name);
    for (int32_t i = 0; i < all->clients; i++) {
        client[i] = list[i].row;
        all->place_of_row[list[i].row] = i;
    }
    all->client = client;
    return true;
}

/* ---- what the definition counts ---- */

/* True where the list of codes (',' between) holds text[0..length), letter case folded. */
static bool lists(const char *codes, const char *text, size_t length) {
    char code[65], wanted[65];
    if (length >= sizeof wanted)
        return false;
    memcpy(wanted, text, length);
    wanted[length] = '\0';
    for (size_t size; *codes != '\0'; codes += size + (codes[size] == ',')) {
        size = strcspn(codes, ",");
        if (size >= sizeof code)
            continue;
        memcpy(code, codes, size);
        code[size] = '\0';
        if (ht_word_equal(code, wanted))
            return true;
    }
    return false;
}

static bool is_excluded_code(const ht_definition *definition, const char *code, size_t length) {
    for (int32_t e = 0; e < HT_EXCLUSIONS; e++)
        if (definition->excludes[e] && definition->services[e] != NULL && lists(definition->services[e], code, length))
            return true;
    return false;
}

/* A visit for several services counts where one of them does. */
static bool is_excluded_service(reading *r, ht_sym service) {
    const char *part, *text = ht_dataset_text(r->all->data, service);
    size_t at = 0, length;
    if (r->is_service[service] == 0) {
        bool excluded = *text != '\0';
        while (excluded && ht_list_next(text, &at, &part, &length))
            excluded = is_excluded_code(r->definition, part, length);
        r->is_service[service] = (uint8_t)(1 + excluded);
    }
    return r->is_service[service] == 2;
}

static bool is_trainee(const reading *r, ht_sym staff) {
    int32_t row = ht_index_find(&r->all->staff_by_id, staff);
    return row >= 0 && r->staff[row].title == HT_TITLE_OTHER;
}

static bool is_excluded(reading *r, const ht_encounter *encounter) {
    const bool *excludes = r->definition->excludes;
    bool by_day = encounter->begin >= HT_COUNTED_FROM && encounter->begin < HT_COUNTED_TO;
    return (excludes[HT_EXCLUDE_NIGHT] && !by_day) ||
           (excludes[HT_EXCLUDE_TRAINEES] && is_trainee(r, encounter->staff)) ||
           (encounter->visit >= 0 && is_excluded_service(r, r->visit[encounter->visit].service));
}

/* ---- encounters ---- */

static int by_client_and_time(const void *a, const void *b) {
    const ht_encounter *x = a, *y = b;
    int order = ht_compare32(x->client, y->client);
    if (order == 0)
        order = ht_compare32(x->excluded, y->excluded);
    if (order == 0)
        order = ht_compare32(x->date, y->date);
    if (order == 0)
        order = ht_compare32(x->begin, y->begin);
    if (order == 0)
        order = ht_compare32(x->visit, y->visit);
    return order != 0 ? order : ht_compare32(x->staff, y->staff);
}

static void note_earliest(reading *r, const ht_encounter *encounter) {
    if (encounter->visit < 0 || r->visit[encounter->visit].date != encounter->date)
        return;
    int32_t *earliest = &r->earliest[encounter->visit];
    if (*earliest == HT_BLANK || encounter->start < *earliest)
        *earliest = encounter->start;
}

/* Encounters in any order, begin and excluded still to come. */
static void take_meetings(reading *r, const ht_array *meetings) {
    ht_encounters *all = r->all;
    const ht_meeting *meeting = meetings->items;
    for (int32_t i = 0; i < meetings->count; i++) {
        int32_t row = ht_index_find(&all->clients_by_id, meeting[i].client);
        int32_t visit = ht_index_find(&all->visits_by_id, meeting[i].visit);
        if (row < 0 || all->place_of_row[row] < 0)
            continue;
        int32_t lasted = visit < 0 ? 0 : 60 * r->visit[visit].minutes;
        all->list[all->count] =
            (ht_encounter){.client = all->place_of_row[row],
                           .visit = visit,
                           .staff = meeting[i].staff,
                           .date = meeting[i].date,
                           .start = meeting[i].start,
                           .end = meeting[i].end != HT_BLANK ? meeting[i].end : meeting[i].start + lasted};
        note_earliest(r, &all->list[all->count++]);
    }
}

static void judge(reading *r) {
    for (int32_t i = 0; i < r->all->count; i++) {
        ht_encounter *here = &r->all->list[i];
        bool on_its_date = here->visit >= 0 && r->visit[here->visit].date == here->date;
        here->begin = on_its_date ? r->earliest[here->visit] : here->start;
        here->excluded = is_excluded(r, here);
    }
}

static void note_visits(reading *r) {
    ht_encounters *all = r->all;
    for (int32_t i = 0; i < ht_dataset_count(all->data, HT_VISITS); i++)
        all->at_visit[i] = -1;
    for (int32_t i = all->count - 1; i >= 0; i--)
        if (all->list[i].visit >= 0 && r->visit[all->list[i].visit].date == all->list[i].date)
            all->at_visit[all->list[i].visit] = i;
}

static void note_clients(ht_encounters *all) {
    for (int32_t client = 0, at = 0; client <= all->clients; client++) {
        all->first[client] = at;
        while (at < all->count && all->list[at].client == client && !all->list[at].excluded)
            at++;
        all->first_excluded[client] = at;
        while (at < all->count && all->list[at].client == client)
            at++;
    }
}

static bool make_room(reading *r, int32_t meetings) {
    ht_encounters *all = r->all;
    int32_t visits = ht_dataset_count(all->data, HT_VISITS);
    all->list = HT_ARENA_NEW(r->arena, meetings, ht_encounter);
    all->first = HT_ARENA_NEW(r->arena, all->clients + 1, int32_t);
    all->first_excluded = HT_ARENA_NEW(r->arena, all->clients + 1, int32_t);
    all->at_visit = HT_ARENA_NEW(r->arena, visits, int32_t);
    r->earliest = HT_ARENA_NEW(r->arena, visits, int32_t);
    r->is_service = HT_ARENA_NEW(r->arena, ht_strings_count(&all->data->text), uint8_t);
    for (int32_t i = 0; r->earliest != NULL && i < visits; i++)
        r->earliest[i] = HT_BLANK;
    return all->list != NULL && all->first != NULL && all->first_excluded != NULL && all->at_visit != NULL &&
           r->earliest != NULL && r->is_service != NULL;
}

static bool build_indexes(ht_encounters *all, ht_arena *arena) {
    return ht_index_build(&all->clients_by_id, all->data, HT_CLIENTS, arena) &&
           ht_index_build(&all->visits_by_id, all->data, HT_VISITS, arena) &&
           ht_index_build(&all->staff_by_id, all->data, HT_STAFF, arena);
}

bool ht_encounters_read(ht_encounters *all, const ht_dataset *data, const ht_definition *definition,
                        const ht_array *meetings, ht_sym team, ht_arena *arena) {
    *all = (ht_encounters){.data = data};
    reading r = {.all = all,
                 .definition = definition,
                 .visit = ht_dataset_rows(data, HT_VISITS),
                 .staff = ht_dataset_rows(data, HT_STAFF),
                 .arena = arena};
    if (!order_clients(all, team, arena) || !build_indexes(all, arena) || !make_room(&r, meetings->count))
        return false;
    take_meetings(&r, meetings);
    judge(&r);
    qsort(all->list, (size_t)all->count, sizeof *all->list, by_client_and_time);
    note_visits(&r);
    note_clients(all);
    return true;
}

/* ---- slices ---- */

/* The first of [low, high) on date or later. */
static int32_t first_from(const ht_encounter *list, int32_t low, int32_t high, int32_t date) {
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (list[middle].date < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ht_slice ht_encounters_slice(const ht_encounters *all, int32_t client, ht_encounter_kind kind, int32_t from,
                             int32_t to) {
    bool counted = kind == HT_ENCOUNTERS_COUNTED;
    int32_t low = counted ? all->first[client] : all->first_excluded[client];
    int32_t high = counted ? all->first_excluded[client] : all->first[client + 1];
    low = first_from(all->list, low, high, from);
    high = first_from(all->list, low, high, to + 1);
    return (ht_slice){all->list + low, high - low};
}

int32_t ht_encounter_visit_end(ht_slice slice, int32_t at) {
    const ht_encounter *item = slice.item;
    int32_t next = at + 1;
    while (next < slice.count && item[next].date == item[at].date && item[next].begin == item[at].begin &&
           item[next].visit == item[at].visit)
        next++;
    return next;
}
