/* model/day_pairs.c: who may make which visit, and what each pair of client and person is worth. See model/day.h. */
#include "base/words.h"
#include "model/day_build.h"
#include "model/history.h"

enum { NOBODYS_SKILL = -1, HISTORY_DAYS = 14, CAP_DAYS = 13 };

static size_t cell(int32_t row, int32_t columns, int32_t column) {
    return (size_t)row * (size_t)columns + (size_t)column;
}

/* ---- skills ---- */

/* The different skills that the day's visits ask for, and who holds them on the date. */
typedef struct skill_table {
    ht_sym *skill;
    int32_t skills;
    uint8_t *held; /* skills x staff */
} skill_table;

/* The symbol of a part of a list; HT_NO_SYMBOL where the pool does not hold it: then nobody has that skill. */
static ht_sym part_symbol(const ht_dataset *data, const char *part, size_t length) {
    char text[128];
    if (length >= sizeof text)
        return HT_NO_SYMBOL;
    memcpy(text, part, length);
    text[length] = '\0';
    return ht_strings_find(&data->text, text);
}

static int32_t skill_find(const skill_table *t, ht_sym skill) {
    for (int32_t i = 0; i < t->skills; i++)
        if (t->skill[i] == skill)
            return i;
    return NOBODYS_SKILL;
}

static void skills_of_list(skill_table *t, const ht_dataset *data, ht_sym list, int32_t *parts) {
    size_t at = 0, length;
    const char *part;
    while (ht_list_next(ht_dataset_text(data, list), &at, &part, &length)) {
        ht_sym skill = part_symbol(data, part, length);
        ++*parts;
        if (t->skill && skill != HT_NO_SYMBOL && skill_find(t, skill) == NOBODYS_SKILL)
            t->skill[t->skills++] = skill;
    }
}

/* Counts the parts of all lists; with t->skill made, collects the different ones. */
static int32_t skills_of_day(skill_table *t, const ht_day *day) {
    int32_t parts = 0;
    for (int32_t v = 0; v < day->problem.visits; v++) {
        skills_of_list(t, day->data, day->visit_row[v]->skill, &parts);
        skills_of_list(t, day->data, day->visit_row[v]->skill_one, &parts);
    }
    return parts;
}

static bool read_skills(ht_day_build_state *b, skill_table *t) {
    const ht_day *day = b->day;
    const ht_skill_row *row = ht_dataset_rows(day->data, HT_SKILLS);
    t->skill = HT_ARENA_NEW(&b->scratch, skills_of_day(t, day), ht_sym);
    if (!t->skill)
        return false;
    skills_of_day(t, day);
    t->held = HT_ARENA_NEW(&b->scratch, cell(t->skills, day->problem.staff, 0), uint8_t);
    if (!t->held)
        return false;
    for (int32_t i = 0; i < ht_dataset_count(day->data, HT_SKILLS); i++) {
        int32_t staff = ht_index_find(&b->staff, row[i].staff_id), skill = skill_find(t, row[i].skill);
        bool valid =
            (row[i].from == HT_BLANK || row[i].from <= day->date) && (row[i].to == HT_BLANK || day->date <= row[i].to);
        if (valid && skill != NOBODYS_SKILL && staff >= 0 && b->staff_of_row[staff] >= 0)
            t->held[cell(skill, day->problem.staff, b->staff_of_row[staff])] = 1;
    }
    return true;
}

static bool holds(const skill_table *t, int32_t staff_count, int32_t skill, int32_t staff) {
    return skill != NOBODYS_SKILL && t->held[cell(skill, staff_count, staff)];
}

static bool holds_all(const skill_table *t, const ht_day *day, ht_sym list, int32_t staff) {
    size_t at = 0, length;
    const char *part;
    while (ht_list_next(ht_dataset_text(day->data, list), &at, &part, &length))
        if (!holds(t, day->problem.staff, skill_find(t, part_symbol(day->data, part, length)), staff))
            return false;
    return true;
}

