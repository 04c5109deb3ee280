/* The input is a recurrence, a cell of pauses and one of exceptions, a line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "model/recurrence.h"
#include "model/skipped_days.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/promise.h"

enum { CELL = 513, LINE = 4096 };

static void try_recurrence(const char *text) {
    ht_recurrence recurrence, again;
    if (!ht_recurrence_parse(text, &recurrence))
        return;
    for (int32_t words = HT_ENGLISH; words <= HT_SWEDISH; words++) {
        char out[HT_RECURRENCE_TEXT];
        ht_recurrence_print(&recurrence, (ht_words_in)words, out, sizeof(out));
        promise(strlen(out) < sizeof(out) - 1, "a recurrence has room");
        promise(ht_recurrence_parse(out, &again), "a printed recurrence can be read");
        promise(again.kind == recurrence.kind && again.every == recurrence.every &&
                    again.weekdays == recurrence.weekdays,
                "a recurrence reads back the same");
    }
    promise(!ht_recurs_on(&recurrence, 20500, 20499), "nothing comes before its first day");
    int32_t days = 0;
    for (int32_t date = 20500; date < 20500 + 2 * 364; date++)
        days += ht_recurs_on(&recurrence, 20500, date);
    promise(days > 0, "a recurrence comes within two years");
    ht_recurs_on(&recurrence, HT_DATE_MIN, HT_DATE_MAX);
}

static void try_pauses(const char *cell) {
    char out[CELL], again[CELL];
    if (!ht_pauses_read(cell, out, sizeof(out)))
        return;
    promise(ht_pauses_read(out, again, sizeof(again)) && strcmp(out, again) == 0, "pauses read back the same");
    for (int32_t date = 20400; date < 21000; date++)
        promise(ht_is_paused(cell, date) == ht_is_paused(out, date), "canonical pauses mean the same");
}

static void try_except(const char *cell) {
    char out[CELL], swedish[600], again[CELL];
    if (!ht_except_read(cell, out, sizeof(out)))
        return;
    promise(ht_except_print(out, HT_SWEDISH, swedish, sizeof(swedish)), "exceptions have room in Swedish");
    promise(ht_except_read(swedish, again, sizeof(again)), "Swedish exceptions can be read");
    promise(strcmp(out, again) == 0, "exceptions read back the same");
    for (int32_t date = 20400; date < 21000; date++)
        promise(ht_is_excepted(cell, date) == ht_is_excepted(out, date), "canonical exceptions mean the same");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static void (*const TRY[])(const char *) = {try_recurrence, try_pauses, try_except};
    size_t at = 0;
    for (size_t i = 0; i < sizeof(TRY) / sizeof(TRY[0]); i++) {
        char line[LINE] = "";
        size_t used = 0;
        for (; at < size && bytes[at] != '\n' && bytes[at] != '\0' && used + 1 < sizeof(line); at++)
            line[used++] = (char)bytes[at];
        at += at < size;
        TRY[i](line);
    }
    return 0;
}
