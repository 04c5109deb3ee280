/* The text up to a line "--" is a mapping, the rest a file that it is about. Whatever comes of them prints and parses
 * back the same, and has an id of its own kind. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "io/csv_mapped.h"
#include "tests/fuzz/fuzz.h"

static void promise(bool kept, const char *what) {
    if (!kept) {
        fprintf(stderr, "broken promise: %s\n", what);
        abort();
    }
}

static FILE *file_of(const uint8_t *bytes, size_t size) {
    FILE *file = tmpfile();
    promise(file && fwrite(bytes, 1, size, file) == size, "a temporary file takes its bytes");
    rewind(file);
    return file;
}

/* Where the line "--" begins; size where there is none. */
static size_t mark_in(const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i + 3 <= size; i++)
        if (memcmp(bytes + i, "--\n", 3) == 0 && (i == 0 || bytes[i - 1] == '\n'))
            return i;
    return size;
}

static void check_cell(ht_dataset *data, const ht_column *column, int32_t value) {
    char cell[1024], expected[256];
    int32_t again = column->blank;
    promise(ht_cell_print(column, value, &data->text, HT_ENGLISH, cell, sizeof cell), "a cell is printed");
    promise(ht_utf8_valid(cell, strlen(cell)), "a cell is UTF-8");
    promise(!column->needed || *cell != '\0', "a needed cell is not blank");
    if (*cell != '\0')
        promise(ht_cell_parse(column, cell, &data->text, &again, expected, sizeof expected), "a printed cell is read");
    promise(again == value, "a cell is read back the same");
}

static void check_table(ht_dataset *data, const ht_table *table) {
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++) {
        const void *row = ht_array_at(&data->table[table->id], i);
        for (int32_t c = 0; c < table->count; c++)
            check_cell(data, &table->columns[c], ht_row_get(row, &table->columns[c]));
    }
}

static void check_issues(const ht_array *issues) {
    for (int32_t i = 0; i < issues->count; i++) {
        const ht_issue *issue = ht_array_at(issues, i);
        promise(!ht_has_personal_number(issue->text) && !ht_has_personal_number(issue->column),
                "no issue shows a personal identity number");
        promise(ht_utf8_valid(issue->text, strlen(issue->text)), "an issue is UTF-8");
        promise(issue->line >= 0, "a line is counted from 1");
    }
}

static void read_both(const uint8_t *bytes, size_t size, ht_csv_map *map, ht_mapped *mapped) {
    ht_err err;
    ht_err_init(&err);
    size_t mark = mark_in(bytes, size);
    FILE *file = file_of(bytes, mark);
    promise(ht_csv_map_read_file(file, "map.csv", map, mapped->issues, &err) == HT_OK,
            "what it holds is never an error");
    fclose(file);
    size_t begin = mark < size ? mark + 3 : size;
    file = file_of(bytes + begin, size - begin);
    promise(ht_mapped_read(mapped, file, "b.csv", &err) == HT_OK, "what a file holds is never an error");
    fclose(file);
    promise(ht_mapped_finish(mapped, &err) == HT_OK, "rows are put together");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    ht_dataset data;
    ht_issues issues;
    ht_csv_map map;
    ht_mapped mapped;
    if (!ht_dataset_init(&data, &ht_allocator_system))
        return 0;
    ht_issues_init(&issues, &ht_allocator_system);
    ht_csv_map_init(&map, &ht_allocator_system);
    ht_mapped_init(&mapped, &map, &data, &issues);
    read_both(bytes, size, &map, &mapped);
    for (int32_t id = 0; id < HT_TABLES; id++)
        check_table(&data, ht_table_get((ht_table_id)id));
    check_issues(&issues.issues);
    check_issues(&issues.notes);
    ht_mapped_release(&mapped);
    ht_csv_map_release(&map);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
    return 0;
}
