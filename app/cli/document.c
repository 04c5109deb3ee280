/* What the option and setting tables also make: the man page, both completions, the README's tables. English: they are
 * read by programs and packagers. */
#include "app/cli/cli.h"
#include "base/numbers.h"
#include "model/settings.h"
#include "model/tables.h"

/* A setting's default and range as people write them: "30", "0 to 1440 min". */
static void setting_words(const ht_setting_info *info, char standard[32], char range[96]) {
    char least[32], most[32];
    ht_decimal_print(info->standard, info->scale, 3, '.', standard, 32);
    ht_decimal_print(info->min, info->scale, 3, '.', least, sizeof least);
    ht_decimal_print(info->max, info->scale, 3, '.', most, sizeof most);
    snprintf(range, 96, "%s to %s%s%s", least, most, *info->unit ? " " : "", info->unit);
}

/* ---- man page ---- */

/* Roff reads '-', '\' and a leading '.' or ''' as its own. */
static void roff(const char *text) {
    if (*text == '.' || *text == '\'')
        printf("\\&");
    for (; *text != '\0'; text++) {
        if (*text == '-' || *text == '\\')
            putchar('\\');
        if (*text == '\\')
            printf("e");
        else
            putchar(*text);
        if (*text == '\n' && (text[1] == '.' || text[1] == '\''))
            printf("\\&");
    }
}

static void man_option(const ht_option *option) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option, spelled);
    printf(".TP\n");
    if (option->letter != 0)
        printf("\\fB\\-%c\\fR, ", option->letter);
    printf("\\fB\\-\\-");
    roff(spelled);
    printf("\\fR");
    if (option->argument != NULL) {
        printf(" \\fI");
        roff(option->argument);
        printf("\\fR");
    }
    printf("\n");
    roff(option->help);
    char least[HT_OPTION_LIMIT], most[HT_OPTION_LIMIT];
    if (ht_option_limits(option, least, most))
        printf(" (%s to %s%s%s)", least, most, option->unit != NULL ? " " : "",
               option->unit != NULL ? option->unit : "");
    if (option->standard != NULL) {
        printf("; default ");
        roff(option->standard);
    }
    printf("%s.\n", option->need == HT_OPTION_NEEDED ? "; needed" : "");
}

static void man_options(ht_option_table table) {
    for (int32_t i = 0; i < table.count; i++)
        if (table.options[i].help != NULL)
            man_option(&table.options[i]);
}

static void man_command(const ht_command *command) {
    printf(".SS hemtur %s%s%s\n", command->name, command->operands[0] != '\0' ? " " : "", command->operands);
    roff(command->summary);
    printf(".\n");
    if (command->more != NULL) {
        bool columns = ht_help_is_laid_out(command);
        printf(".PP\n%s", columns ? ".nf\n" : "");
        roff(command->more);
        printf("\n%s", columns ? ".fi\n" : "");
    }
    man_options(command->table);
}

static void man_settings(void) {
    printf(".SH SETTINGS\nRows of \\fIsettings.csv\\fR, name and value.\n");
    for (const ht_setting_info *info = ht_setting_infos(); info->name != NULL; info++) {
        char standard[32], range[96];
        setting_words(info, standard, range);
        printf(".TP\n\\fB%s\\fR\n", info->name);
        roff(info->help);
        printf("; default %s, %s.\n", standard, range);
    }
}

static void print_man(void) {
    printf(".TH HEMTUR 1 \"\" \"hemtur %s\" \"User Commands\"\n"
           ".SH NAME\nhemtur \\- home care visits planned with the care contact first\n"
           ".SH SYNOPSIS\n\\fBhemtur\\fR \\fICOMMAND\\fR [\\fIoptions\\fR]\n"
           ".SH DESCRIPTION\nPlans home care visits: the client's care contact first, then the contact's team, then "
           "others.\n"
           "Data is read from a folder of CSV files into an SQLite store; plans are kept there as versions.\n"
           ".SH OPTIONS OF EVERY COMMAND\n",
           HT_VERSION);
    man_options(ht_common_table);
    printf(".SH COMMANDS\n");
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        man_command(ht_commands[i]);
    man_settings();
    printf(".SH PROGRESS LINE\nWhile a plan is made and standard error is a terminal: seconds, iterations of all "
           "threads, and of the\n"
           "best plan so far the visits left out, minutes beyond the promise, continuity points, minutes of travel; "
           "last the\n"
           "temperature of the annealing.\n"
           ".SH EXIT STATUS\n0 done (also with unplanned visits), 1 wrong call, 2 bad input, 3 a hard rule is broken, "
           "4 system or\n"
           "internal error, 130 stopped with the best plan stored.\n"
           ".SH FILES\n\\fIhemtur.db\\fR: the store, where \\fB\\-\\-db\\fR names no other.\n");
}

