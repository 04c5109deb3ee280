#include "bench/best_known.h"

#include <math.h>

#include "base/numbers.h"
#include "bench/cells.h"

typedef enum known_column { SET, INSTANCE, GROUP, VALUE, SOURCE, COLUMNS } known_column;

static const ht_csv_want WANT[COLUMNS] = {{"set", NULL, true},
                                          {"instance", NULL, true},
                                          {"group", NULL, true},
                                          {"value", NULL, true},
                                          {"source", NULL, true}};

static bool take_row(void *context, int32_t line, const char *const *cells) {
    ht_cells *in = context;
    ht_array *rows = in->rows;
    if (ht_best_known_find(rows, cells[SET], cells[INSTANCE]) != NULL)
        ht_issues_add(&in->issues, in->path, line, "instance", "'%s' is there twice", cells[INSTANCE]);
    ht_best_known *known = ht_array_push(rows);
    if (known == NULL)
        return false;
    if (!ht_decimal_parse(cells[VALUE], HT_BENCH_COST, &known->value) || known->value <= 0)
        ht_issues_add(&in->issues, in->path, line, "value", "'%s' is no number above 0", cells[VALUE]);
    ht_bench_set(known->set, cells[SET]);
    ht_bench_set(known->instance, cells[INSTANCE]);
    ht_bench_set(known->group, cells[GROUP]);
    ht_bench_set(known->source, cells[SOURCE]);
    return true;
}

ht_status ht_best_known_read(const char *path, ht_array *known, ht_err *err) {
    ht_cells in = {.rows = known};
    return ht_cells_read(path, WANT, COLUMNS, take_row, &in, err);
}

const ht_best_known *ht_best_known_find(const ht_array *known, const char *set, const char *instance) {
    for (int32_t i = 0; i < known->count; i++) {
        const ht_best_known *k = ht_array_at(known, i);
        if (strcmp(k->set, set) == 0 && strcmp(k->instance, instance) == 0)
            return k;
    }
    return NULL;
}

double ht_best_known_gap(int64_t value, int64_t best_known) {
    if (value == HT_BENCH_BLANK || best_known == HT_BENCH_BLANK)
        return NAN;
    return 100 * ((double)value - (double)best_known) / (double)best_known;
}

bool ht_clearly_better(int64_t value, int64_t than) {
    static const double ROUNDING_PERCENT = 0.01;
    return ht_best_known_gap(value, than) < -ROUNDING_PERCENT;
}
