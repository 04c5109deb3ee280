#include "app/cli/cli.h"
#include "base/words.h"

enum { LABEL_MAX = 64, HELP_COLUMN_MAX = 34, HELP_WIDTH = 100, PIECE_MAX = 128 };

/* "-q, --quiet" or "    --date D". */
static void label(const ht_option *option, char *out, size_t size) {
    char spelled[HT_OPTION_NAME];
    char letter[8] = "    ";
    ht_option_spell(option, spelled);
    if (option->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(out, size, "%s--%s%s%s", letter, spelled, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
}

static int32_t label_width(ht_option_table table, int32_t width) {
    char text[LABEL_MAX];
    for (int32_t i = 0; i < table.count; i++) {
        label(&table.options[i], text, sizeof text);
        int32_t wide = ht_utf8_width(text);
        if (table.options[i].help != NULL && wide > width && wide <= HELP_COLUMN_MAX)
            width = wide;
    }
    return width;
}

/* ---- lines ---- */

/* Up to the next blank, or behind a comma that no digit follows. */
static size_t piece_length(const char *text) {
    size_t length = strcspn(text, " \n,");
    while (text[length] == ',' && text[length + 1] >= '0' && text[length + 1] <= '9')
        length += 1 + strcspn(text + length + 1, " \n,");
    length += text[length] == ',';
    return length < PIECE_MAX ? length : PIECE_MAX - 1;
}

/* Prints the text from column `at` on in lines of at most HELP_WIDTH columns; the further ones begin at `indent`. */
static void print_filled(const char *text, int32_t at, int32_t indent) {
    int32_t blank = 0;
    for (size_t length; *text != '\0'; text += length) {
        char piece[PIECE_MAX];
        length = piece_length(text);
        if (length == 0) {
            blank = length = 1;
            continue;
        }
        snprintf(piece, sizeof piece, "%.*s", (int)length, text);
        int32_t width = ht_utf8_width(piece);
        if (at > indent && at + blank + width > HELP_WIDTH) {
            printf("\n%*s", indent, "");
            at = indent;
            blank = 0;
        }
        printf("%*s%s", blank, "", piece);
        at += blank + width;
        blank = 0;
    }
    printf("\n");
}

/* ---- options ---- */

/* "(1..86400 s, default 30)", with only what there is. */
static void add_limits(const ht_option *option, ht_text *text) {
    bool needed = option->need == HT_OPTION_NEEDED;
    char least[HT_OPTION_LIMIT], most[HT_OPTION_LIMIT];
    if (ht_option_limits(option, least, most)) {
        ht_text_addf(text, " (%s..%s%s%s", least, most, option->unit != NULL ? " " : "",
                     option->unit != NULL ? ht_named(option->unit) : "");
        if (option->standard != NULL)
            ht_text_addf(text, _(", default %s"), option->standard);
        ht_text_addf(text, ")");
    } else if (option->standard != NULL) {
        ht_text_addf(text, _(" (default %s)"), option->standard);
    }
    if (needed)
        ht_text_addf(text, "%s", _(" (needed)"));
}

static void print_options(ht_option_table table, int32_t width) {
    char name[LABEL_MAX];
    for (int32_t i = 0; i < table.count; i++) {
        const ht_option *option = &table.options[i];
        if (option->help == NULL)
            continue;
        ht_text text;
        ht_text_init(&text, &ht_allocator_system);
        label(option, name, sizeof name);
        int32_t wide = ht_utf8_width(name), pad = width > wide ? width - wide : 0;
        printf("  %s%*s  ", name, pad, "");
        ht_text_addf(&text, "%s", _(option->help));
        add_limits(option, &text);
        print_filled(ht_text_get(&text), 2 + wide + pad + 2, 2 + width + 2);
        ht_text_release(&text);
    }
}

void ht_help_print_command(const ht_command *command) {
    int32_t width = label_width(command->table, label_width(ht_common_table, 0));
    printf(_("Usage: hemtur %s%s%s [options]\n\n%s\n"), command->name, command->operands[0] != '\0' ? " " : "",
           command->operands, _(command->summary));
    if (command->more != NULL) {
        printf("\n");
        if (ht_help_is_laid_out(command))
            printf("%s\n", _(command->more));
        else
            print_filled(_(command->more), 0, 0);
    }
    if (command->table.count > 0) {
        printf("%s", _("\nOptions:\n"));
        print_options(command->table, width);
    }
    printf("%s", _("\nOptions of every command:\n"));
    print_options(ht_common_table, width);
}

bool ht_help_is_laid_out(const ht_command *command) {
    return command->more != NULL && strstr(command->more, "  ") != NULL;
}

void ht_help_print(void) {
    printf("%s",
           _("Usage: hemtur COMMAND [options]\n\n"
             "Home care visits planned: the client's care contact first, then the contact's team, then others.\n\n"
             "Commands:\n"));
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        printf("  %-10s  %s\n", ht_commands[i]->name, _(ht_commands[i]->summary));
    printf("  %-10s  %s\n", "help", _("shows the help of a command"));
    printf("%s", _("\nOptions of every command:\n"));
    int32_t width = label_width(ht_common_table, 0);
    print_options(ht_common_table, width);
    printf("  %-*s  %s\n", (int)width, "    --version", _("versions of the program and its libraries"));
    printf("%s",
           _("\nExit codes: 0 done, 1 wrong call, 2 bad input, 3 a hard rule is broken, 4 system or internal error,\n"
             "130 stopped with the best plan stored.\n"
             "See 'hemtur COMMAND --help' for the options of a command.\n"));
}
