/* base/words.h: texts that people read, marked so that the catalogue (po/) can translate them.
 *
 * _("text") is the text in the language the program was started with. Names that programs read (rules, components,
 * columns, JSON keys) are never translated.
 */
#ifndef HT_BASE_WORDS_H
#define HT_BASE_WORDS_H

#include <libintl.h>

#define HT_TEXT_DOMAIN "hemtur"
#define _(text) dgettext(HT_TEXT_DOMAIN, text)
/* Marks a text in a table for the catalogue; translate it with _() where it is shown. */
#define N_(text) text

#endif
