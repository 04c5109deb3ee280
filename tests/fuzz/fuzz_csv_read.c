/* The first byte chooses the table, the rest is its file. What is read without an issue prints and parses back the
 * same. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "io/csv_read.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/promise.h"

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
    promise_rows(&data, table);
    promise_issues(&issues);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
    fclose(file);
    return 0;
}
