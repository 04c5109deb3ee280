/* base/words.h: texts that people read, marked so that the catalogue (po/) can translate them.
 *
 * _("text") is the text in the language the program was started with. Names that programs read (rules, levels, roles,
 * columns, JSON keys) are the same in every language in files and JSON; their tables mark them with N_(), and where
 * people read them on a screen or in a sentence ht_named() gives the reader's word for them.
 */
#ifndef HT_BASE_WORDS_H
#define HT_BASE_WORDS_H

#include <libintl.h>

#define HT_TEXT_DOMAIN "hemtur"
#define _(text) dgettext(HT_TEXT_DOMAIN, text)
/* Marks a text in a table for the catalogue; translate it with _() where it is shown. */
#define N_(text) text
/* The text for one, or for any other count. */
#define HT_PLURAL(one, many, count) dngettext(HT_TEXT_DOMAIN, one, many, (unsigned long)(count))
/* The language that texts are in, as the catalogue calls it itself: "en", "sv". */
#define HT_LANGUAGE _("en")

/* The reader's word for a stable name; a name that no table has (a level of a planner's own) stays as it is. */
static inline const char *ht_named(const char *name) {
    return *name != '\0' ? _(name) : name; /* the catalogue's text of "" is its own head */
}

#endif
