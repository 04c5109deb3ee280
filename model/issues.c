#include "model/issues.h"

#include <stdarg.h>

#include "base/text.h"
#include "base/words.h"
#include "model/tables.h"

enum { ISSUE_TEXT = 1024 };

void ht_issues_init(ht_issues *issues, const ht_allocator *allocator) {
    ht_array_init(&issues->issues, sizeof(ht_issue), allocator);
    ht_array_init(&issues->notes, sizeof(ht_issue), allocator);
    ht_array_init(&issues->sources, sizeof(ht_issue_source), allocator);
    ht_arena_init(&issues->arena, allocator);
    issues->count = 0;
    issues->failed = false;
}

void ht_issues_release(ht_issues *issues) {
    ht_array_release(&issues->issues);
    ht_array_release(&issues->notes);
    ht_array_release(&issues->sources);
    ht_arena_release(&issues->arena);
}

static const char *copy(ht_issues *issues, const char *text) {
    const char *kept = ht_arena_text(&issues->arena, text, strlen(text));
    issues->failed = issues->failed || kept == NULL;
    return kept;
}

/* ---- the other system's names ---- */

/* The source of a row with this line; NULL where the files are ours or the line is 0. */
static const ht_issue_source *source_of(const ht_issues *issues, int32_t line) {
    const ht_issue_source *source = issues->sources.items;
    int32_t first = 0, last = issues->sources.count;
    while (first < last) {
        int32_t middle = first + (last - first) / 2;
        if (source[middle].lines_before < line) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first > 0 ? &source[first - 1] : NULL;
}

static const ht_table *table_of(const char *file) {
    char name[64];
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(file, "."), file);
    return ht_table_find(name);
}

/* What the source calls our column; the column itself where it has no name for it. */
static const char *header_of(const ht_issue_source *source, const ht_table *table, const char *column) {
    int32_t index = table == NULL ? -1 : ht_table_column(table, column);
    const char *const *header = index < 0 ? NULL : source->header[table->id];
    return header == NULL || header[index] == NULL ? column : header[index];
}

static ht_issue named(const ht_issues *issues, const char *file, int32_t line, const char *column) {
    const ht_issue_source *source = source_of(issues, line);
    if (source == NULL) {
        return (ht_issue){file, line, column, NULL};
    }
    return (ht_issue){source->file, line - source->lines_before, header_of(source, table_of(file), column), NULL};
}

void ht_issues_place(const ht_issues *issues, int32_t line, char *out) {
    const ht_issue_source *source = source_of(issues, line);
    if (source == NULL) {
        snprintf(out, HT_PLACE_TEXT, _("line %d"), (int)line);
    } else {
        snprintf(out, HT_PLACE_TEXT, "%.64s:%d", source->file, (int)(line - source->lines_before));
    }
}

void ht_issues_file(const ht_issues *issues, ht_table_id table, char *out) {
    const ht_issue_source *source = issues->sources.items;
    snprintf(out, HT_PLACE_TEXT, "%s.csv", ht_table_get(table)->name);
    for (int32_t i = issues->sources.count - 1; i >= 0; i--) {
        if (source[i].header[table] != NULL) {
            snprintf(out, HT_PLACE_TEXT, "%.64s", source[i].file);
        }
    }
}

/* ---- collecting ---- */

/* Keeps an issue in list, its text masked. */
HT_PRINTF(6, 0)
static void keep(ht_issues *issues, ht_array *list, const char *file, int32_t line, const char *column,
                 const char *format, va_list arguments) {
    char text[ISSUE_TEXT] = "";
    char masked[ISSUE_TEXT];
    vsnprintf(text, sizeof(text), format, arguments);
    ht_text_mask(text, masked, sizeof(masked));
    ht_issue issue = named(issues, file, line, column);
    issue.file = copy(issues, issue.file);
    issue.column = copy(issues, issue.column);
    issue.text = copy(issues, masked);
    ht_issue *place = issues->failed ? NULL : ht_array_push(list);
    if (place == NULL) {
        issues->failed = true;
    } else {
        *place = issue;
    }
}

void ht_issues_add(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...) {
    issues->count++;
    if (issues->issues.count < HT_ISSUES_SHOWN) {
        va_list arguments;
        va_start(arguments, format);
        keep(issues, &issues->issues, file, line, column, format, arguments);
        va_end(arguments);
    }
}

void ht_issues_note(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...) {
    if (issues->notes.count < HT_ISSUES_SHOWN) {
        va_list arguments;
        va_start(arguments, format);
        keep(issues, &issues->notes, file, line, column, format, arguments);
        va_end(arguments);
    }
}
