/* model/day_usual.c: the base plan of a day's visits: usual starts and usual staff. See model/day.h. */
#include "model/day_build.h"

/* The different lists of usual staff that the day's visits name. */
typedef struct usual_lists {
    int32_t *row_of_sym; /* by symbol of a list; HT_NOBODY */
    ht_sym *list;
    int32_t lists;
} usual_lists;

static bool has_series(const ht_day *day) {
    for (int32_t v = 0; v < day->problem.visits; v++)
        if (day->visit_row[v]->series != HT_NO_TEXT)
            return true;
    return false;
}

static bool make_lists(ht_day_build_state *b, usual_lists *u) {
    int32_t symbols = ht_strings_count(&b->day->data->text);
    u->row_of_sym = HT_ARENA_NEW(&b->scratch, symbols, int32_t);
    u->list = HT_ARENA_NEW(&b->scratch, b->day->problem.visits, ht_sym);
    if (!u->row_of_sym || !u->list)
        return false;
    for (int32_t i = 0; i < symbols; i++)
        u->row_of_sym[i] = HT_NOBODY;
    return true;
}

/* The row of a list, made at its first use. */
static int32_t list_row(usual_lists *u, ht_sym list) {
    if (list == HT_NO_TEXT)
        return HT_NOBODY;
    if (u->row_of_sym[list] == HT_NOBODY) {
        u->row_of_sym[list] = u->lists;
        u->list[u->lists++] = list;
    }
    return u->row_of_sym[list];
}

static void fill_list(const ht_day *day, ht_sym list, uint8_t *unusual) {
    const char *usual = ht_dataset_text(day->data, list);
    for (int32_t s = 0; s < day->problem.staff; s++)
        unusual[s] = !ht_list_holds(usual, ht_dataset_text(day->data, day->staff_row[s]->staff_id));
}

ht_status ht_day_usual(ht_day_build_state *b, ht_problem *p, ht_err *err) {
    ht_day *day = b->day;
    usual_lists u = {0};
    if (!has_series(day))
        return HT_OK;
    int32_t *start = HT_ARENA_NEW(&day->arena, p->visits, int32_t);
    int32_t *staff = HT_ARENA_NEW(&day->arena, p->visits, int32_t);
    if (!start || !staff || !make_lists(b, &u))
        return ht_fail_memory(err);
    for (int32_t v = 0; v < p->visits; v++) {
        const ht_visit_row *row = day->visit_row[v];
        bool of_series = row->series != HT_NO_TEXT;
        start[v] = of_series ? row->usual_start : HT_BLANK;
        staff[v] = of_series ? list_row(&u, row->usual_staff) : HT_NOBODY;
    }
    uint8_t *unusual = HT_ARENA_NEW(&day->arena, (size_t)u.lists * (size_t)p->staff, uint8_t);
    if (!unusual)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < u.lists; i++)
        fill_list(day, u.list[i], &unusual[(size_t)i * (size_t)p->staff]);
    p->usual_start = start;
    p->usual_staff = staff;
    p->unusual = unusual;
    return HT_OK;
}
