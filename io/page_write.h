/* io/page_write.h: writes self-contained HTML pages: no script, nothing from the network, every text escaped.
 *
 * Names of elements and attributes and the style sheet are the program's own; texts and values of attributes may be of
 * anybody's making. The innermost open element is the one that ht_page_end() closes, so that pages are well formed, as
 * XML too. A content security policy forbids whatever an escaped text could still ask for.
 * Files are whole ones (io/whole_file.h).
 *
 * Ownership: ht_page_hand_over() or ht_page_abandon() ends each ht_page_open().
 * Errors:    as those of io/whole_file.h.
 * Source:    HTML, the living standard; Content Security Policy Level 2.
 */
#ifndef HT_IO_PAGE_WRITE_H
#define HT_IO_PAGE_WRITE_H

#include "io/whole_file.h"

typedef struct ht_page ht_page;

typedef struct ht_page_head {
    const char *language; /* of the texts: "sv" */
    const char *title;
    const char *style; /* CSS, without '<' and '&' */
} ht_page_head;

/* Opens folder/name and its body. NULL on failure. */
ht_page *ht_page_open(const char *folder, const char *name, const ht_page_head *head, ht_err *err);
/* Closes what is open, the body too. */
ht_status ht_page_hand_over(ht_page *page, ht_file_batch *batch, ht_err *err);
void ht_page_abandon(ht_page *page);

/* Opens an element (not script or style); at most HT_PAGE_DEPTH lie inside each other. */
enum { HT_PAGE_DEPTH = 32 };
void ht_page_start(ht_page *page, const char *element);
/* Of the element that was just opened, before anything is put into it. */
void ht_page_attribute(ht_page *page, const char *name, const char *value);
void ht_page_text(ht_page *page, const char *text);
void ht_page_textf(ht_page *page, const char *format, ...) HT_PRINTF(2, 3);
void ht_page_end(ht_page *page);
/* An element that holds a text alone. */
void ht_page_leaf(ht_page *page, const char *element, const char *text);

#endif
