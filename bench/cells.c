#include "bench/cells.h"

#include <errno.h>

ht_status ht_cells_first_issue(const ht_issues *issues, ht_err *err) {
    const ht_issue *first = issues->issues.items;
    if (issues->count == 0 || issues->failed)
        return ht_fail_memory(err);
    return ht_fail(err, HT_EINPUT, "%s:%d: %s: %s (%d such problems)", first->file, (int)first->line, first->column,
                   first->text, (int)issues->count);
}

ht_status ht_cells_read(const char *path, const ht_csv_want *want, int32_t wants,
                        bool (*row)(void *in, int32_t line, const char *const *cells), ht_cells *in, ht_err *err) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ht_fail(err, HT_ESYSTEM, "%s: cannot be read: %s", path, ht_error_text(errno));
    in->path = path;
    ht_issues_init(&in->issues, &ht_allocator_system);
    ht_status status = ht_csv_read_cells(file, path, want, wants, row, in, &in->issues, err);
    fclose(file);
    if (!status && (in->issues.count > 0 || in->issues.failed))
        status = ht_cells_first_issue(&in->issues, err);
    ht_issues_release(&in->issues);
    return status;
}