/* ---- completion ---- */

static void spell_all(ht_option_table table) {
    char spelled[HT_OPTION_NAME];
    for (int32_t i = 0; i < table.count; i++) {
        if (table.options[i].help == NULL)
            continue;
        ht_option_spell(&table.options[i], spelled);
        printf(" --%s", spelled);
    }
}

/* "a|b|c", or "a,b,c", as "a b c". */
static void print_words(const char *words) {
    for (; *words != '\0'; words++)
        if (*words != '|' && *words != ',')
            putchar(*words);
        else if (words[1] != '\0')
            putchar(' ');
}

/* The words that an option's value may be made of; NULL: any text. */
static const char *words_of(const ht_option *option) {
    return option->kind == HT_OPTION_WORD ? option->argument : option->kind == HT_OPTION_TEXT ? option->unit : NULL;
}

static bool is_list(const ht_option *option) {
    return option->kind == HT_OPTION_TEXT && option->unit != NULL && strchr(option->unit, ',') != NULL;
}

/* What may stand behind an option of the command; NULL: of every command. */
static void bash_values(const char *command, ht_option_table table) {
    char spelled[HT_OPTION_NAME];
    for (int32_t i = 0; i < table.count; i++) {
        const ht_option *option = &table.options[i];
        if (option->help == NULL || option->kind == HT_OPTION_FLAG)
            continue;
        ht_option_spell(option, spelled);
        printf("    %s%s --%s\")", command == NULL ? "*\"" : "\"", command == NULL ? "" : command, spelled);
        if (words_of(option) != NULL) {
            printf(" mapfile -t COMPREPLY < <(compgen %s-W \"", is_list(option) ? "-P \"$listed\" " : "");
            print_words(words_of(option));
            printf("\" -- \"%s\");", is_list(option) ? "${word##*,}" : "$word");
        } else if (option->kind == HT_OPTION_FILE || option->kind == HT_OPTION_FOLDER) {
            printf(" mapfile -t COMPREPLY < <(compgen -%c -- \"$word\");", option->kind == HT_OPTION_FILE ? 'f' : 'd');
        }
        printf(" return ;;\n");
    }
}

static bool takes_folder(const ht_command *command) {
    return strcmp(command->operands, "DIR") == 0;
}

/* A word that begins with no '-' is an operand: one of the command's words, a folder or a file. */
static void bash_command(const ht_command *command) {
    printf("    %s) options=\"", command->name);
    spell_all(command->table);
    printf("\"");
    if (command->operand_words != NULL) {
        printf("; operands=\"");
        print_words(command->operand_words);
        printf("\"");
    } else if (command->operands_most > 0) {
        printf("; files=%s", takes_folder(command) ? "-d" : "-f");
    }
    printf(" ;;\n");
}

/* Finds the command, which options of every command may stand before; bash takes '=' for a word of its own. */
static void bash_find_command(void) {
    char spelled[HT_OPTION_NAME];
    const char *between = "";
    printf("  for ((i = 1; i < COMP_CWORD; i++)); do\n    case ${COMP_WORDS[i]} in\n      ");
    for (int32_t i = 0; i < ht_common_table.count; i++) {
        if (ht_common_table.options[i].help == NULL || ht_common_table.options[i].kind == HT_OPTION_FLAG)
            continue;
        ht_option_spell(&ht_common_table.options[i], spelled);
        printf("%s--%s", between, spelled);
        between = " | ";
    }
    printf(")\n        ((i++))\n        [[ ${COMP_WORDS[i]} == = ]] && ((i++)) ;;\n"
           "      -*) ;;\n"
           "      *)\n        command=${COMP_WORDS[i]}\n        break ;;\n"
           "    esac\n  done\n");
}

