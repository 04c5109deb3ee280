#include <math.h>

#include "bench/print.h"

void ht_cell_number(ht_table_out *table, double value, int32_t digits) {
    static const double SCALE = 1000;
    if (isfinite(value) && fabs(value) < 1e14)
        ht_cell_decimal(table, llround(value * SCALE), (int64_t)SCALE, digits, '.');
    else
        ht_cell_text(table, "");
}

static const ht_table_head RATIO_HEAD[] = {{"case_id", "case", HT_LEFT},
                                           {"figure", "figure", HT_LEFT},
                                           {"pairs", "pairs", HT_RIGHT},
                                           {"old_median", "old median", HT_RIGHT},
                                           {"new_median", "new median", HT_RIGHT},
                                           {"ratio_of_medians", "ratio of medians", HT_RIGHT},
                                           {"geometric_mean", "geometric mean", HT_RIGHT},
                                           {"interval_low", "95 % from", HT_RIGHT},
                                           {"interval_high", "to", HT_RIGHT},
                                           {"verdict", "new is", HT_LEFT}};
static const ht_table_head LEVEL_HEAD[] = {{"case_id", "case", HT_LEFT},
                                           {"at", "at", HT_LEFT},
                                           {"level", "level", HT_LEFT},
                                           {"better", "better", HT_RIGHT},
                                           {"equal", "equal", HT_RIGHT},
                                           {"worse", "worse", HT_RIGHT},
                                           {"old_median", "old median", HT_RIGHT},
                                           {"new_median", "new median", HT_RIGHT},
                                           {"difference_percent", "difference %", HT_RIGHT},
                                           {"sign_test", "sign test p", HT_RIGHT},
                                           {"verdict", "new is", HT_LEFT}};

enum {
    RATIO_COLUMNS = sizeof RATIO_HEAD / sizeof RATIO_HEAD[0],
    LEVEL_COLUMNS = sizeof LEVEL_HEAD / sizeof LEVEL_HEAD[0]
};

static void add_ratio(ht_table_out *table, const ht_ratio *r) {
    ht_cell_text(table, r->case_id);
    ht_cell_text(table, r->figure);
    ht_cell_integer(table, r->pairs);
    ht_cell_number(table, r->old_median, r->old_median < 100 ? 3 : 0);
    ht_cell_number(table, r->new_median, r->new_median < 100 ? 3 : 0);
    ht_cell_number(table, r->of_medians, 3);
    ht_cell_number(table, r->geometric_mean, 3);
    ht_cell_number(table, r->interval.low, 3);
    ht_cell_number(table, r->interval.high, 3);
    ht_cell_text(table, ht_verdict_name(r->verdict));
}

static void add_level(ht_table_out *table, const ht_level_comparison *c) {
    ht_cell_text(table, c->case_id);
    ht_cell_text(table, c->at);
    ht_cell_text(table, c->level);
    ht_cell_integer(table, c->better);
    ht_cell_integer(table, c->equal);
    ht_cell_integer(table, c->worse);
    ht_cell_number(table, c->old_median, 1);
    ht_cell_number(table, c->new_median, 1);
    ht_cell_number(table, c->difference_percent, 1);
    ht_cell_number(table, c->chance, 3);
    ht_cell_text(table, ht_verdict_name(c->verdict));
}

ht_status ht_print_comparison(const ht_comparison *comparison, ht_err *err) {
    const ht_bench_warning *warning = comparison->warnings.items;
    for (int32_t i = 0; i < comparison->warnings.count; i++)
        fprintf(stderr, "hemtur-bench: %s: a difference may come from that\n", warning[i].text);
    ht_table_out ratios, levels;
    ht_table_out_init(&ratios, RATIO_HEAD, RATIO_COLUMNS);
    ht_table_out_init(&levels, LEVEL_HEAD, LEVEL_COLUMNS);
    for (int32_t i = 0; i < comparison->ratios.count; i++)
        add_ratio(&ratios, ht_array_at(&comparison->ratios, i));
    for (int32_t i = 0; i < comparison->levels.count; i++)
        add_level(&levels, ht_array_at(&comparison->levels, i));
    printf("Speed and size, new / old\n");
    ht_status status = ht_table_out_print(&ratios, HT_FORMAT_TABLE, err);
    printf("\nLevel values, less is better\n");
    if (!status)
        status = ht_table_out_print(&levels, HT_FORMAT_TABLE, err);
    ht_table_out_release(&ratios);
    ht_table_out_release(&levels);
    return status;
}
