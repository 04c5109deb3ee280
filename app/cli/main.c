#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/cli.h"
#include "base/words.h"
#include "generated/commit.h"
#include "solver/lp.h"

#define COMMON_OPTIONS(X)                                                                                              \
    X(db, 0, FILE, OPTIONAL, "FILE", "hemtur.db", 0, 0, NULL, N_("the store"))                                         \
    X(format, 0, WORD, OPTIONAL, "table|csv|json", "table", 0, 0, NULL, N_("how results are printed"))                 \
    X(lang, 0, WORD, OPTIONAL, "en|sv", "en", 0, 0, NULL, N_("language of texts and of written headers"))              \
    X(quiet, 'q', FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, N_("no notes and no progress"))                              \
    X(help, 'h', FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, N_("show this help"))                                         \
    X(version, 0, FLAG, OPTIONAL, NULL, NULL, 0, 0, NULL, NULL)                                                        \
    X(print_doc, 0, WORD, OPTIONAL, "man|bash|zsh|readme|settings|headers", NULL, 0, 0, NULL, NULL)

HT_OPTION_TABLE(COMMON_OPTIONS, COMMON)

const ht_option_table ht_common_table = {COMMON, sizeof COMMON / sizeof COMMON[0]};

const ht_command *const ht_commands[] = {&ht_command_import,
                                         &ht_command_plan,
                                         &ht_command_check,
                                         &ht_command_export,
                                         &ht_command_continuity,
                                         &ht_command_solve,
                                         &ht_command_generate,
                                         &ht_command_plans,
                                         &ht_command_backup,
                                         &ht_command_purge,
                                         NULL};

/* ---- signals ---- */

static atomic_int stop_asked;

static void ask_to_stop(int signal_number) {
    (void)signal_number;
    atomic_store(&stop_asked, 1);
}

const atomic_int *ht_catch_stop(void) {
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction hangup;
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) /* nohup stays nohup */
        sigaction(SIGHUP, &action, NULL);
    return &stop_asked;
}

/* ---- threads ---- */

int32_t ht_threads(const ht_given *threads) {
    if (threads->given)
        return (int32_t)threads->number;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > HT_THREADS_MAX ? HT_THREADS_MAX : (int32_t)cores;
}

/* ---- the command line ---- */

typedef struct parsed {
    ht_options_here common;
    const ht_command *command; /* NULL: none named */
    void *options;             /* the command's struct; NULL before there is a command */
    const char *operand[HT_OPERANDS_MAX];
    int32_t operands;
    bool help; /* `hemtur help [COMMAND]` or --help */
} parsed;

static const char *command_name(const void *list, int32_t index) {
    return (*((const ht_command *const *)list + index))->name;
}

static int32_t count_commands(void) {
    int32_t count = 0;
    while (ht_commands[count] != NULL)
        count++;
    return count;
}

static ht_status find_command(const char *name, const ht_command **command, ht_err *err) {
    for (int32_t i = 0; ht_commands[i] != NULL; i++)
        if (strcmp(ht_commands[i]->name, name) == 0) {
            *command = ht_commands[i];
            return HT_OK;
        }
    int32_t nearest = ht_nearest(name, command_name, ht_commands, count_commands());
    if (nearest < 0)
        return ht_fail(err, HT_EUSAGE, _("unknown command '%s'"), name);
    return ht_fail(err, HT_EUSAGE, _("unknown command '%s'; did you mean '%s'?"), name, ht_commands[nearest]->name);
}

static ht_status choose_command(parsed *p, const char *name, ht_err *err) {
    if (strcmp(name, "help") == 0 && !p->help) {
        p->help = true;
        return HT_OK;
    }
    ht_status status = find_command(name, &p->command, err);
    if (status)
        return status;
    p->options = calloc(1, p->command->options_size + 1);
    if (p->options == NULL)
        return ht_fail_memory(err);
    ht_options_defaults(p->command->table, p->options);
    return HT_OK;
}

static ht_status take_operand(parsed *p, const char *operand, ht_err *err) {
    if (p->command == NULL)
        return choose_command(p, operand, err);
    if (p->help || p->operands >= p->command->operands_most)
        return ht_fail(err, HT_EUSAGE, _("'%s' is one argument too many"), operand);
    p->operand[p->operands++] = operand;
    return HT_OK;
}

