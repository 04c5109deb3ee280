/* app/cli/colour.h: a little colour for people at a terminal; it never carries a meaning that the words do not.
 *
 * None where the stream is no terminal, where NO_COLOR is set and not empty (no-color.org), or where TERM is "dumb" or
 * unset. Nothing that programs read (CSV, JSON, files) has any.
 */
#ifndef HT_APP_CLI_COLOUR_H
#define HT_APP_CLI_COLOUR_H

#include "base/banned.h"

typedef enum ht_colour {
    HT_COLOUR_ERROR,  /* red */
    HT_COLOUR_GOOD,   /* green */
    HT_COLOUR_NOTE,   /* yellow */
    HT_COLOUR_HEADING /* bold */
} ht_colour;

/* What is printed to the stream between the two has the colour. */
void ht_colour_begin(FILE *stream, ht_colour colour);
void ht_colour_end(FILE *stream);

#endif
