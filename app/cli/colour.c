#include "app/cli/colour.h"

#include <stdbool.h>
#include <unistd.h>

static bool wanted(FILE *stream) {
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (refused == NULL || *refused == '\0') && terminal != NULL && *terminal != '\0' &&
           strcmp(terminal, "dumb") != 0 && isatty(fileno(stream)) == 1;
}

void ht_colour_begin(FILE *stream, ht_colour colour) {
    static const char *const CODE[] = {[HT_COLOUR_ERROR] = "\033[31m",
                                       [HT_COLOUR_GOOD] = "\033[32m",
                                       [HT_COLOUR_NOTE] = "\033[33m",
                                       [HT_COLOUR_HEADING] = "\033[1m"};
    if (wanted(stream))
        fputs(CODE[colour], stream);
}

void ht_colour_end(FILE *stream) {
    if (wanted(stream))
        fputs("\033[0m", stream);
}