static ht_status parse(parsed *p, int argc, char **argv, ht_err *err) {
    ht_status status = HT_OK;
    bool only_operands = false;
    for (int at = 1; at < argc && !status; at++) {
        if (!only_operands && strcmp(argv[at], "--") == 0) {
            only_operands = true;
            continue;
        }
        if (only_operands || argv[at][0] != '-' || argv[at][1] == '\0') {
            status = take_operand(p, argv[at], err);
            continue;
        }
        /* The command's own options come first: `plans --version N` is not the program's --version. */
        ht_option_scope scopes[2] = {{p->command != NULL ? p->command->table : ht_common_table,
                                      p->command != NULL ? p->options : (void *)&p->common},
                                     {ht_common_table, &p->common}};
        status = ht_option_parse(scopes, p->command != NULL ? 2 : 1, argc, argv, &at, err);
    }
    return status;
}

static ht_status check_operands(const parsed *p, ht_err *err) {
    if (p->operands < p->command->operands_least)
        return ht_fail(err, HT_EUSAGE, _("%s is missing"), p->command->operands);
    const char *words = p->command->operand_words, *word;
    if (words == NULL || p->operands == 0)
        return HT_OK;
    size_t at = 0, length;
    while (ht_option_word(words, &at, &word, &length))
        if (strlen(p->operand[0]) == length && strncmp(p->operand[0], word, length) == 0)
            return HT_OK;
    return ht_fail(err, HT_EUSAGE, _("'%s' is none of %s"), p->operand[0], words);
}

/* Messages about the command line itself are to be in the wanted language: so it is looked for before anything else. */
static ht_words_in wanted_language(int argc, char **argv) {
    ht_words_in words = HT_ENGLISH;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (value != NULL)
            words = strcmp(value, "sv") == 0 ? HT_SWEDISH : HT_ENGLISH;
    }
    return words;
}

static int print_version(void) {
    printf("hemtur %s (commit %s, SQLite %s, GLPK %s)\n", HT_VERSION, HT_COMMIT, ht_store_sqlite_version(),
           ht_lp_version());
    return HT_EXIT_DONE;
}

static int run_command(const parsed *p) {
    ht_call call = {.db = p->common.db.text,
                    .format = (ht_format)p->common.format.number,
                    .words = (ht_words_in)p->common.lang.number,
                    .quiet = p->common.quiet.given,
                    .operands = p->operands,
                    .options = p->options};
    memcpy(call.operand, p->operand, sizeof call.operand);
    return p->command->run(&call);
}

static int run(const parsed *p) {
    ht_err err;
    ht_err_init(&err);
    if (p->common.print_doc.given)
        return ht_document_print(p->common.print_doc.text) ? HT_EXIT_DONE : HT_EXIT_SYSTEM;
    if (p->common.version.given)
        return print_version();
    if (p->help || p->common.help.given) {
        if (p->command != NULL)
            ht_help_print_command(p->command);
        else
            ht_help_print();
        return HT_EXIT_DONE;
    }
    if (p->command == NULL) {
        ht_fail(&err, HT_EUSAGE, _("no command is given"));
        return ht_complain_usage(NULL, &err);
    }
    if (check_operands(p, &err) || ht_options_complete((ht_option_scope){p->command->table, p->options}, &err))
        return ht_complain_usage(p->command->name, &err);
    return run_command(p);
}

/* A full disk is noticed here at the latest. A closed pipe, as of `| head`, ends the program quietly by SIGPIPE. */
static int finish_output(int code) {
    ht_err err;
    errno = 0;
    int failed = ferror(stdout);
    if (fclose(stdout) == 0 && !failed)
        return code;
    if (code == HT_EXIT_SYSTEM) /* what failed has been said */
        return code;
    ht_fail(&err, HT_ESYSTEM, _("cannot write the output: %s"), ht_error_text(errno ? errno : EIO));
    return ht_complain(&err);
}

int main(int argc, char **argv) {
    umask(077);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is then an error like a full disk */
    ht_language_set(wanted_language(argc, argv));
    ht_err err;
    ht_err_init(&err);
    parsed p = {.command = NULL};
    ht_options_defaults(ht_common_table, &p.common);
    int code;
    if (parse(&p, argc, argv, &err))
        code = err.status == HT_EUSAGE ? ht_complain_usage(p.command != NULL ? p.command->name : NULL, &err)
                                       : ht_complain(&err);
    else
        code = run(&p);
    free(p.options);
    return finish_output(code);
}
