/* The text up to a line "--" is a mapping, the rest a file that it is about. Whatever comes of them prints and parses
 * back the same, and has an id of its own kind. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "io/csv_mapped.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/promise.h"

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
        promise_rows(&data, ht_table_get((ht_table_id)id));
    promise_issues(&issues);
    ht_mapped_release(&mapped);
    ht_csv_map_release(&map);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
    return 0;
}
