/* app/cli/cli.h: what every command of the command line shares: its description, its call, its exit codes and ways to
 * print.
 *
 * Only app/cli parses argv, prints and exits. Results go to stdout; messages, notes and progress to stderr.
 */
#ifndef HT_APP_CLI_CLI_H
#define HT_APP_CLI_CLI_H

#include <stdatomic.h>

#include "app/cli/options.h"
#include "base/text.h"
#include "io/store.h"
#include "model/issues.h"
#include "model/tables.h"

enum {
    HT_EXIT_DONE = 0,
    HT_EXIT_USAGE = 1,
    HT_EXIT_INPUT = 2,
    HT_EXIT_RULE = 3,
    HT_EXIT_SYSTEM = 4,
    HT_EXIT_STOPPED = 130
};

static inline int ht_exit_code(ht_status status) {
    switch (status) {
    case HT_OK:
        return HT_EXIT_DONE;
    case HT_EUSAGE:
        return HT_EXIT_USAGE;
    case HT_EINPUT:
        return HT_EXIT_INPUT;
    case HT_ERULE:
        return HT_EXIT_RULE;
    default:
        return HT_EXIT_SYSTEM;
    }
}

typedef enum ht_format { HT_FORMAT_TABLE, HT_FORMAT_CSV, HT_FORMAT_JSON } ht_format;

/* One call of a command, parsed. */
typedef struct ht_call {
    const char *db;
    ht_format format;
    ht_words_in words;
    bool quiet;
    const char *operand[HT_OPERANDS_MAX];
    int32_t operands;
    const void *options; /* the struct of the command's table */
} ht_call;

typedef struct ht_command {
    const char *name;
    const char *operands; /* "DIR"; "" for none */
    int32_t operands_least, operands_most;
    const char *operand_words; /* the words that the first operand may be, '|' between; NULL: anything */
    const char *summary;       /* one line, N_() */
    const char *more;          /* further lines of help, N_(); NULL for none */
    ht_option_table table;
    size_t options_size;             /* of the table's struct */
    int (*run)(const ht_call *call); /* returns the exit code */
} ht_command;

/* The commands, in the order help shows them, ended by NULL. */
extern const ht_command *const ht_commands[];
extern const ht_command ht_command_import, ht_command_plan, ht_command_check, ht_command_export, ht_command_continuity,
    ht_command_solve, ht_command_generate, ht_command_plans, ht_command_backup, ht_command_purge;

/* The options that every command has. */
extern const ht_option_table ht_common_table;

/* ---- help and the documents made of the tables ---- */

void ht_help_print(void);
void ht_help_print_command(const ht_command *command);
/* True where its further lines are a list laid out by blanks, which is not to be filled. */
bool ht_help_is_laid_out(const ht_command *command);
/* kind: "man", "bash", "zsh", "readme", "settings", "headers"; false where there is no such. */
bool ht_document_print(const char *kind);

/* ---- messages ---- */

/* "hemtur: text" on stderr, personal numbers masked; returns the exit code of the status. */
int ht_complain(const ht_err *err);
/* The same where the call is to blame; points to --help. */
int ht_complain_usage(const char *command, const ht_err *err);
/* A line on stderr unless the call is quiet. */
void ht_note(const ht_call *call, const char *format, ...) HT_PRINTF(2, 3);
/* Issues (always) and notes (unless quiet) of an input on stderr. */
void ht_print_issues(const ht_call *call, const ht_issues *issues);

/* ---- signals ---- */

/* From now on the first SIGINT, SIGTERM or SIGHUP sets the flag, the second ends the process. */
const atomic_int *ht_catch_stop(void);

/* ---- threads ---- */

enum { HT_THREADS_MAX = 256 };

/* As many as the option --threads says, else one for each core. */
int32_t ht_threads(const ht_given *threads);

/* ---- language ---- */

/* Sets up the language of messages; before any text is printed. */
void ht_language_set(ht_words_in words);

#endif
