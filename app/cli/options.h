/* app/cli/options.h: a command's options as one table, which makes the parser, --help, the man page, both shells'
 * completion and the README's table.
 *
 * A table is an X-macro; its rows are
 *     X(name, letter, kind, need, argument, standard, min, max, unit, help)
 * name      the field of the command's struct and, with '-' for '_', the option's name
 * letter    its short form, 0 for none
 * kind      FLAG, INT, SHARE (a decimal), DATE, TEXT, FILE, FOLDER, WORD
 * need      NEEDED or OPTIONAL
 * argument  what help calls the value; of a WORD its words, '|' between; NULL for a flag
 * standard  the default as it would be typed; NULL for none
 * min, max  of an INT, and of a SHARE in parts of HT_OPTION_SHARE_ONE; outside is an error, never clamped
 * unit      of an INT, N_() where it is a word; of a TEXT the words that shells offer, '|' between, or ',' where it is a
 *           list: others may be typed as well
 * help      N_("..."); NULL hides the option
 *
 * Errors: HT_EUSAGE, naming the option and, where it is unknown, the nearest one.
 */
#ifndef HT_APP_CLI_OPTIONS_H
#define HT_APP_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef enum ht_option_kind {
    HT_OPTION_FLAG,
    HT_OPTION_INT,
    HT_OPTION_SHARE,
    HT_OPTION_DATE,
    HT_OPTION_TEXT,
    HT_OPTION_FILE,
    HT_OPTION_FOLDER,
    HT_OPTION_WORD
} ht_option_kind;

typedef enum ht_option_need { HT_OPTION_OPTIONAL, HT_OPTION_NEEDED } ht_option_need;

/* What an option was given, or its default. */
typedef struct ht_given {
    bool given;       /* typed by the user */
    int64_t number;   /* INT, SHARE, DATE (days since 1970-01-01), WORD (index of the word), FLAG (0 or 1) */
    const char *text; /* as typed or the default; NULL for neither */
} ht_given;

typedef struct ht_option {
    const char *name;
    char letter;
    ht_option_kind kind;
    ht_option_need need;
    const char *argument, *standard;
    int64_t min, max;
    const char *unit, *help;
    size_t offset; /* of its ht_given in the command's struct */
} ht_option;

typedef struct ht_option_table {
    const ht_option *options;
    int32_t count;
} ht_option_table;

#define HT_OPTION_FIELD(name, letter, kind, need, argument, standard, min, max, unit, help) ht_given name;
#define HT_OPTION_ROW(name, letter, kind, need, argument, standard, min, max, unit, help)                              \
    {#name,                                                                                                            \
     letter,                                                                                                           \
     HT_OPTION_##kind,                                                                                                 \
     HT_OPTION_##need,                                                                                                 \
     argument,                                                                                                         \
     standard,                                                                                                         \
     min,                                                                                                              \
     max,                                                                                                              \
     unit,                                                                                                             \
     help,                                                                                                             \
     offsetof(ht_options_here, name)},

/* Makes `ht_options_here`, the struct of a file's table, and the table itself: once a file. */
#define HT_OPTION_TABLE(LIST, table)                                                                                   \
    typedef struct ht_options_here {                                                                                   \
        LIST(HT_OPTION_FIELD)                                                                                          \
    } ht_options_here;                                                                                                 \
    static const ht_option table[] = {LIST(HT_OPTION_ROW)};

enum { HT_OPTION_NAME = 32, HT_OPERANDS_MAX = 4, HT_OPTION_SHARE_ONE = 10000, HT_OPTION_LIMIT = 32 };

/* "time_limit" as "time-limit"; out holds HT_OPTION_NAME bytes. */
void ht_option_spell(const ht_option *option, char *out);

/* The least and the most that an INT or SHARE may be, as people type it; each of HT_OPTION_LIMIT bytes. False for other
 * kinds. */
bool ht_option_limits(const ht_option *option, char *least, char *most);

/* Sets every option of the table to its default in the struct at values. */
void ht_options_defaults(ht_option_table table, void *values);

/* A place to look options up in: first the command's own, then the common ones. */
typedef struct ht_option_scope {
    ht_option_table table;
    void *values;
} ht_option_scope;

/* Reads the option at argv[*at] (which begins with '-') and its value; *at is then the last argument used. */
ht_status ht_option_parse(const ht_option_scope *scopes, int32_t count, int argc, char **argv, int *at, ht_err *err);

/* HT_EUSAGE where a needed option is missing. */
ht_status ht_options_complete(ht_option_scope scope, ht_err *err);

/* Which of count names is nearest to word, or -1 where none is near. */
int32_t ht_nearest(const char *word, const char *(*name)(const void *list, int32_t index), const void *list,
                   int32_t count);

/* The next word of "table|csv|json": false at the end. *at is 0 before the first call. */
bool ht_option_word(const char *words, size_t *at, const char **word, size_t *length);

#endif
