#include "io/word_read.h"

#include <errno.h>

#include "base/numbers.h"
#include "base/words.h"

static const char BLANK[] = " \t\r\n";
/* Of the scales that numbers are read in exactly, a multiple. */
enum { FINEST = 1000000 };
enum { MEBIBYTES = 256 }; /* more than any published set has */

static ht_status load(const char *path, ht_text *text, ht_err *err) {
    char piece[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ht_fail_open(err, path, errno);
    size_t length;
    while (!text->failed && text->length >> 20 < MEBIBYTES && (length = fread(piece, 1, sizeof piece, file)) > 0)
        ht_text_add(text, piece, length);
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    if (failed)
        return ht_fail_open(err, path, failed);
    if (text->length >> 20 >= MEBIBYTES)
        return ht_fail(err, HT_EINPUT, _("%s is longer than %d MiB"), path, MEBIBYTES);
    return text->failed ? ht_fail_memory(err) : HT_OK;
}

ht_status ht_word_read(ht_word_file *file, const char *path, ht_err *err) {
    *file = (ht_word_file){.path = path, .line = 1, .err = err};
    ht_text_init(&file->text, &ht_allocator_system);
    ht_status status = load(path, &file->text, err);
    if (!status && strlen(ht_text_get(&file->text)) != file->text.length)
        status = ht_fail(err, HT_EINPUT, _("%s: this is no text file"), path);
    file->at = ht_text_get(&file->text);
    return status;
}

void ht_word_read_end(ht_word_file *file) {
    ht_text_release(&file->text);
}

static const char *upcoming(const ht_word_file *file) {
    return file->at + strspn(file->at, BLANK);
}

void ht_word_next(ht_word_file *file) {
    for (; *file->at != '\0' && strchr(BLANK, *file->at) != NULL; file->at++)
        file->line += *file->at == '\n';
    size_t length = strcspn(file->at, BLANK);
    snprintf(file->word, sizeof file->word, "%.*s", length < HT_WORD_MAX ? (int)length : HT_WORD_MAX - 1, file->at);
    file->at += length;
}

bool ht_word_is_next(const ht_word_file *file, const char *word) {
    const char *next = upcoming(file);
    return strcspn(next, BLANK) == strlen(word) && strncmp(next, word, strlen(word)) == 0;
}

bool ht_word_number_is_next(const ht_word_file *file) {
    char next = *upcoming(file);
    return (next >= '0' && next <= '9') || next == '-';
}

void ht_word_skip_line(ht_word_file *file) {
    file->at += strcspn(file->at, "\n");
}

ht_status ht_word_bad(ht_word_file *file, const char *expected) {
    if (file->word[0] == '\0')
        return ht_fail(file->err, HT_EINPUT, _("%s:%d: the file ends where this is expected: %s; is it cut off?"),
                       file->path, (int)file->line, expected);
    char shown[4 * HT_WORD_MAX];
    ht_text_mask(file->word, shown, sizeof shown);
    return ht_fail(file->err, HT_EINPUT, _("%s:%d: '%s': expected %s"), file->path, (int)file->line, shown, expected);
}

ht_status ht_word_expect(ht_word_file *file, const char *word) {
    ht_word_next(file);
    return strcmp(file->word, word) == 0 ? HT_OK : ht_word_bad(file, word);
}

ht_status ht_word_expect_end(ht_word_file *file) {
    ht_word_next(file);
    return file->word[0] == '\0' ? HT_OK : ht_word_bad(file, _("the end of the file"));
}

ht_status ht_word_rounded(ht_word_file *file, int32_t scale, int32_t least, int32_t most, int32_t *out) {
    int64_t number;
    ht_word_next(file);
    if (!ht_decimal_parse(file->word, scale, &number) || number < (int64_t)least * scale ||
        number > (int64_t)most * scale) {
        char expected[96];
        snprintf(expected, sizeof expected, _("a number from %d to %d"), (int)least, (int)most);
        return ht_word_bad(file, expected);
    }
    *out = (int32_t)number;
    return HT_OK;
}

ht_status ht_word_number(ht_word_file *file, int32_t scale, int32_t least, int32_t most, int32_t *out) {
    int64_t exact;
    ht_status status = ht_word_rounded(file, scale, least, most, out);
    if (!status && (!ht_decimal_parse(file->word, FINEST, &exact) || exact % (FINEST / scale) != 0))
        return ht_word_bad(file, scale == 1 ? _("a whole number") : _("a number with fewer decimals"));
    return status;
}
