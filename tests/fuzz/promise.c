#include "tests/fuzz/promise.h"

#include "base/text.h"

void promise(bool kept, const char *what) {
    if (!kept) {
        fprintf(stderr, "broken promise: %s\n", what);
        abort();
    }
}

static void promise_cell(ht_dataset *data, const ht_column *column, int32_t value) {
    char cell[1024], expected[256];
    int32_t again = column->blank;
    promise(ht_cell_print(column, value, &data->text, HT_ENGLISH, cell, sizeof cell),
            "a cell that was read is printed");
    promise(ht_utf8_valid(cell, strlen(cell)), "a cell is UTF-8");
    promise(!column->needed || *cell != '\0', "a needed cell is not blank");
    if (*cell != '\0')
        promise(ht_cell_parse(column, cell, &data->text, &again, expected, sizeof expected), "a printed cell is read");
    promise(again == value, "a cell is read back the same");
}

void promise_rows(ht_dataset *data, const ht_table *table) {
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++) {
        const void *row = ht_array_at(&data->table[table->id], i);
        for (int32_t c = 0; c < table->count; c++)
            promise_cell(data, &table->columns[c], ht_row_get(row, &table->columns[c]));
    }
}

static void promise_list(const ht_array *issues) {
    for (int32_t i = 0; i < issues->count; i++) {
        const ht_issue *issue = ht_array_at(issues, i);
        promise(!ht_has_personal_number(issue->text) && !ht_has_personal_number(issue->column),
                "no issue shows a personal identity number");
        promise(ht_utf8_valid(issue->text, strlen(issue->text)), "an issue is UTF-8");
        promise(issue->line >= 0, "a line is counted from 1");
    }
}

void promise_issues(const ht_issues *issues) {
    promise_list(&issues->issues);
    promise_list(&issues->notes);
}