/* Which of the tags that one of the visit's staff must hold each person has; the visit's own bits are set too. */
static ht_status fill_one_tags(const skill_table *t, const ht_day *day, int32_t v, ht_visit *visit, uint8_t *held,
                               ht_err *err) {
    size_t at = 0, length;
    const char *part;
    const ht_visit_row *row = day->visit_row[v];
    for (int32_t bit = 0; ht_list_next(ht_dataset_text(day->data, row->skill_one), &at, &part, &length); bit++) {
        if (bit == HT_ONE_TAGS_MAX)
            return ht_fail(err, HT_EINPUT, _("visits: %s: skill_one holds more than %d skills"),
                           ht_dataset_text(day->data, row->visit_id), HT_ONE_TAGS_MAX);
        int32_t skill = skill_find(t, part_symbol(day->data, part, length));
        visit->one_tags |= (uint8_t)(1u << bit);
        for (int32_t s = 0; s < day->problem.staff; s++)
            if (holds(t, day->problem.staff, skill, s))
                held[cell(v, day->problem.staff, s)] |= (uint8_t)(1u << bit);
    }
    return HT_OK;
}

/* ---- who may ---- */

/* relations of the day's clients and staff, a byte of bits 1 << kind each */
static uint8_t *read_relations(ht_day_build_state *b) {
    const ht_problem *p = &b->day->problem;
    const ht_relation_row *row = ht_dataset_rows(b->day->data, HT_RELATIONS);
    uint8_t *relation = HT_ARENA_NEW(&b->scratch, cell(p->clients, p->staff, 0), uint8_t);
    for (int32_t i = 0; relation && i < ht_dataset_count(b->day->data, HT_RELATIONS); i++) {
        int32_t client = ht_index_find(&b->clients, row[i].client_id),
                staff = ht_index_find(&b->staff, row[i].staff_id);
        if (client < 0 || staff < 0 || b->client_of_row[client] < 0 || b->staff_of_row[staff] < 0)
            continue;
        relation[cell(b->client_of_row[client], p->staff, b->staff_of_row[staff])] |= (uint8_t)(1u << row[i].kind);
    }
    return relation;
}

bool ht_day_is_locked_to(const ht_day *day, int32_t visit, int32_t staff) {
    return ht_list_holds(ht_dataset_text(day->data, day->visit_row[visit]->locked_staff),
                         ht_dataset_text(day->data, day->staff_row[staff]->staff_id));
}

int32_t ht_day_locks(const ht_day *day, int32_t visit) {
    size_t at = 0, length;
    const char *part;
    int32_t count = 0;
    while (ht_list_next(ht_dataset_text(day->data, day->visit_row[visit]->locked_staff), &at, &part, &length))
        count++;
    return count;
}

static uint8_t bit(ht_rule rule, bool is_set) {
    return (uint8_t)(is_set ? 1u << rule : 0u);
}

static uint8_t forbidding_rules(const ht_day_build_state *b, const skill_table *t, const uint8_t *relation, int32_t v,
                                int32_t s) {
    const ht_day *day = b->day;
    const ht_problem *p = &day->problem;
    const ht_visit *visit = &p->visit[v];
    const ht_visit_row *row = day->visit_row[v];
    bool skilled = holds_all(t, day, row->skill, s) && (visit->need > 1 || holds_all(t, day, row->skill_one, s));
    bool blocked = relation[cell(visit->client, p->staff, s)] & (1u << HT_BLOCKED);
    bool avoids = ht_lists_share(ht_dataset_text(day->data, day->staff_row[s]->avoids),
                                 ht_dataset_text(day->data, b->client_row[visit->client]->environment));
    bool locked_out = ht_day_locks(day, v) >= visit->need && !ht_day_is_locked_to(day, v, s);
    return bit(HT_RULE_SKILL, !skilled) | bit(HT_RULE_WINDOW, visit->earliest > visit->latest) |
           bit(HT_RULE_BLOCKED, blocked) | bit(HT_RULE_AVOIDS, avoids) | bit(HT_RULE_LOCK, locked_out);
}

