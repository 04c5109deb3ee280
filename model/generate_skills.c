#include "model/generate_town.h"

/* Delegations hold for a year at most and are given anew the day after; a few run out within the set's days. Training
 * has no end. */

enum { DELEGATION_DAYS = 365, RUN_OUT = 400 };

typedef struct delegation {
    int32_t staff;
    const char *skill;
    int32_t from; /* a date */
    bool renewed;
} delegation;

static void write_row(ht_town *town, ht_dataset *data, const delegation *d, int32_t from, int32_t to) {
    ht_skill_row *row = ht_town_row(town, data, HT_SKILLS);
    if (row == NULL)
        return;
    row->staff_id = town->staff_id[d->staff];
    row->skill = ht_town_text(town, data, d->skill);
    row->from = from;
    row->to = to;
}

static void write_delegation(ht_town *town, ht_dataset *data, const delegation *d) {
    int32_t last = town->first_date + town->after - 1;
    int32_t from = d->from;
    for (; d->renewed && from + DELEGATION_DAYS <= last; from += DELEGATION_DAYS)
        write_row(town, data, d, from, from + DELEGATION_DAYS - 1);
    write_row(town, data, d, from, from + DELEGATION_DAYS - 1);
}

/* Everybody with a monthly pay gives medicine, and two of three others; insulin is for assistant nurses and half of the
 * care assistants. */
static bool gives_medicine(const ht_town_staff *staff, int32_t draw) {
    return staff->employment != HT_EMPLOYED_HOURLY || draw < 67;
}

static bool gives_insulin(const ht_town_staff *staff, int32_t draw) {
    return staff->title <= HT_TITLE_USK_TRANSITION || (staff->employment != HT_EMPLOYED_HOURLY && draw < 50);
}

/* In force when the history begins, or to run out on some day of the set. */
static delegation draw_delegation(const ht_town *town, ht_rng *rng, int32_t staff, const char *skill, bool renewed) {
    int32_t begin = town->first_date + town->history, first = town->first_date + town->set;
    int32_t since = ht_rng_below(rng, DELEGATION_DAYS), last = ht_rng_below(rng, town->after - town->set);
    int32_t from = renewed ? begin - since : first + last - (DELEGATION_DAYS - 1);
    return (delegation){staff, skill, from, renewed};
}

void ht_town_write_skills(ht_town *town, ht_dataset *data) {
    ht_rng rng;
    ht_town_draws(town, HT_DRAW_SKILLS, &rng);
    int32_t quota = ht_town_share(town->staff_count, RUN_OUT);
    for (int32_t i = 0; i < town->staff_count && !town->failed; i++) {
        const ht_town_staff *staff = &town->staff[i];
        int32_t draw = ht_rng_below(&rng, 100);
        bool renewed = !ht_town_picked(i, quota, town->staff_count);
        delegation medicine = draw_delegation(town, &rng, i, "medicine", renewed);
        delegation insulin = draw_delegation(town, &rng, i, "insulin", true);
        if (gives_medicine(staff, draw))
            write_delegation(town, data, &medicine);
        if (gives_insulin(staff, draw))
            write_delegation(town, data, &insulin);
        if (staff->employment != HT_EMPLOYED_HOURLY)
            write_row(town, data, &(delegation){.staff = i, .skill = "lift"}, HT_BLANK, HT_BLANK);
    }
}
