#include "io/ics_write.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"

enum { LINE_OCTETS = 75, STAMP_LENGTH = 19, DEGREE = 10000000, DEGREE_DIGITS = 6 };

/* Every calendar of ours begins so. */
static const char BEGINNING[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hemtur//NONSGML hemtur//EN\r\n";

/* Summer time by the rule of the European Union, as it has been since 1996. */
static const char *const TIME_ZONE[] = {"BEGIN:VTIMEZONE",
                                        "TZID:Europe/Stockholm",
                                        "BEGIN:DAYLIGHT",
                                        "DTSTART:19960331T020000",
                                        "TZOFFSETFROM:+0100",
                                        "TZOFFSETTO:+0200",
                                        "TZNAME:CEST",
                                        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                                        "END:DAYLIGHT",
                                        "BEGIN:STANDARD",
                                        "DTSTART:19961027T030000",
                                        "TZOFFSETFROM:+0200",
                                        "TZOFFSETTO:+0100",
                                        "TZNAME:CET",
                                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                                        "END:STANDARD",
                                        "END:VTIMEZONE"};

struct ht_ics {
    ht_whole_file *file;
    ht_text line; /* the content line that is made, without its end */
};

/* ---- content lines ---- */

/* How much of text a line of `room` octets takes without cutting a character. */
static size_t fitting(const char *text, size_t length, size_t room) {
    if (length <= room)
        return length;
    size_t cut = room;
    while (cut > room - 3 && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

/* Writes the line folded, and empties it. */
static void end_line(ht_ics *ics) {
    const char *rest = ht_text_get(&ics->line);
    size_t length = ics->line.length, part = fitting(rest, length, LINE_OCTETS);
    ht_whole_file_put(ics->file, rest, part);
    while (length > part) {
        rest += part;
        length -= part;
        part = fitting(rest, length, LINE_OCTETS - 1);
        ht_whole_file_put(ics->file, "\r\n ", 3);
        ht_whole_file_put(ics->file, rest, part);
    }
    ht_whole_file_put(ics->file, "\r\n", 2);
    if (!ics->line.failed)
        ht_text_empty(&ics->line);
}

static void put_line(ht_ics *ics, const char *line) {
    ht_text_addf(&ics->line, "%s", line);
    end_line(ics);
}

/* A text as RFC 5545 has it: , ; \ and line breaks escaped; other control characters cannot be said and become blanks. */
static void put_text(ht_ics *ics, const char *name, const char *text) {
    ht_text_addf(&ics->line, "%s:", name);
    for (const char *at = text; *at != '\0'; at++) {
        bool control = ((unsigned char)*at < ' ' && *at != '\t') || *at == '\x7f';
        if (*at == '\r' && at[1] == '\n')
            continue; /* one line break */
        if (*at == '\r' || *at == '\n')
            ht_text_add(&ics->line, "\\n", 2);
        else if (control)
            ht_text_add(&ics->line, " ", 1);
        else if (strchr(",;\\", *at) != NULL)
            ht_text_addf(&ics->line, "\\%c", *at);
        else
            ht_text_add(&ics->line, at, 1);
    }
    end_line(ics);
}

/* ---- values ---- */

static void put_time(ht_ics *ics, const char *name, int32_t date, int32_t seconds) {
    int32_t year, month, day;
    date += seconds / HT_DAY_SECONDS;
    seconds = ht_time_on_clock(date, seconds % HT_DAY_SECONDS);
    ht_date_to_civil(date, &year, &month, &day);
    ht_text_addf(&ics->line, "%s;TZID=Europe/Stockholm:%04d%02d%02dT%02d%02d%02d", name, (int)year, (int)month,
                 (int)day, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    end_line(ics);
}

/* "2025-03-05T07:30:00" as 20250305T073000Z. */
static void put_stamp(ht_ics *ics, const char *stamp) {
    ht_text_addf(&ics->line, "DTSTAMP:");
    for (int32_t i = 0; i < STAMP_LENGTH && stamp[i] != '\0'; i++)
        if (stamp[i] != '-' && stamp[i] != ':')
            ht_text_add(&ics->line, &stamp[i], 1);
    ht_text_addf(&ics->line, "Z");
    end_line(ics);
}

static void put_place(ht_ics *ics, int32_t lat, int32_t lon) {
    char north[32], east[32];
    ht_decimal_print(lat, DEGREE, DEGREE_DIGITS, '.', north, sizeof north);
    ht_decimal_print(lon, DEGREE, DEGREE_DIGITS, '.', east, sizeof east);
    ht_text_addf(&ics->line, "GEO:%s;%s", north, east);
    end_line(ics);
}

/* ---- calendars ---- */

ht_ics *ht_ics_open(const char *folder, const char *name, const char *title, ht_err *err) {
    ht_ics *ics = ht_allocator_system.resize(ht_allocator_system.context, NULL, sizeof *ics);
    if (!ics) {
        ht_fail_memory(err);
        return NULL;
    }
    ht_text_init(&ics->line, &ht_allocator_system);
    ics->file = ht_whole_file_open(folder, name, err);
    if (!ics->file) {
        ht_allocator_system.release(ht_allocator_system.context, ics);
        return NULL;
    }
    ht_whole_file_put(ics->file, BEGINNING, sizeof BEGINNING - 1);
    put_line(ics, "CALSCALE:GREGORIAN");
    put_text(ics, "X-WR-CALNAME", title);
    for (size_t i = 0; i < sizeof TIME_ZONE / sizeof *TIME_ZONE; i++)
        put_line(ics, TIME_ZONE[i]);
    return ics;
}

/* An event that the clock change leaves no time for has no end: it ends when it starts. */
void ht_ics_put(ht_ics *ics, const ht_ics_event *event) {
    put_line(ics, "BEGIN:VEVENT");
    put_text(ics, "UID", event->uid);
    put_stamp(ics, event->stamp);
    ht_text_addf(&ics->line, "SEQUENCE:%d", (int)event->sequence);
    end_line(ics);
    put_time(ics, "DTSTART", event->date, event->start);
    if (ht_elapsed(event->date, event->start, event->date + event->end / HT_DAY_SECONDS, event->end % HT_DAY_SECONDS) >
        0)
        put_time(ics, "DTEND", event->date, event->end);
    put_text(ics, "SUMMARY", event->summary);
    if (event->lat != HT_BLANK && event->lon != HT_BLANK)
        put_place(ics, event->lat, event->lon);
    put_line(ics, "CLASS:PRIVATE");
    put_line(ics, "END:VEVENT");
}

static void destroy(ht_ics *ics) {
    ht_text_release(&ics->line);
    ht_allocator_system.release(ht_allocator_system.context, ics);
}

ht_status ht_ics_hand_over(ht_ics *ics, ht_file_batch *batch, ht_err *err) {
    put_line(ics, "END:VCALENDAR");
    if (ics->line.failed) {
        ht_ics_abandon(ics);
        return ht_fail_memory(err);
    }
    ht_status status = ht_whole_file_hand_over(ics->file, batch, err);
    destroy(ics);
    return status;
}

void ht_ics_abandon(ht_ics *ics) {
    ht_whole_file_abandon(ics->file);
    destroy(ics);
}

bool ht_ics_is_ours(const char *folder, const char *name) {
    char bytes[sizeof BEGINNING - 1];
    ht_text path;
    ht_text_init(&path, &ht_allocator_system);
    ht_text_addf(&path, "%s/%s", folder, name);
    FILE *file = path.failed ? NULL : fopen(ht_text_get(&path), "rb");
    bool ours =
        file && fread(bytes, 1, sizeof bytes, file) == sizeof bytes && memcmp(bytes, BEGINNING, sizeof bytes) == 0;
    if (file)
        fclose(file);
    ht_text_release(&path);
    return ours;
}
