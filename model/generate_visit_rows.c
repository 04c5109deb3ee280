#include "model/generate_town.h"

/* The rows of visits: what each visit asks for. */

enum {
    INSULIN_BEFORE = 15,
    INSULIN_AFTER = 15,
    INSULIN_LATEST = 30,
    MEALS_APART = 210,
    ROOM_FOR_MEALS = 240,
    SHOWERS_APART = 42 * 60
};

typedef struct writer {
    ht_town *town;
    ht_dataset *data;
    ht_sym insulin, medicine, lift;
    ht_sym *last_shower; /* of each client; HT_NO_TEXT for none yet */
    int32_t number;
} writer;

static ht_sym new_id(writer *w) {
    char text[32];
    snprintf(text, sizeof text, "V%07d", (int)++w->number);
    return ht_town_text(w->town, w->data, text);
}

/* Insulin in the morning and in the evening, before breakfast and supper. */
static bool is_for_insulin(const ht_town_client *client, const ht_town_slot *slot) {
    return client->insulin && (slot->band == HT_BAND_MORNING || slot->band >= HT_BAND_DINNER);
}

static bool is_for_medicine(const ht_town_client *client, const ht_town_slot *slot) {
    return client->medicine && (slot->band == HT_BAND_MORNING || slot->band == HT_BAND_EVENING);
}

static int32_t priority_of(const ht_visit_row *row, const char *service) {
    static const char *const CAN_WAIT[] = {"cleaning", "shopping", "laundry", "walk"};
    for (size_t i = 0; i < sizeof CAN_WAIT / sizeof CAN_WAIT[0]; i++)
        if (strcmp(service, CAN_WAIT[i]) == 0)
            return 3;
    return row->skill != HT_NO_TEXT ? 1 : 2;
}

static void ask_skills(writer *w, const ht_town_client *client, const ht_town_visit *visit, ht_visit_row *row) {
    const ht_town_slot *slot = &w->town->slot[visit->slot];
    if (is_for_insulin(client, slot)) {
        row->before_min = INSULIN_BEFORE;
        row->after_min = INSULIN_AFTER;
        row->latest = row->start + INSULIN_LATEST * 60;
    }
    bool insulin = is_for_insulin(client, slot), medicine = is_for_medicine(client, slot);
    /* One of two gives it, the other helps. */
    ht_sym skill = insulin ? w->insulin : medicine ? w->medicine : HT_NO_TEXT;
    if (visit->staff_needed == 1)
        row->skill = skill;
    else
        row->skill_one = w->lift;
}

/* Meals with a least time between, where the agreed times leave room; showers not two days in a row. */
static void link(writer *w, const ht_town_client *client, const ht_town_visit *visit, const ht_visit_row *earlier,
                 ht_visit_row *row) {
    ht_sym *shower = &w->last_shower[w->town->slot[visit->slot].client];
    int32_t apart = earlier == NULL ? 0 : (row->start - earlier->start) / 60 - earlier->minutes;
    if (strcmp(visit->service, "shower") == 0) {
        if (client->spaced_showers && *shower != HT_NO_TEXT) {
            row->after_visit = *shower;
            row->gap_min = SHOWERS_APART;
        }
        *shower = row->visit_id;
    } else if (client->spaced_meals && apart >= ROOM_FOR_MEALS) {
        row->after_visit = earlier->visit_id;
        row->gap_min = MEALS_APART;
    }
}

static void write_visit(writer *w, const ht_town_visit *visit) {
    ht_town *town = w->town;
    int32_t of = town->slot[visit->slot].client, count = ht_dataset_count(w->data, HT_VISITS);
    const ht_town_client *client = &town->client[of];
    ht_visit_row *row = ht_town_row(town, w->data, HT_VISITS);
    if (row == NULL)
        return;
    row->visit_id = new_id(w);
    row->client_id = town->client_id[of];
    row->date = town->first_date + visit->day;
    row->start = visit->start * 60;
    row->minutes = visit->minutes;
    row->staff_needed = visit->staff_needed;
    row->service = ht_town_text(town, w->data, visit->service);
    ask_skills(w, client, visit, row);
    row->priority = priority_of(row, visit->service);
    const ht_visit_row *earlier = count > 0 ? row - 1 : NULL;
    bool same_day = earlier != NULL && earlier->client_id == row->client_id && earlier->date == row->date;
    link(w, client, visit, same_day ? earlier : NULL, row);
}

void ht_town_write_visits(ht_town *town, ht_dataset *data) {
    writer w = {.town = town,
                .data = data,
                .insulin = ht_town_text(town, data, "insulin"),
                .medicine = ht_town_text(town, data, "medicine"),
                .lift = ht_town_text(town, data, "lift"),
                .last_shower = HT_ARENA_NEW(&town->arena, town->clients, ht_sym)};
    town->failed = town->failed || w.last_shower == NULL;
    const ht_town_visit *visit = town->visits.items;
    for (int32_t i = 0; i < town->visits.count && !town->failed; i++)
        if (visit[i].day >= town->set)
            write_visit(&w, &visit[i]);
}
