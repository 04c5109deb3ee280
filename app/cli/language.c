#include <libgen.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

#include "app/cli/cli.h"
#include "base/words.h"

/* share/locale beside the bin folder that the program runs from, as after a move of the whole installation. */
static bool beside_program(char *folder, size_t size) {
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    int written = snprintf(folder, size, "%s/../share/locale", dirname(program));
    return written > 0 && (size_t)written < size && access(folder, R_OK) == 0;
}

/* A bare machine has no sv_SE: C.UTF-8 is always there, and LANGUAGE picks the catalogue. English is what the texts are
 * in. */
void ht_language_set(ht_words_in words) {
    char folder[PATH_MAX + 32];
    setlocale(LC_CTYPE, "C.UTF-8");
    if (words == HT_ENGLISH)
        return;
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", "sv", 1);
    if (access(HT_LOCALE_BUILT, R_OK) == 0)
        bindtextdomain(HT_TEXT_DOMAIN, HT_LOCALE_BUILT);
    else if (beside_program(folder, sizeof folder))
        bindtextdomain(HT_TEXT_DOMAIN, folder);
    else
        bindtextdomain(HT_TEXT_DOMAIN, HT_LOCALE_INSTALLED);
    bind_textdomain_codeset(HT_TEXT_DOMAIN, "UTF-8");
}
