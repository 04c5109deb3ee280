#include "model/unplanned.h"

#include <stdarg.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"

enum { PART_ROOM = 32 }; /* a name or a number */

static const char ON_SHIFT[] = "on_shift";

static const char *help_name(ht_help_kind kind) {
    static const char *const NAME[] = {
#define X(id, name) [HT_HELP_##id] = name,
        HT_HELP_LIST(X)
#undef X
    };
    return NAME[kind];
}

/* ---- writing a note ---- */

static void add(char *out, const char *format, ...) HT_PRINTF(2, 3);

static void add(char *out, const char *format, ...) {
    size_t used = strlen(out);
    va_list list;
    va_start(list, format);
    vsnprintf(out + used, HT_NOTE - used, format, list);
    va_end(list);
}

static void add_time(char *out, const char *name, int32_t seconds) {
    char time[HT_TIME_TEXT];
    ht_time_print(seconds, time, sizeof time);
    add(out, " %s=%s", name, time);
}

void ht_reason_note(const ht_reason *reason, char *out) {
    out[0] = '\0';
    add(out, "%s=%d", ON_SHIFT, reason->on_shift);
    for (int32_t rule = 0; rule < HT_RULES; rule++)
        if (reason->kept_away[rule] > 0)
            add(out, " %s=%d", ht_rule_name((ht_rule)rule), reason->kept_away[rule]);
}

void ht_help_note(const ht_help *help, char *out) {
    out[0] = '\0';
    add(out, "%s", help_name(help->kind));
    if (help->kind == HT_HELP_EMPTY_WINDOW)
        return;
    if (help->kind == HT_HELP_MOVE_START || help->kind == HT_HELP_STAY_LONGER)
        add(out, " minutes=%d", help->minutes);
    if (help->kind == HT_HELP_OPEN_LOCK)
        add(out, " locked=%s", help->locked);
    if (help->kind == HT_HELP_MORE_STAFF)
        add(out, " need=%d", help->need);
    else
        add(out, " staff=%s", help->staff);
    add_time(out, "at", help->at);
    if (help->kind == HT_HELP_MORE_STAFF)
        add_time(out, "until", help->until);
}

/* ---- reading one ---- */

/* The next "name=value" (or "name" alone: value is ""); false at the end. */
static bool next_part(const char **at, char *name, size_t size, char *value, size_t value_size) {
    *at += strspn(*at, " ");
    size_t length = strcspn(*at, " "), head = strcspn(*at, "= ");
    if (length == 0)
        return false;
    snprintf(name, size, "%.*s", (int)head, *at);
    snprintf(value, value_size, "%.*s", head < length ? (int)(length - head - 1) : 0, *at + head + (head < length));
    *at += length;
    return true;
}

static bool read_count(const char *value, int32_t *count) {
    int64_t number;
    bool read = ht_int_parse(value, &number) && number >= 0 && number <= INT32_MAX;
    if (read)
        *count = (int32_t)number;
    return read;
}

static bool find_rule(const char *name, int32_t *rule) {
    for (*rule = 0; *rule < HT_RULES; ++*rule)
        if (strcmp(ht_rule_name((ht_rule)*rule), name) == 0)
            return true;
    return false;
}

bool ht_reason_read(const char *note, ht_reason *reason) {
    char name[PART_ROOM], value[PART_ROOM];
    int32_t rule;
    *reason = (ht_reason){0};
    if (!next_part(&note, name, sizeof name, value, sizeof value) || strcmp(name, ON_SHIFT) != 0 ||
        !read_count(value, &reason->on_shift))
        return false;
    while (next_part(&note, name, sizeof name, value, sizeof value))
        if (!find_rule(name, &rule) || !read_count(value, &reason->kept_away[rule]))
            return false;
    return true;
}

static bool copy_list(const char *value, char *list, size_t size) {
    size_t length = strlen(value);
    if (length == 0 || length >= size)
        return false;
    memcpy(list, value, length + 1);
    return true;
}

static bool read_help_part(const char *name, const char *value, ht_help *help) {
    if (strcmp(name, "minutes") == 0)
        return read_count(value, &help->minutes);
    if (strcmp(name, "need") == 0)
        return read_count(value, &help->need);
    if (strcmp(name, "at") == 0)
        return ht_time_parse(value, &help->at);
    if (strcmp(name, "until") == 0)
        return ht_time_parse(value, &help->until);
    if (strcmp(name, "staff") == 0)
        return copy_list(value, help->staff, sizeof help->staff);
    return strcmp(name, "locked") == 0 && copy_list(value, help->locked, sizeof help->locked);
}

