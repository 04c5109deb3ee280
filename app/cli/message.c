#include <stdarg.h>

#include "app/cli/cli.h"
#include "app/cli/colour.h"
#include "base/words.h"

enum { LINE_MAX_BYTES = 2 * HT_ERR_TEXT };

/* One line on stderr, with personal identity numbers masked wherever they came from; the prefix, who or where, has the
 * colour. */
static void print_line(ht_colour colour, const char *prefix, const char *text) {
    char masked[LINE_MAX_BYTES];
    ht_text_mask(prefix, masked, sizeof masked);
    ht_colour_begin(stderr, colour);
    fprintf(stderr, "%s", masked);
    ht_colour_end(stderr);
    ht_text_mask(text, masked, sizeof masked);
    fprintf(stderr, "%s\n", masked);
}

int ht_complain(const ht_err *err) {
    print_line(HT_COLOUR_ERROR, "hemtur: ", err->text);
    return ht_exit_code(err->status);
}

int ht_complain_usage(const char *command, const ht_err *err) {
    ht_complain(err);
    if (command != NULL)
        fprintf(stderr, _("See 'hemtur %s --help'.\n"), command);
    else
        fprintf(stderr, _("See 'hemtur --help'.\n"));
    return HT_EXIT_USAGE;
}

void ht_note(const ht_call *call, const char *format, ...) {
    if (call->quiet)
        return;
    char text[LINE_MAX_BYTES];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    print_line(HT_COLOUR_NOTE, "hemtur: ", text);
}

/* "visits.csv:7: start: text", without the parts that there are none of. */
static void print_issue(const ht_issue *issue, ht_colour colour, const char *kind) {
    char where[LINE_MAX_BYTES], number[16] = "";
    if (issue->line > 0)
        snprintf(number, sizeof number, ":%d", issue->line);
    snprintf(where, sizeof where, "%s%s%s%s%s%s", issue->file, number, issue->file[0] != '\0' ? ": " : "",
             issue->column, issue->column[0] != '\0' ? ": " : "", kind);
    print_line(colour, where, issue->text);
}

void ht_print_issues(const ht_call *call, const ht_issues *issues) {
    const ht_issue *issue = issues->issues.items;
    const ht_issue *note = issues->notes.items;
    for (int32_t i = 0; i < issues->issues.count; i++)
        print_issue(&issue[i], HT_COLOUR_ERROR, "");
    if (issues->count > issues->issues.count)
        fprintf(stderr, _("... and %d more\n"), issues->count - issues->issues.count);
    for (int32_t i = 0; !call->quiet && i < issues->notes.count; i++)
        print_issue(&note[i], HT_COLOUR_NOTE, _("note: "));
}
