#include "bench/print.h"

static const ht_table_head LINE_HEAD[] = {{"set", "set", HT_LEFT},
                                          {"group", "group", HT_LEFT},
                                          {"seconds", "seconds", HT_RIGHT},
                                          {"instances", "instances", HT_RIGHT},
                                          {"runs", "runs", HT_RIGHT},
                                          {"unsolved", "unsolved", HT_RIGHT},
                                          {"mean_gap", "mean gap %", HT_RIGHT},
                                          {"worst_gap", "worst gap %", HT_RIGHT},
                                          {"at_or_below", "at or below best known", HT_RIGHT},
                                          {"above", "above by more than 0.01 %", HT_RIGHT},
                                          {"iterations_per_s_thread", "iterations / s / thread", HT_RIGHT},
                                          {"memory_mb", "memory MB", HT_RIGHT}};
static const ht_table_head TARGET_HEAD[] = {{"set", "set", HT_LEFT},          {"where", "of", HT_LEFT},
                                            {"seconds", "seconds", HT_RIGHT}, {"figure", "figure", HT_LEFT},
                                            {"relation", "must be", HT_LEFT}, {"wanted", "this", HT_RIGHT},
                                            {"reached", "is", HT_RIGHT},      {"instances", "instances", HT_RIGHT},
                                            {"known", "of all", HT_RIGHT},    {"holds", "holds", HT_LEFT}};
static const ht_table_head ABLATION_HEAD[] = {
    {"without", "search without", HT_LEFT}, {"pairs", "pairs", HT_RIGHT},
    {"mean_gap", "mean gap %", HT_RIGHT},   {"difference", "more than the whole search", HT_RIGHT},
    {"better", "better", HT_RIGHT},         {"equal", "equal", HT_RIGHT},
    {"worse", "worse", HT_RIGHT},           {"speed", "iterations / s, ratio", HT_RIGHT}};

static void cell_seconds(ht_table_out *table, int64_t seconds) {
    if (seconds == HT_BENCH_BLANK)
        ht_cell_text(table, "");
    else
        ht_cell_integer(table, seconds);
}

static void add_summary_line(ht_table_out *table, const void *item) {
    const ht_summary_line *line = item;
    const ht_gap_figures *f = &line->figures;
    ht_cell_text(table, line->set);
    ht_cell_text(table, line->group[0] != '\0' ? line->group : "all");
    cell_seconds(table, line->seconds);
    ht_cell_integer(table, f->instances);
    ht_cell_integer(table, f->runs);
    ht_cell_integer(table, f->unsolved);
    ht_cell_number(table, f->mean_gap, 2);
    ht_cell_number(table, f->worst_gap, 2);
    ht_cell_integer(table, f->at_or_below);
    ht_cell_integer(table, f->above);
    ht_cell_number(table, f->speed, 0);
    ht_cell_number(table, f->memory_mb, 0);
}

static void add_target_line(ht_table_out *table, const void *item) {
    const ht_target_line *line = item;
    ht_cell_text(table, line->set);
    ht_cell_text(table, line->where[0] != '\0' ? line->where : "all");
    cell_seconds(table, line->seconds);
    ht_cell_text(table, line->figure);
    ht_cell_text(table, line->relation);
    ht_cell_number(table, line->wanted, 2);
    ht_cell_number(table, line->reached, 2);
    ht_cell_integer(table, line->instances);
    ht_cell_integer(table, line->known);
    ht_cell_text(table, ht_holding_name(line->holding));
}

static void add_ablation_line(ht_table_out *table, const void *item) {
    const ht_ablation_line *line = item;
    ht_cell_text(table, line->without[0] != '\0' ? line->without : "nothing: the whole search");
    ht_cell_integer(table, line->pairs);
    ht_cell_number(table, line->mean_gap, 3);
    ht_cell_number(table, line->difference, 3);
    ht_cell_integer(table, line->better);
    ht_cell_integer(table, line->equal);
    ht_cell_integer(table, line->worse);
    ht_cell_number(table, line->speed, 2);
}

static void print_markdown(const ht_table_out *table) {
    for (int32_t i = 0; i < table->columns; i++)
        printf("| %s ", table->head[i].title);
    printf("|\n");
    for (int32_t i = 0; i < table->columns; i++)
        printf("| %s ", table->head[i].kind == HT_RIGHT ? "---:" : "---");
    for (int32_t i = 0; i < table->cells.count; i++) {
        const char *const *cell = ht_array_at(&table->cells, i);
        printf("%s| ", i % table->columns == 0 ? "|\n" : "");
        for (const char *at = *cell; *at != '\0'; at++)
            printf("%s%c", *at == '|' ? "\\" : "", *at);
        printf(" ");
    }
    printf("|\n");
}

/* A table with a row for each item; nothing where there are none. */
static ht_status print_items(const char *title, const ht_table_head *head, int32_t columns, const ht_array *items,
                             void (*add)(ht_table_out *table, const void *item), ht_print_format format, ht_err *err) {
    ht_table_out table;
    ht_status status = HT_OK;
    if (items->count == 0)
        return HT_OK;
    ht_table_out_init(&table, head, columns);
    for (int32_t i = 0; i < items->count; i++)
        add(&table, ht_array_at(items, i));
    printf("%s%s\n%s", format == HT_PRINT_MARKDOWN ? "\n#### " : "\n", title, format == HT_PRINT_MARKDOWN ? "\n" : "");
    if (format == HT_PRINT_TABLE || table.failed)
        status = ht_table_out_print(&table, HT_FORMAT_TABLE, err);
    else
        print_markdown(&table);
    ht_table_out_release(&table);
    return status;
}

#define COLUMNS_OF(head) ((int32_t)(sizeof(head) / sizeof(head)[0]))

/* Results of a search without some part are there to be compared with the whole search: what it reached is in others. */
ht_status ht_print_summary(const ht_summary *summary, ht_print_format format, ht_err *err) {
    if (summary->ablation.count > 0)
        return print_items("Parts of the search", ABLATION_HEAD, COLUMNS_OF(ABLATION_HEAD), &summary->ablation,
                           add_ablation_line, format, err);
    ht_status status =
        print_items("Gaps", LINE_HEAD, COLUMNS_OF(LINE_HEAD), &summary->lines, add_summary_line, format, err);
    return status ? status
                  : print_items("Figures that must hold", TARGET_HEAD, COLUMNS_OF(TARGET_HEAD), &summary->targets,
                                add_target_line, format, err);
}
