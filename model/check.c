#include "model/check.h"

#include <stdarg.h>

#include "base/words.h"
#include "model/check_internal.h"

enum { TEXT_MAX = 512 };

const char *ht_hard_rule_name(ht_hard_rule rule) {
#define X(id, name) name,
    static const char *const NAME[] = {HT_HARD_RULE_LIST(X)};
#undef X
    return NAME[rule];
}

/* The formatted text in the report's arena; NULL, with check->failed set, when memory is out. */
static const char *keep_text(ht_check *check, const char *format, va_list arguments) HT_PRINTF(2, 0);

static const char *keep_text(ht_check *check, const char *format, va_list arguments) {
    char text[TEXT_MAX];
    if (vsnprintf(text, sizeof(text), format, arguments) < 0)
        text[0] = '\0';
    const char *kept = ht_arena_text(&check->report->arena, text, strlen(text));
    check->failed |= kept == NULL;
    return kept;
}

void ht_check_breach(ht_check *check, ht_hard_rule rule, ht_sym visit, ht_sym staff, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = keep_text(check, format, arguments);
    va_end(arguments);
    ht_breach *breach = text == NULL ? NULL : ht_array_push(&check->breaches);
    check->failed |= breach == NULL;
    int32_t syms = ht_strings_count(&check->facts.data->text);
    if (breach != NULL)
        *breach = (ht_breach){.rule = rule,
                              .text = text,
                              .visit = visit >= 0 && visit < syms ? visit : HT_NO_TEXT,
                              .staff = staff >= 0 && staff < syms ? staff : HT_NO_TEXT};
}

void ht_check_deviate(ht_check *check, const char *level, const char *rule, ht_sym id, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = keep_text(check, format, arguments);
    va_end(arguments);
    ht_deviation *deviation = text == NULL ? NULL : ht_array_push(&check->report->deviations);
    check->failed |= deviation == NULL;
    if (deviation != NULL)
        *deviation = (ht_deviation){.level = level, .rule = rule, .id = ht_facts_text(&check->facts, id), .text = text};
}

/* The visits of the date, and of the plan's team where it is for one. */
static bool of_the_plan(const ht_check *check, int32_t row, int32_t *client) {
    const ht_visit_row *visit = &check->facts.visit_row[row];
    if (visit->date != check->facts.date || ht_facts_find(&check->facts.visits, visit->visit_id) != row)
        return false;
    *client = ht_facts_find(&check->facts.clients, visit->client_id);
    return *client >= 0 &&
           (check->plan->team == HT_NO_TEXT || check->facts.client_row[*client].team == check->plan->team);
}

static bool find_visits(ht_check *check) {
    int32_t rows = ht_dataset_count(check->facts.data, HT_VISITS), client;
    int32_t of_day = 0;
    for (int32_t i = 0; i < rows; i++)
        of_day += check->facts.visit_row[i].date == check->facts.date;
    check->visit = HT_ARENA_NEW(check->facts.arena, of_day, ht_day_visit);
    check->visit_of_row = HT_ARENA_NEW(check->facts.arena, rows, int32_t);
    if (check->visit == NULL || check->visit_of_row == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) {
        check->visit_of_row[i] = -1;
        if (!of_the_plan(check, i, &client))
            continue;
        ht_day_visit *visit = &check->visit[check->visits];
        visit->row = &check->facts.visit_row[i];
        visit->client = &check->facts.client_row[client];
        visit->window = ht_facts_window(&check->facts, visit->row);
        visit->away = ht_facts_client_away(&check->facts, visit->client, visit->row->start);
        check->visit_of_row[i] = check->visits++;
    }
    return true;
}

/* NULL where it is none of this day and team. */
static ht_day_visit *find_visit(ht_check *check, ht_sym id) {
    int32_t row = ht_facts_find(&check->facts.visits, id);
    int32_t at = row < 0 ? -1 : check->visit_of_row[row];
    return at < 0 ? NULL : &check->visit[at];
}

static void note_unplanned(ht_check *check) {
    const ht_unplanned *unplanned = check->plan->unplanned.items;
    for (int32_t i = 0; i < check->plan->unplanned.count; i++) {
        ht_day_visit *visit = find_visit(check, unplanned[i].visit);
        if (visit != NULL && visit->listed)
            ht_check_breach(check, HT_HARD_COUNT, unplanned[i].visit, HT_NO_TEXT, _("%s: listed as unplanned twice"),
                            ht_facts_text(&check->facts, unplanned[i].visit));
        else if (visit != NULL)
            visit->listed = true;
        else
            ht_check_breach(check, HT_HARD_UNKNOWN, unplanned[i].visit, HT_NO_TEXT,
                            _("%s: listed as unplanned, but no visit of this day and team"),
                            ht_facts_text(&check->facts, unplanned[i].visit));
    }
}

/* An entry that names nothing of this day is reported and left out of all that follows. */
static bool take_entry(ht_check *check, const ht_plan_entry *row, ht_entry *entry) {
    const char *visit = ht_facts_text(&check->facts, row->visit), *staff = ht_facts_text(&check->facts, row->staff);
    ht_entry_flaw flaw = ht_entry_resolve(&check->facts, row, entry);
    if (flaw == HT_ENTRY_NO_VISIT)
        ht_check_breach(check, HT_HARD_UNKNOWN, row->visit, row->staff, _("%s: no visit of this day"), visit);
    else if (flaw == HT_ENTRY_NO_CLIENT)
        ht_check_breach(check, HT_HARD_UNKNOWN, row->visit, row->staff, _("%s: its client is unknown"), visit);
    else if (flaw == HT_ENTRY_NO_STAFF)
        ht_check_breach(check, HT_HARD_UNKNOWN, row->visit, row->staff, _("%s: %s is no staff member"), visit, staff);
    else if (flaw == HT_ENTRY_NO_TIME)
        ht_check_breach(check, HT_HARD_WINDOW, row->visit, row->staff, _("%s: starts outside the day"), visit);
    if (flaw != HT_ENTRY_GOOD)
        return false;
    entry->visit_at = check->visit_of_row[entry->visit - check->facts.visit_row];
    if (entry->visit_at < 0)
        ht_check_breach(check, HT_HARD_UNKNOWN, row->visit, row->staff, _("%s: a visit of team %s, not of the plan's"),
                        visit, ht_facts_text(&check->facts, entry->client->team));
    return entry->visit_at >= 0;
}

