#include "model/issues.h"

#include <stdarg.h>

#include "base/text.h"

enum { ISSUE_TEXT = 1024 };

void ht_issues_init(ht_issues *issues, const ht_allocator *allocator) {
    ht_array_init(&issues->issues, sizeof(ht_issue), allocator);
    ht_array_init(&issues->notes, sizeof(ht_issue), allocator);
    ht_arena_init(&issues->arena, allocator);
    issues->count = 0;
    issues->failed = false;
}

void ht_issues_release(ht_issues *issues) {
    ht_array_release(&issues->issues);
    ht_array_release(&issues->notes);
    ht_arena_release(&issues->arena);
}

static const char *copy(ht_issues *issues, const char *text) {
    const char *kept = ht_arena_text(&issues->arena, text, strlen(text));
    issues->failed = issues->failed || kept == NULL;
    return kept;
}

/* Keeps an issue in list, its text masked. */
HT_PRINTF(6, 0)
static void keep(ht_issues *issues, ht_array *list, const char *file, int32_t line, const char *column,
                 const char *format, va_list arguments) {
    char text[ISSUE_TEXT] = "";
    char masked[ISSUE_TEXT];
    vsnprintf(text, sizeof(text), format, arguments);
    ht_text_mask(text, masked, sizeof(masked));
    ht_issue issue = {copy(issues, file), line, copy(issues, column), copy(issues, masked)};
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
