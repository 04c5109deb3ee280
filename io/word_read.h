/* io/word_read.h: a text file as words between blanks, one after the other: the form of the older published sets.
 *
 * Ownership: ht_word_read() fills the caller's struct; ht_word_read_end() ends it.
 * Errors:    HT_EINPUT, HT_ESYSTEM (cannot be opened), HT_ENOMEM; HT_EINPUT with file, line, the word found and what was expected, or
 *            where the file is above 256 MiB.
 */
#ifndef HT_IO_WORD_READ_H
#define HT_IO_WORD_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { HT_WORD_MAX = 48 };

typedef struct ht_word_file {
    const char *path;
    ht_text text;
    const char *at; /* what is not read yet */
    int32_t line;
    char word[HT_WORD_MAX]; /* the last word read; "" at the end of the text */
    ht_err *err;
} ht_word_file;

ht_status ht_word_read(ht_word_file *file, const char *path, ht_err *err);
void ht_word_read_end(ht_word_file *file);

void ht_word_next(ht_word_file *file);
/* True where the next word is one, or begins with a digit or a sign. */
bool ht_word_is_next(const ht_word_file *file, const char *word);
bool ht_word_number_is_next(const ht_word_file *file);
/* The rest of the line is passed over. */
void ht_word_skip_line(ht_word_file *file);
/* Nothing may follow any more. */
ht_status ht_word_expect_end(ht_word_file *file);

/* The next word must be this one. */
ht_status ht_word_expect(ht_word_file *file, const char *word);
/* The next word must be a number from least to most, of no more decimals than the scale has; *out is in its parts. */
ht_status ht_word_number(ht_word_file *file, int32_t scale, int32_t least, int32_t most, int32_t *out);
/* The same, rounded to the scale. */
ht_status ht_word_rounded(ht_word_file *file, int32_t scale, int32_t least, int32_t most, int32_t *out);
/* "file:line: 'word': expected ..." */
ht_status ht_word_bad(ht_word_file *file, const char *expected);

#endif