static int by_visit(const void *a, const void *b) {
    const ht_entry *x = a, *y = b;
    if (x->visit_at != y->visit_at)
        return x->visit_at < y->visit_at ? -1 : 1;
    if (x->staff_at != y->staff_at)
        return x->staff_at < y->staff_at ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* Reports and drops the second row of a visit and person; entries are sorted. Returns how many are left. */
static int32_t drop_doubles(ht_check *check, ht_entry *all, int32_t count) {
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        const ht_entry *entry = &all[i], *last = kept == 0 ? NULL : &all[kept - 1];
        if (last != NULL && last->visit == entry->visit && last->staff == entry->staff)
            ht_check_breach(check, HT_HARD_TWICE, entry->visit->visit_id, entry->staff->staff_id,
                            _("%s: %s is planned twice"), ht_facts_text(&check->facts, entry->visit->visit_id),
                            ht_facts_text(&check->facts, entry->staff->staff_id));
        else
            all[kept++] = *entry;
    }
    return kept;
}

static bool find_entries(ht_check *check) {
    const ht_plan_entry *row = check->plan->entries.items;
    ht_entry *all = HT_ARENA_NEW(check->facts.arena, check->plan->entries.count, ht_entry);
    int32_t good = 0;
    if (all == NULL)
        return false;
    for (int32_t i = 0; i < check->plan->entries.count; i++) {
        ht_day_visit *visit = find_visit(check, row[i].visit);
        if (visit != NULL)
            visit->named = true;
        good += take_entry(check, &row[i], &all[good]);
    }
    qsort(all, (size_t)good, sizeof(ht_entry), by_visit);
    check->entry = all;
    check->entries = drop_doubles(check, all, good);
    for (int32_t i = 0; i < check->entries; i++) {
        const ht_entry *entry = &check->entry[i];
        ht_day_visit *visit = &check->visit[entry->visit_at];
        if (visit->entries++ == 0) {
            visit->entry = entry;
            visit->first_start = visit->last_start = entry->start;
        }
        if (entry->start < visit->first_start)
            visit->first_start = entry->start;
        if (entry->start > visit->last_start)
            visit->last_start = entry->start;
    }
    return true;
}

static bool report_fates(ht_check *check) {
    for (int32_t i = 0; i < check->visits; i++) {
        const ht_day_visit *visit = &check->visit[i];
        ht_visit_fate *fate = ht_array_push(&check->report->fates);
        if (fate == NULL)
            return false;
        fate->visit = visit->row->visit_id;
        fate->state = visit->away ? HT_VISIT_CANCELLED : visit->entries > 0 ? HT_VISIT_PLANNED : HT_VISIT_OPEN;
    }
    return true;
}

/* By rule, within a rule as found. */
static bool report_breaches(ht_check *check) {
    const ht_breach *found = check->breaches.items;
    for (int rule = 0; rule < HT_HARD_RULES; rule++)
        for (int32_t i = 0; i < check->breaches.count; i++) {
            if ((int)found[i].rule != rule)
                continue;
            ht_breach *breach = ht_array_push(&check->report->breaches);
            if (breach == NULL)
                return false;
            *breach = found[i];
        }
    return true;
}

static bool run(ht_check *check, const ht_dataset *data, const ht_settings *settings, ht_arena *arena) {
    if (!ht_facts_build(&check->facts, data, settings, check->plan->date, arena) || !find_visits(check) ||
        !find_entries(check) || !ht_check_find_ended(check) ||
        !ht_routes_build(&check->facts, check->entry, check->entries, &check->routes))
        return false;
    note_unplanned(check);
    ht_check_visits(check);
    ht_check_routes(check);
    ht_check_values(check);
    ht_check_deviations(check);
    return !check->failed && report_fates(check) && report_breaches(check);
}

ht_status ht_check_plan(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan,
                        ht_check_report *report, ht_err *err) {
    const ht_allocator *allocator = data->text.arena.allocator;
    ht_check check = {.plan = plan, .report = report};
    ht_arena arena;
    *report = (ht_check_report){0};
    ht_array_init(&report->breaches, sizeof(ht_breach), allocator);
    ht_array_init(&report->deviations, sizeof(ht_deviation), allocator);
    ht_array_init(&report->fates, sizeof(ht_visit_fate), allocator);
    ht_arena_init(&report->arena, allocator);
    ht_array_init(&check.breaches, sizeof(ht_breach), allocator);
    ht_arena_init(&arena, allocator);
    bool done = run(&check, data, settings, &arena);
    ht_arena_release(&arena);
    ht_array_release(&check.breaches);
    return done ? ht_values_levels(&report->values, &settings->objective, err) : ht_fail_memory(err);
}

void ht_check_report_release(ht_check_report *report) {
    ht_array_release(&report->breaches);
    ht_array_release(&report->deviations);
    ht_array_release(&report->fates);
    ht_arena_release(&report->arena);
}
