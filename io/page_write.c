#include "io/page_write.h"

#include <assert.h>
#include <stdarg.h>

#include "base/text.h"

enum { SENTENCE = 1024 };

struct ht_page {
    ht_whole_file *file;
    const char *open[HT_PAGE_DEPTH]; /* the elements that are open, the outermost first */
    int32_t depth;
    bool in_tag; /* the last start tag still takes attributes */
};

static const char POLICY[] = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

static void put(ht_page *page, const char *markup) {
    ht_whole_file_put(page->file, markup, strlen(markup));
}

/* ---- texts ---- */

/* How many bytes the character at text has that no page may hold: control characters, U+FFFE, U+FFFF; else 0. */
static size_t forbidden(const char *text) {
    unsigned char first = (unsigned char)text[0];
    if ((first < ' ' && strchr("\t\n\r", first) == NULL) || first == 0x7F)
        return 1;
    bool last_two = first == 0xEF && (unsigned char)text[1] == 0xBF && ((unsigned char)text[2] & 0xFE) == 0xBE;
    return last_two ? 3 : 0;
}

static const char *entity(char mark) {
    switch (mark) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Bytes that are no UTF-8 (somebody edited the store) are shown as such: a reader must not guess their encoding. */
static void put_escaped(ht_page *page, const char *text) {
    bool valid = ht_utf8_valid(text, strlen(text));
    for (; *text != '\0'; text++) {
        size_t length = forbidden(text);
        if (length > 0 || (!valid && ((unsigned char)*text & 0x80) != 0)) {
            put(page, "\xEF\xBF\xBD");
            text += length > 0 ? length - 1 : 0;
        } else if (entity(*text) != NULL) {
            put(page, entity(*text));
        } else {
            ht_whole_file_put(page->file, text, 1);
        }
    }
}

/* ---- elements ---- */

/* Elements that begin a line of the file, where blanks mean nothing to the reader. */
static bool begins_line(const char *element) {
    static const char *const NAME[] = {
        "html", "head", "meta", "title", "style",   "body",  "main",  "header", "section", "h1", "h2",     "h3",  "p",
        "ul",   "ol",   "li",   "table", "caption", "thead", "tbody", "tr",     "th",      "td", "figure", "svg", "g"};
    for (size_t i = 0; i < sizeof NAME / sizeof *NAME; i++)
        if (strcmp(NAME[i], element) == 0)
            return true;
    return false;
}

static void end_tag(ht_page *page) {
    if (page->in_tag)
        put(page, ">");
    page->in_tag = false;
}

void ht_page_start(ht_page *page, const char *element) {
    assert(page->depth < HT_PAGE_DEPTH);
    end_tag(page);
    put(page, begins_line(element) ? "\n<" : "<");
    put(page, element);
    page->open[page->depth++] = element;
    page->in_tag = true;
}

void ht_page_attribute(ht_page *page, const char *name, const char *value) {
    assert(page->in_tag);
    put(page, " ");
    put(page, name);
    put(page, "=\"");
    put_escaped(page, value);
    put(page, "\"");
}

void ht_page_text(ht_page *page, const char *text) {
    end_tag(page);
    put_escaped(page, text);
}

void ht_page_textf(ht_page *page, const char *format, ...) {
    char text[SENTENCE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    ht_page_text(page, text);
}

void ht_page_end(ht_page *page) {
    assert(page->depth > 0);
    end_tag(page);
    put(page, "</");
    put(page, page->open[--page->depth]);
    put(page, ">");
}

void ht_page_leaf(ht_page *page, const char *element, const char *text) {
    ht_page_start(page, element);
    ht_page_text(page, text);
    ht_page_end(page);
}

/* ---- pages ---- */

/* meta has no end tag in HTML; this spelling is XML too. */
static void put_meta(ht_page *page, const char *name, const char *value, const char *content) {
    end_tag(page);
    put(page, "\n<meta ");
    put(page, name);
    put(page, "=\"");
    put(page, value);
    if (content != NULL) {
        put(page, "\" content=\"");
        put(page, content);
    }
    put(page, "\"/>");
}

static void put_head(ht_page *page, const ht_page_head *head) {
    put(page, "<!DOCTYPE html>");
    ht_page_start(page, "html");
    ht_page_attribute(page, "lang", head->language);
    ht_page_start(page, "head");
    put_meta(page, "charset", "utf-8", NULL);
    put_meta(page, "http-equiv", "Content-Security-Policy", POLICY);
    put_meta(page, "name", "viewport", "width=device-width, initial-scale=1");
    ht_page_leaf(page, "title", head->title);
    ht_page_start(page, "style");
    end_tag(page);
    put(page, head->style);
    ht_page_end(page);
    ht_page_end(page);
    ht_page_start(page, "body");
}

ht_page *ht_page_open(const char *folder, const char *name, const ht_page_head *head, ht_err *err) {
    assert(strpbrk(head->style, "<&") == NULL);
    ht_page *page = ht_allocator_system.resize(ht_allocator_system.context, NULL, sizeof *page);
    if (!page) {
        ht_fail_memory(err);
        return NULL;
    }
    *page = (ht_page){.file = ht_whole_file_open(folder, name, err)};
    if (page->file) {
        put_head(page, head);
        return page;
    }
    ht_allocator_system.release(ht_allocator_system.context, page);
    return NULL;
}

ht_status ht_page_hand_over(ht_page *page, ht_file_batch *batch, ht_err *err) {
    while (page->depth > 0)
        ht_page_end(page);
    put(page, "\n");
    ht_status status = ht_whole_file_hand_over(page->file, batch, err);
    ht_allocator_system.release(ht_allocator_system.context, page);
    return status;
}

void ht_page_abandon(ht_page *page) {
    ht_whole_file_abandon(page->file);
    ht_allocator_system.release(ht_allocator_system.context, page);
}
