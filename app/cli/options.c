#include "app/cli/options.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"

enum { NEAR = 3, WORD_MAX = 40, CANDIDATES_MAX = 64 };

void ht_option_spell(const ht_option *option, char *out) {
    size_t i = 0;
    for (; option->name[i] != '\0' && i + 1 < HT_OPTION_NAME; i++)
        out[i] = (char)(option->name[i] == '_' ? '-' : option->name[i]);
    out[i] = '\0';
}

bool ht_option_word(const char *words, size_t *at, const char **word, size_t *length) {
    if (words[*at] == '\0')
        return false;
    *word = words + *at;
    *length = strcspn(*word, "|");
    *at += *length + (words[*at + *length] == '|');
    return true;
}

/* ---- the nearest name ---- */

/* Edit distance of two words (Levenshtein 1966); WORD_MAX where one is too long to bother. */
static int32_t distance(const char *a, const char *b) {
    int32_t row[WORD_MAX + 1];
    int32_t width = (int32_t)strlen(b);
    if (width > WORD_MAX || strlen(a) > WORD_MAX)
        return WORD_MAX;
    for (int32_t j = 0; j <= width; j++)
        row[j] = j;
    for (int32_t i = 1; a[i - 1] != '\0'; i++) {
        int32_t diagonal = row[0];
        row[0] = i;
        for (int32_t j = 1; j <= width; j++) {
            int32_t replace = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            int32_t shorter = row[j - 1] < row[j] ? row[j - 1] : row[j];
            row[j] = shorter + 1 < replace ? shorter + 1 : replace;
        }
    }
    return row[width];
}

int32_t ht_nearest(const char *word, const char *(*name)(const void *list, int32_t index), const void *list,
                   int32_t count) {
    int32_t nearest = -1;
    int32_t least = NEAR + 1;
    for (int32_t i = 0; i < count; i++) {
        int32_t far = distance(word, name(list, i));
        if (far < least && far < (int32_t)strlen(word)) {
            least = far;
            nearest = i;
        }
    }
    return nearest;
}

/* ---- values ---- */

static bool find_word(const char *words, const char *text, int64_t *index) {
    const char *word;
    size_t at = 0, length;
    for (*index = 0; ht_option_word(words, &at, &word, &length); (*index)++)
        if (strlen(text) == length && strncmp(word, text, length) == 0)
            return true;
    return false;
}

static ht_status read_integer(const ht_option *option, const char *spelled, const char *text, int64_t *number,
                              ht_err *err) {
    if (ht_int_parse(text, number) && *number >= option->min && *number <= option->max)
        return HT_OK;
    return ht_fail(err, HT_EUSAGE, _("--%s: '%s' is no whole number from %lld to %lld"), spelled, text,
                   (long long)option->min, (long long)option->max);
}

bool ht_option_limits(const ht_option *option, char *least, char *most) {
    if (option->kind != HT_OPTION_INT && option->kind != HT_OPTION_SHARE)
        return false;
    int64_t scale = option->kind == HT_OPTION_SHARE ? HT_OPTION_SHARE_ONE : 1;
    ht_decimal_print(option->min, scale, 4, '.', least, HT_OPTION_LIMIT);
    ht_decimal_print(option->max, scale, 4, '.', most, HT_OPTION_LIMIT);
    return true;
}

static ht_status read_share(const ht_option *option, const char *spelled, const char *text, int64_t *number,
                            ht_err *err) {
    char least[HT_OPTION_LIMIT], most[HT_OPTION_LIMIT];
    if (ht_decimal_parse(text, HT_OPTION_SHARE_ONE, number) && *number >= option->min && *number <= option->max)
        return HT_OK;
    ht_option_limits(option, least, most);
    return ht_fail(err, HT_EUSAGE, _("--%s: '%s' is no share from %s to %s"), spelled, text, least, most);
}

/* Turns text into the number of its kind. */
static ht_status read_value(const ht_option *option, const char *text, ht_given *given, ht_err *err) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option, spelled);
    given->text = text;
    int32_t date;
    switch (option->kind) {
    case HT_OPTION_INT:
        return read_integer(option, spelled, text, &given->number, err);
    case HT_OPTION_SHARE:
        return read_share(option, spelled, text, &given->number, err);
    case HT_OPTION_DATE:
        if (!ht_date_parse(text, &date))
            return ht_fail(err, HT_EUSAGE, _("--%s: '%s' is no date: expected YYYY-MM-DD, 1900 to 2199"), spelled,
                           text);
        given->number = date;
        return HT_OK;
    case HT_OPTION_WORD:
        if (!find_word(option->argument, text, &given->number))
            return ht_fail(err, HT_EUSAGE, _("--%s: '%s' is none of %s"), spelled, text, option->argument);
        return HT_OK;
    default:
        if (*text == '\0')
            return ht_fail(err, HT_EUSAGE, _("--%s: the value is empty"), spelled);
        return HT_OK;
    }
}