static void print_bash(void) {
    printf("# bash completion of hemtur; made by hemtur --print-doc bash\n"
           "_hemtur() {\n"
           "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=\"\" listed=\"\" i\n"
           "  local options=\"\" operands=\"\" files=\"\"\n"
           "  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
           "  [[ $word == = ]] && word=\"\"\n"
           "  [[ $word == *,* ]] && listed=${word%%,*},\n"
           "  local commands=\"");
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        printf("%s%s", i > 0 ? " " : "", ht_commands[i]->name);
    printf("\"\n  COMPREPLY=()\n");
    bash_find_command();
    printf("  case \"$command $before\" in\n");
    bash_values(NULL, ht_common_table);
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        bash_values(ht_commands[i]->name, ht_commands[i]->table);
    printf("  esac\n  case $command in\n");
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        bash_command(ht_commands[i]);
    printf("    help) operands=$commands ;;\n"
           "    \"\") options=\" --version\"; operands=\"$commands help\" ;;\n"
           "  esac\n  if [[ $word == -* ]]; then\n    mapfile -t COMPREPLY < <(compgen -W \"$options");
    spell_all(ht_common_table);
    printf("\" -- \"$word\")\n"
           "  elif [[ -n $operands ]]; then\n    mapfile -t COMPREPLY < <(compgen -W \"$operands\" -- \"$word\")\n"
           "  elif [[ -n $files ]]; then\n    mapfile -t COMPREPLY < <(compgen \"$files\" -- \"$word\")\n  fi\n}\n"
           "complete -o filenames -F _hemtur hemtur\n");
}

/* zsh reads '[', ']' and ':' in a description as its own, and the text stands in single quotes. */
static void zsh_text(const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            printf("'\\'");
        else if (strchr("[]:", *text) != NULL)
            printf("\\");
        putchar(*text == '\n' ? ' ' : *text);
    }
}

static void zsh_option(const ht_option *option) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option, spelled);
    if (option->letter != 0) { /* flags alone have one */
        printf(" \\\n        '-%c[", option->letter);
        zsh_text(option->help);
        printf("]'");
    }
    printf(" \\\n        '--%s%s[", spelled, option->argument != NULL ? "=" : "");
    zsh_text(option->help);
    printf("]");
    if (is_list(option)) {
        printf(":%s:_values -s , %s ", spelled, spelled);
        print_words(words_of(option));
    } else if (words_of(option) != NULL) {
        printf(":%s:(", spelled);
        print_words(words_of(option));
        printf(")");
    } else if (option->kind == HT_OPTION_FILE || option->kind == HT_OPTION_FOLDER) {
        printf(":%s:_files%s", option->argument, option->kind == HT_OPTION_FOLDER ? " -/" : "");
    } else if (option->argument != NULL) {
        printf(":%s: ", option->argument);
    }
    printf("'");
}

static void zsh_options(ht_option_table table) {
    for (int32_t i = 0; i < table.count; i++)
        if (table.options[i].help != NULL)
            zsh_option(&table.options[i]);
}

static void zsh_command(const ht_command *command) {
    printf("    %s)\n      _arguments", command->name);
    zsh_options(command->table);
    zsh_options(ht_common_table);
    if (command->operand_words != NULL) {
        printf(" \\\n        '1:action:(");
        print_words(command->operand_words);
        printf(")'");
    } else if (command->operands_most > 0) {
        printf(" \\\n        '1:%s:_files%s'", command->operands, takes_folder(command) ? " -/" : "");
    }
    printf(" ;;\n");
}

