#include "tests/support_rows.h"

#include <stdio.h>

#include "base/calendar.h"
#include "io/csv_read.h"
#include "tests/support.h"

void support_rows(ht_dataset *data, const char *table, const char *csv) {
    if (csv == NULL || csv[0] == '\0')
        return;
    ht_issues issues;
    ht_err err;
    char name[32];
    union {
        const char *from;
        void *bytes;
    } text = {.from = csv}; /* fmemopen takes void *, and only reads */
    FILE *file = fmemopen(text.bytes, strlen(csv), "r");
    ck_assert_ptr_nonnull(file);
    snprintf(name, sizeof name, "%s.csv", table);
    ht_issues_init(&issues, &ht_allocator_system);
    ht_err_init(&err);
    ht_status status = ht_csv_read(file, name, ht_table_find(table), data, &issues, &err);
    fclose(file);
    ck_assert_msg(status == HT_OK, "%s: %s", name, err.text);
    if (issues.count > 0) {
        const ht_issue *first = ht_array_at(&issues.issues, 0);
        ck_abort_msg("%s:%d: %s: %s", first->file, (int)first->line, first->column, first->text);
    }
    ht_issues_release(&issues);
}

void support_plan(ht_dataset *data, const char *lines, ht_plan *plan) {
    char visit[40], staff[40], start[16];
    int length;
    for (; sscanf(lines, " %39s %39s %15s%n", visit, staff, start, &length) == 3; lines += length) {
        ht_plan_entry *entry = ht_array_push(&plan->entries);
        ck_assert_ptr_nonnull(entry);
        entry->visit = ht_strings_intern(&data->text, visit, strlen(visit));
        entry->staff = ht_strings_intern(&data->text, staff, strlen(staff));
        ck_assert_msg(ht_time_parse(start, &entry->start), "'%s' is no time", start);
    }
}