bool ht_help_read(const char *note, ht_help *help) {
    char name[PART_ROOM], value[HT_HELP_LOCKED + 1];
    int32_t kind = 0;
    *help = (ht_help){.kind = HT_HELP_MOVE_START};
    if (!next_part(&note, name, sizeof name, value, sizeof value) || *value != '\0')
        return false;
    while (kind < HT_HELP_KINDS && strcmp(help_name((ht_help_kind)kind), name) != 0)
        kind++;
    help->kind = (ht_help_kind)kind;
    while (kind < HT_HELP_KINDS && next_part(&note, name, sizeof name, value, sizeof value))
        if (!read_help_part(name, value, help))
            return false;
    return kind < HT_HELP_KINDS;
}

/* ---- telling it ---- */

static void tell_as_is(const char *text, char *out) {
    snprintf(out, HT_NOTE, "%s", text);
}

/* "3 are fully booked". */
static void tell_kept_away(ht_rule rule, int32_t count, char *out) {
    switch (rule) {
    case HT_RULE_SKILL:
        add(out, HT_PLURAL("%d lacks the skill", "%d lack the skill", count), count);
        break;
    case HT_RULE_WINDOW:
        add(out, HT_PLURAL("for %d its window is empty", "for %d its window is empty", count), count);
        break;
    case HT_RULE_SHIFT:
        add(out, HT_PLURAL("%d does not work then", "%d do not work then", count), count);
        break;
    case HT_RULE_BLOCKED:
        add(out, HT_PLURAL("%d is kept apart from the client", "%d are kept apart from the client", count), count);
        break;
    case HT_RULE_AVOIDS:
        add(out, HT_PLURAL("%d avoids something in the home", "%d avoid something in the home", count), count);
        break;
    case HT_RULE_LOCK:
        add(out, HT_PLURAL("for %d the lock stands in the way", "for %d the lock stands in the way", count), count);
        break;
    case HT_RULE_TRAVEL:
        add(out, HT_PLURAL("%d cannot get there and back in time", "%d cannot get there and back in time", count),
            count);
        break;
    case HT_RULE_BREAK:
        add(out, HT_PLURAL("%d would miss the break", "%d would miss the break", count), count);
        break;
    case HT_RULE_FULL:
        add(out, HT_PLURAL("%d is fully booked", "%d are fully booked", count), count);
        break;
    default:
        add(out, "%d %s", count, ht_named(ht_rule_name(rule)));
        break;
    }
}

void ht_reason_tell(const char *note, char *out) {
    ht_reason reason;
    const char *mark = " ";
    if (!ht_reason_read(note, &reason)) {
        tell_as_is(note, out);
        return;
    }
    if (reason.on_shift == 0) {
        tell_as_is(_("nobody is on shift"), out);
        return;
    }
    out[0] = '\0';
    /* who is fully booked could come on another day, or with somebody else */
    add(out,
        reason.kept_away[HT_RULE_FULL] > 0 ? _("no room for it: of %d on shift,")
                                           : _("nobody can come: of %d on shift,"),
        reason.on_shift);
    for (int32_t rule = 0; rule < HT_RULES; rule++) {
        if (reason.kept_away[rule] == 0)
            continue;
        add(out, "%s", mark);
        mark = ", ";
        tell_kept_away((ht_rule)rule, reason.kept_away[rule], out);
    }
}

/* "P1|P2" as "P1, P2". */
static void spell_list(const char *list, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (; *list != '\0' && used + 2 < size; list++)
        used += (size_t)snprintf(out + used, size - used, "%s%.1s", *list == '|' ? "," : "", *list == '|' ? " " : list);
}

void ht_help_tell(const char *note, char *out) {
    ht_help help;
    char staff[2 * HT_HELP_STAFF], locked[HT_HELP_LOCKED + HT_HELP_LOCKED / 2], at[HT_TIME_TEXT], until[HT_TIME_TEXT];
    if (!ht_help_read(note, &help)) {
        tell_as_is(note, out);
        return;
    }
    spell_list(help.staff, staff, sizeof staff);
    spell_list(help.locked, locked, sizeof locked);
    ht_time_print(help.at, at, sizeof at);
    ht_time_print(help.until, until, sizeof until);
    switch (help.kind) {
    case HT_HELP_MOVE_START:
        snprintf(out, HT_NOTE, _("a window wider by %d min would help: %s could come at about %s"), help.minutes, staff,
                 at);
        break;
    case HT_HELP_STAY_LONGER:
        snprintf(out, HT_NOTE, _("%s could come at about %s by working up to %d min longer"), staff, at, help.minutes);
        break;
    case HT_HELP_GIVE_SKILL:
        snprintf(out, HT_NOTE, _("with the skill, %s could come at about %s"), staff, at);
        break;
    case HT_HELP_OPEN_LOCK:
        snprintf(out, HT_NOTE, _("if it were not locked to %s, %s could come at about %s"), locked, staff, at);
        break;
    case HT_HELP_MORE_STAFF:
        snprintf(out, HT_NOTE,
                 HT_PLURAL("%d more on shift between %s and %s would help",
                           "%d more on shift between %s and %s would help", help.need),
                 help.need, at, until);
        break;
    default:
        tell_as_is(_("its own window is empty: look at its lock, its link and its latest start"), out);
        break;
    }
}