static void print_zsh(void) {
    printf("#compdef hemtur\n# zsh completion of hemtur; made by hemtur --print-doc zsh\n"
           "_hemtur() {\n  local -a commands\n  commands=(\n");
    for (int32_t i = 0; ht_commands[i] != NULL; i++) {
        printf("    '%s:", ht_commands[i]->name);
        zsh_text(ht_commands[i]->summary);
        printf("'\n");
    }
    printf("    'help:shows the help of a command'\n"
           "  )\n  local curcontext=$curcontext state line\n  local -A opt_args\n  _arguments -C");
    zsh_options(ht_common_table);
    printf(" \\\n        '--version[versions of the program and its libraries]' \\\n"
           "        '1:command:->command' '*::argument:->argument'\n"
           "  if [[ $state == command ]]; then\n    _describe command commands\n    return\n  fi\n"
           "  [[ $state == argument ]] || return\n"
           "  case $line[1] in\n");
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        zsh_command(ht_commands[i]);
    printf("    help)\n      _describe command commands ;;\n"
           "  esac\n}\n_hemtur \"$@\"\n");
}

/* ---- README ---- */

/* A '|' would end the cell. */
static void markdown(const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '|')
            putchar('\\');
        putchar(*text == '\n' ? ' ' : *text);
    }
}

static void readme_option(const char *command, const ht_option *option) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option, spelled);
    printf("| %s | `--%s", command, spelled);
    if (option->argument != NULL) {
        putchar(' ');
        markdown(option->argument);
    }
    printf("` | %s | ", option->need == HT_OPTION_NEEDED ? "needed" : option->standard != NULL ? option->standard : "");
    char least[HT_OPTION_LIMIT], most[HT_OPTION_LIMIT];
    if (ht_option_limits(option, least, most))
        printf("%s to %s%s%s", least, most, option->unit != NULL ? " " : "", option->unit != NULL ? option->unit : "");
    printf(" | ");
    markdown(option->help);
    printf(" |\n");
}

static void readme_options(const char *command, ht_option_table table) {
    for (int32_t i = 0; i < table.count; i++)
        if (table.options[i].help != NULL)
            readme_option(command, &table.options[i]);
}

static void print_readme(void) {
    printf("| command | option | default | range | what |\n| --- | --- | --- | --- | --- |\n");
    readme_options("every", ht_common_table);
    for (int32_t i = 0; ht_commands[i] != NULL; i++) {
        char name[64];
        snprintf(name, sizeof name, "`%s`", ht_commands[i]->name);
        readme_options(name, ht_commands[i]->table);
    }
}

static void print_settings(void) {
    printf("| setting | default | range | what |\n| --- | --- | --- | --- |\n");
    for (const ht_setting_info *info = ht_setting_infos(); info->name != NULL; info++) {
        char standard[32], range[96];
        setting_words(info, standard, range);
        printf("| `%s` | %s | %s | ", info->name, standard, range);
        markdown(info->help);
        printf(" |\n");
    }
}

/* ---- headers ---- */

/* "a|b" as "`a`, `b`". */
static void print_names(const char *names) {
    const char *name;
    size_t at = 0, length;
    for (bool first = true; names != NULL && ht_option_word(names, &at, &name, &length); first = false)
        printf("%s`%.*s`", first ? "" : ", ", (int)length, name);
}

/* "bil (`car`), cykel (`bicycle`)". */
static void print_cell_words(const ht_column *column) {
    for (const ht_word *word = column->words; word != NULL && word->name != NULL; word++)
        printf("%s`%s` (%s)", word == column->words ? "" : ", ", word->swedish, word->name);
}

static void print_headers(void) {
    printf("| file | column | in Swedish | also read | words in its cells |\n| --- | --- | --- | --- | --- |\n");
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        const ht_table *table = ht_table_get(id);
        for (int32_t i = 0; i < table->count; i++) {
            const ht_column *column = &table->columns[i];
            printf("| `%s.csv` | `%s` | `%s` | ", table->name, column->name, column->swedish);
            print_names(column->others);
            printf(" | ");
            print_cell_words(column);
            printf(" |\n");
        }
    }
}

bool ht_document_print(const char *kind) {
    const struct {
        const char *name;
        void (*print)(void);
    } documents[] = {{"man", print_man},       {"bash", print_bash},         {"zsh", print_zsh},
                     {"readme", print_readme}, {"settings", print_settings}, {"headers", print_headers}};
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        if (strcmp(documents[i].name, kind) == 0) {
            documents[i].print();
            return true;
        }
    return false;
}
