/* The input is a plan of 2025-03-05 that a person made. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "io/csv_folder.h"
#include "model/plan.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/promise.h"

enum { DATE = 20152 };

static void check_entries(const ht_dataset *data, const ht_array *entries) {
    for (int32_t i = 0; i < entries->count; i++) {
        const ht_plan_entry *entry = ht_array_at(entries, i);
        promise(ht_id_valid(ht_dataset_text(data, entry->visit)), "a visit has an id");
        promise(ht_id_valid(ht_dataset_text(data, entry->staff)), "a person has an id");
        promise(entry->start >= 0 && entry->start <= 86400, "a start is a time of the day");
    }
}

static void read_plan(const char *path) {
    ht_dataset data;
    ht_issues issues;
    ht_array entries;
    ht_err err;
    if (!ht_dataset_init(&data, &ht_allocator_system))
        return;
    ht_err_init(&err);
    ht_issues_init(&issues, &ht_allocator_system);
    ht_array_init(&entries, sizeof(ht_plan_entry), &ht_allocator_system);
    ht_status status = ht_plan_csv_read(path, DATE, &data, &entries, &issues, &err);
    promise(status == HT_OK || (status == HT_EINPUT && entries.count == 0),
            "what a file holds is never an error, but for that it has no row of the date");
    check_entries(&data, &entries);
    ht_array_release(&entries);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char path[] = "/tmp/hemtur-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return 0;
    if (write(descriptor, bytes, size) == (ssize_t)size)
        read_plan(path);
    close(descriptor);
    unlink(path);
    return 0;
}