/* Locked persons take the first tasks, one each; a lock nobody on shift can keep leaves a task that nobody may do. */
static void fill_able(const ht_day *day, int32_t v, const uint8_t *forbids, uint8_t *able) {
    const ht_problem *p = &day->problem;
    const ht_visit *visit = &p->visit[v];
    int32_t task = visit->first_task, left = visit->need;
    size_t at = 0, length;
    const char *part;
    while (left > 0 && ht_list_next(ht_dataset_text(day->data, day->visit_row[v]->locked_staff), &at, &part, &length)) {
        ht_sym locked = part_symbol(day->data, part, length);
        for (int32_t s = 0; s < p->staff; s++)
            able[cell(task, p->staff, s)] = day->staff_row[s]->staff_id == locked && !forbids[cell(v, p->staff, s)];
        task++;
        left--;
    }
    for (; left > 0; task++, left--)
        for (int32_t s = 0; s < p->staff; s++)
            able[cell(task, p->staff, s)] = !forbids[cell(v, p->staff, s)] && !ht_day_is_locked_to(day, v, s);
}

static ht_status fill_rules(ht_day_build_state *b, ht_problem *p, const uint8_t *relation, ht_err *err) {
    ht_day *day = b->day;
    skill_table t = {0};
    if (!read_skills(b, &t))
        return ht_fail_memory(err);
    size_t pairs = cell(p->visits, p->staff, 0);
    uint8_t *forbids = HT_ARENA_NEW(&day->arena, pairs, uint8_t), *one_held = HT_ARENA_NEW(&day->arena, pairs, uint8_t);
    uint8_t *able = HT_ARENA_NEW(&day->arena, cell(p->tasks, p->staff, 0), uint8_t);
    ht_visit *visit = HT_ARENA_NEW(&day->arena, p->visits, ht_visit);
    if (!forbids || !one_held || !able || !visit)
        return ht_fail_memory(err);
    memcpy(visit, p->visit, (size_t)p->visits * sizeof *visit);
    for (int32_t v = 0; v < p->visits; v++) {
        if (visit[v].need > 1 && fill_one_tags(&t, day, v, &visit[v], one_held, err) != HT_OK)
            return err->status;
        for (int32_t s = 0; s < p->staff; s++)
            forbids[cell(v, p->staff, s)] = forbidding_rules(b, &t, relation, v, s);
        fill_able(day, v, forbids, able);
    }
    p->visit = visit;
    p->one_held = one_held;
    p->able = able;
    day->forbids = forbids;
    return HT_OK;
}

/* ---- what it is worth ---- */

typedef struct pair_values {
    int32_t *first, *again, *cap, *faces_seen;
    uint8_t *unmet, *met, *seen;
} pair_values;

static bool make_values(ht_day_build_state *b, const ht_problem *p, pair_values *w) {
    size_t pairs = cell(p->clients, p->staff, 0);
    w->first = HT_ARENA_NEW(&b->day->arena, pairs, int32_t);
    w->again = HT_ARENA_NEW(&b->day->arena, pairs, int32_t);
    w->unmet = HT_ARENA_NEW(&b->day->arena, pairs, uint8_t);
    w->seen = HT_ARENA_NEW(&b->day->arena, pairs, uint8_t);
    w->cap = HT_ARENA_NEW(&b->day->arena, p->clients, int32_t);
    w->met = HT_ARENA_NEW(&b->scratch, pairs, uint8_t);
    w->faces_seen = HT_ARENA_NEW(&b->scratch, p->clients, int32_t);
    return w->first && w->again && w->unmet && w->seen && w->cap && w->met && w->faces_seen;
}

/* Who met whom, and how many different persons each client saw in the days of the cap. meetings are by date, client, staff:
 * a pair is counted once by looking at the pair's earlier days through a sorted copy. */
static int by_client_and_staff(const void *a, const void *b) {
    const ht_meeting *x = a, *y = b;
    if (x->client != y->client)
        return x->client < y->client ? -1 : 1;
    if (x->staff != y->staff)
        return x->staff < y->staff ? -1 : 1;
    return x->date < y->date ? 1 : x->date > y->date ? -1 : 0; /* the latest first */
}

