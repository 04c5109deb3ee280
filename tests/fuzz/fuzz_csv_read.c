/* The first byte chooses the table, the rest is its file. What is read without an issue prints and parses back the
 * same. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "io/csv_read.h"
#include "tests/fuzz/fuzz.h"

static void promise(bool kept, const char *what) {
    if (!kept) {
        fprintf(stderr, "broken promise: %s\n", what);
        abort();
    }
}

static void check_cell(ht_dataset *data, const ht_column *column, int32_t value) {
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

static void check_rows(ht_dataset *data, const ht_table *table) {
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++) {
        const void *row = ht_array_at(&data->table[table->id], i);
        for (int32_t k = 0; k < table->count; k++)
            check_cell(data, &table->columns[k], ht_row_get(row, &table->columns[k]));
    }
}

static void check_issues(const ht_array *issues) {
    for (int32_t i = 0; i < issues->count; i++) {
        const ht_issue *issue = ht_array_at(issues, i);
        promise(!ht_has_personal_number(issue->text) && !ht_has_personal_number(issue->column),
                "no issue shows a personal identity number");
        promise(ht_utf8_valid(issue->text, strlen(issue->text)), "an issue is UTF-8");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    ht_dataset data;
    ht_issues issues;
    ht_err err;
    FILE *file = tmpfile();
    if (size == 0 || !file || fwrite(bytes + 1, 1, size - 1, file) != size - 1 ||
        !ht_dataset_init(&data, &ht_allocator_system)) {
        if (file)
            fclose(file);
        return 0;
    }
    rewind(file);
    const ht_table *table = ht_table_get((ht_table_id)(bytes[0] % HT_TABLES));
    ht_err_init(&err);
    ht_issues_init(&issues, &ht_allocator_system);
    promise(ht_csv_read(file, "fuzz.csv", table, &data, &issues, &err) == HT_OK, "what a file holds is never an error");
    check_rows(&data, table);
    check_issues(&issues.issues);
    check_issues(&issues.notes);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
    fclose(file);
    return 0;
}