static ht_given *given_of(const ht_option *option, void *values) {
    return (ht_given *)((char *)values + option->offset);
}

void ht_options_defaults(ht_option_table table, void *values) {
    for (int32_t i = 0; i < table.count; i++) {
        const ht_option *option = &table.options[i];
        ht_given *given = given_of(option, values);
        *given = (ht_given){.given = false};
        ht_err err; /* defaults of the table are right by its test */
        if (option->standard != NULL)
            read_value(option, option->standard, given, &err);
    }
}

/* ---- parsing ---- */

typedef struct found {
    const ht_option *option;
    ht_given *given;
} found;

static bool is_named(const ht_option *option, const char *name, size_t length) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option, spelled);
    return strlen(spelled) == length && strncmp(spelled, name, length) == 0;
}

/* By name, or by letter where name is NULL. */
static bool find(const ht_option_scope *scopes, int32_t count, const char *name, size_t length, char letter,
                 found *result) {
    for (int32_t s = 0; s < count; s++)
        for (int32_t i = 0; i < scopes[s].table.count; i++) {
            const ht_option *option = &scopes[s].table.options[i];
            if (name != NULL ? is_named(option, name, length) : option->letter == letter) {
                *result = (found){option, given_of(option, scopes[s].values)};
                return true;
            }
        }
    return false;
}

typedef struct spellings {
    char name[CANDIDATES_MAX][HT_OPTION_NAME];
    int32_t count;
} spellings;

static const char *spelling(const void *list, int32_t index) {
    return ((const spellings *)list)->name[index];
}

static void collect(const ht_option_scope *scopes, int32_t count, spellings *names) {
    names->count = 0;
    for (int32_t s = 0; s < count; s++)
        for (int32_t i = 0; i < scopes[s].table.count && names->count < CANDIDATES_MAX; i++)
            if (scopes[s].table.options[i].help != NULL)
                ht_option_spell(&scopes[s].table.options[i], names->name[names->count++]);
}

static ht_status unknown(const ht_option_scope *scopes, int32_t count, const char *argument, ht_err *err) {
    size_t length = strcspn(argument, "=");
    char typed[WORD_MAX + 1];
    snprintf(typed, sizeof typed, "%.*s", (int)(length < WORD_MAX ? length : WORD_MAX), argument);
    spellings names;
    collect(scopes, count, &names);
    int32_t nearest = typed[1] == '-' ? ht_nearest(typed + 2, spelling, &names, names.count) : -1;
    if (nearest < 0)
        return ht_fail(err, HT_EUSAGE, _("unknown option '%s'"), typed);
    return ht_fail(err, HT_EUSAGE, _("unknown option '%s'; did you mean --%s?"), typed, names.name[nearest]);
}

/* The value after '=' or in the next argument. */
static ht_status take_value(const found *option, const char *after_name, int argc, char **argv, int *at, ht_err *err) {
    char spelled[HT_OPTION_NAME];
    ht_option_spell(option->option, spelled);
    option->given->given = true;
    if (option->option->kind == HT_OPTION_FLAG) {
        option->given->number = 1;
        if (*after_name == '=')
            return ht_fail(err, HT_EUSAGE, _("--%s takes no value"), spelled);
        return HT_OK;
    }
    if (*after_name == '=')
        return read_value(option->option, after_name + 1, option->given, err);
    if (*at + 1 >= argc)
        return ht_fail(err, HT_EUSAGE, _("--%s needs a value: %s"), spelled, option->option->argument);
    return read_value(option->option, argv[++*at], option->given, err);
}

ht_status ht_option_parse(const ht_option_scope *scopes, int32_t count, int argc, char **argv, int *at, ht_err *err) {
    const char *argument = argv[*at];
    found option;
    if (argument[1] == '-') {
        size_t length = strcspn(argument + 2, "=");
        if (!find(scopes, count, argument + 2, length, 0, &option))
            return unknown(scopes, count, argument, err);
        return take_value(&option, argument + 2 + length, argc, argv, at, err);
    }
    if (argument[2] != '\0' || !find(scopes, count, NULL, 0, argument[1], &option))
        return unknown(scopes, count, argument, err);
    return take_value(&option, "", argc, argv, at, err);
}

ht_status ht_options_complete(ht_option_scope scope, ht_err *err) {
    for (int32_t i = 0; i < scope.table.count; i++) {
        const ht_option *option = &scope.table.options[i];
        if (option->need == HT_OPTION_OPTIONAL || given_of(option, scope.values)->given)
            continue;
        char spelled[HT_OPTION_NAME];
        ht_option_spell(option, spelled);
        return ht_fail(err, HT_EUSAGE, _("--%s %s is missing"), spelled, option->argument);
    }
    return HT_OK;
}