static bool read_meetings(ht_day_build_state *b, const ht_problem *p, pair_values *w, ht_array *meetings) {
    const ht_day *day = b->day;
    if (!ht_history(day->data, day->date - HISTORY_DAYS, day->date - 1, meetings))
        return false;
    ht_meeting *m = meetings->items;
    if (meetings->count > 0)
        qsort(m, (size_t)meetings->count, sizeof *m, by_client_and_staff);
    for (int32_t i = 0; i < meetings->count; i++) {
        bool repeated = i > 0 && m[i].client == m[i - 1].client && m[i].staff == m[i - 1].staff;
        int32_t client = ht_index_find(&b->clients, m[i].client);
        if (repeated || client < 0 || (client = b->client_of_row[client]) < 0)
            continue;
        bool counts_for_cap = m[i].date >= day->date - CAP_DAYS;
        w->faces_seen[client] += counts_for_cap;
        int32_t staff = ht_index_find(&b->staff, m[i].staff);
        if (staff < 0 || (staff = b->staff_of_row[staff]) < 0)
            continue;
        w->met[cell(client, p->staff, staff)] = 1;
        w->seen[cell(client, p->staff, staff)] = counts_for_cap;
    }
    return true;
}

static void fill_pair(const ht_day_build_state *b, int32_t c, int32_t s, uint8_t relation, pair_values *w) {
    const ht_settings *set = b->day->settings;
    const ht_client_row *client = b->client_row[c];
    const ht_staff_row *staff = b->day->staff_row[s];
    size_t at = cell(c, b->day->problem.staff, s);
    bool met = w->met[at] || (relation & (1u << HT_WISHED | 1u << HT_KNOWN));
    int32_t again, first;
    if (client->contact == staff->staff_id)
        again = first = set->points_contact;
    else if (client->second_contact == staff->staff_id)
        again = first = set->points_second;
    else if (client->team == staff->team) {
        again = set->points_team_met;
        first = met ? again : set->points_team_new;
    } else {
        again = set->points_other_met;
        first = met ? again : set->points_other_new;
    }
    int32_t off = relation & (1u << HT_WISHED) ? set->points_wished : 0;
    w->again[at] = again > off ? again - off : 0;
    w->first[at] = first > off ? first - off : 0;
    const ht_dataset *data = b->day->data;
    w->unmet[at] = (client->language != HT_NO_TEXT &&
                    !ht_list_holds(ht_dataset_text(data, staff->language), ht_dataset_text(data, client->language))) +
                   (client->gender_wish != HT_NO_TEXT && client->gender_wish != staff->gender);
}

static ht_status fill_values(ht_day_build_state *b, ht_problem *p, const uint8_t *relation, ht_err *err) {
    pair_values w;
    ht_array meetings;
    ht_array_init(&meetings, sizeof(ht_meeting), b->scratch.allocator);
    bool fine = make_values(b, p, &w) && read_meetings(b, p, &w, &meetings);
    ht_array_release(&meetings);
    if (!fine)
        return ht_fail_memory(err);
    for (int32_t c = 0; c < p->clients; c++) {
        int32_t cap = b->client_row[c]->staff_cap;
        w.cap[c] = cap == HT_BLANK ? INT32_MAX : cap > w.faces_seen[c] ? cap - w.faces_seen[c] : 0;
        for (int32_t s = 0; s < p->staff; s++)
            fill_pair(b, c, s, relation[cell(c, p->staff, s)], &w);
    }
    p->points_first = w.first;
    p->points_again = w.again;
    p->wishes_unmet = w.unmet;
    p->seen = w.seen;
    p->cap = w.cap;
    return HT_OK;
}

ht_status ht_day_pairs(ht_day_build_state *b, ht_problem *p, ht_err *err) {
    const uint8_t *relation = read_relations(b);
    if (!relation)
        return ht_fail_memory(err);
    ht_status status = fill_rules(b, p, relation, err);
    return status == HT_OK ? fill_values(b, p, relation, err) : status;
}
