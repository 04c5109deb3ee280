#include "app/cli/cli.h"
#include "base/words.h"

enum { LABEL_MAX = 64, HELP_COLUMN_MAX = 34 };

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

/* "(1..86400 s, default 30)", with only what there is. */
static void print_limits(const ht_option *option) {
    bool needed = option->need == HT_OPTION_NEEDED;
    char least[HT_OPTION_LIMIT], most[HT_OPTION_LIMIT];
    if (ht_option_limits(option, least, most)) {
        printf(" (%s..%s%s%s", least, most, option->unit != NULL ? " " : "",
               option->unit != NULL ? ht_named(option->unit) : "");
        if (option->standard != NULL)
            printf(_(", default %s"), option->standard);
        printf(")");
    } else if (option->standard != NULL) {
        printf(_(" (default %s)"), option->standard);
    }
    if (needed)
        printf("%s", _(" (needed)"));
}

static void print_options(ht_option_table table, int32_t width) {
    char text[LABEL_MAX];
    for (int32_t i = 0; i < table.count; i++) {
        const ht_option *option = &table.options[i];
        if (option->help == NULL)
            continue;
        label(option, text, sizeof text);
        int32_t pad = width - ht_utf8_width(text);
        printf("  %s%*s  %s", text, pad > 0 ? pad : 0, "", _(option->help));
        print_limits(option);
        printf("\n");
    }
}

void ht_help_print_command(const ht_command *command) {
    int32_t width = label_width(command->table, label_width(ht_common_table, 0));
    printf(_("Usage: hemtur %s%s%s [options]\n\n%s\n"), command->name, command->operands[0] != '\0' ? " " : "",
           command->operands, _(command->summary));
    if (command->more != NULL)
        printf("\n%s\n", _(command->more));
    if (command->table.count > 0) {
        printf("%s", _("\nOptions:\n"));
        print_options(command->table, width);
    }
    printf("%s", _("\nOptions of every command:\n"));
    print_options(ht_common_table, width);
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
