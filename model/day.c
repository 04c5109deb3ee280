#include "model/day.h"

#include "base/calendar.h"
#include "model/day_build.h"

static bool active(int32_t from, int32_t to, int32_t date) {
    return (from == HT_BLANK || from <= date) && (to == HT_BLANK || date <= to);
}

static int64_t stamp(int32_t date, int32_t seconds) {
    return (int64_t)date * HT_DAY_MINUTES + seconds / 60;
}

/* ---- visits ---- */

static bool client_away(const ht_day_build_state *b, ht_sym client, int32_t date, int32_t start) {
    const ht_absence_row *row = ht_dataset_rows(b->day->data, HT_ABSENCES);
    int32_t count;
    const int32_t *away = ht_row_groups_find(&b->away, client, &count);
    int64_t at = stamp(date, start);
    for (int32_t i = 0; i < count; i++)
        if (row[away[i]].from <= at && at < row[away[i]].to)
            return true;
    return false;
}

/* True where the visit is of this day and team; cancelled ones are counted and left out. */
static bool is_todays(ht_day_build_state *b, const ht_visit_row *row) {
    ht_day *day = b->day;
    if (row->date != day->date)
        return false;
    int32_t index = ht_index_find(&b->clients, row->client_id);
    const ht_client_row *client = &b->client_rows[index];
    if (day->team != HT_NO_TEXT && client->team != day->team)
        return false;
    if (active(client->from, client->to, day->date) && !client_away(b, row->client_id, row->date, row->start))
        return true;
    day->cancelled++;
    return false;
}

static int32_t minutes_or(int32_t minutes, int32_t standard) {
    return 60 * (minutes == HT_BLANK ? standard : minutes);
}

static void fill_window(const ht_day *day, const ht_visit_row *row, ht_visit *v) {
    const ht_settings *s = day->settings;
    v->agreed = row->start;
    v->due = row->start + minutes_or(row->after_min, s->after_min);
    v->earliest = row->start - minutes_or(row->before_min, s->before_min);
    if (v->earliest < 0)
        v->earliest = 0;
    v->latest = row->latest != HT_BLANK ? row->latest : v->due + 60 * s->late_limit_min;
    if (v->latest > HT_DAY_SECONDS)
        v->latest = HT_DAY_SECONDS;
    if (row->locked_start != HT_BLANK)
        v->earliest = v->latest = row->locked_start;
}

static int32_t priority_weight(const ht_settings *s, int32_t priority) {
    return priority == 1 ? s->weight_priority_1 : priority == 2 ? s->weight_priority_2 : s->weight_priority_3;
}

static int32_t client_index(ht_day_build_state *b, ht_problem *p, ht_sym client) {
    int32_t row = ht_index_find(&b->clients, client);
    if (b->client_of_row[row] < 0) {
        b->client_of_row[row] = p->clients;
        b->client_row[p->clients++] = &b->client_rows[row];
    }
    return b->client_of_row[row];
}

static void fill_visit(ht_day_build_state *b, ht_problem *p, const ht_visit_row *row, ht_visit *v) {
    v->client = client_index(b, p, row->client_id);
    v->place = v->client; /* places of clients come first */
    v->service = 60 * row->minutes;
    v->need = row->staff_needed;
    v->weight = priority_weight(b->day->settings, row->priority);
    v->counts = row->counts != 0;
    v->first_task = p->tasks;
    p->tasks += v->need;
    fill_window(b->day, row, v);
}

static ht_status build_visits(ht_day_build_state *b, ht_problem *p, ht_visit **out, ht_err *err) {
    ht_day *day = b->day;
    const ht_visit_row *row = ht_dataset_rows(day->data, HT_VISITS);
    int32_t rows = ht_dataset_count(day->data, HT_VISITS);
    day->visit_row = HT_ARENA_NEW(&day->arena, rows, const ht_visit_row *);
    if (!day->visit_row)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < rows; i++)
        if (is_todays(b, &row[i]))
            day->visit_row[p->visits++] = &row[i];
    ht_visit *visit = *out = HT_ARENA_NEW(&day->arena, p->visits, ht_visit);
    if (!visit)
        return ht_fail_memory(err);
    for (int32_t v = 0; v < p->visits; v++)
        fill_visit(b, p, day->visit_row[v], &visit[v]);
    int32_t *visit_of_task = HT_ARENA_NEW(&day->arena, p->tasks, int32_t);
    if (!visit_of_task)
        return ht_fail_memory(err);
    for (int32_t v = 0; v < p->visits; v++)
        for (int32_t i = 0; i < visit[v].need; i++)
            visit_of_task[visit[v].first_task + i] = v;
    p->visit = visit;
    p->visit_of_task = visit_of_task;
    return HT_OK;
}

/* ---- links ---- */

/* When a visit of another day ended; the date is HT_BLANK where nobody knows. */
typedef struct ended {
    int32_t date, seconds;
} ended;

/* The latest end that the rows give each visit, by row of the visits; one without an end lasted as long as was granted.
 * NULL when memory is out. */
static ended *latest_ends(ht_day_build_state *b, const ht_performed_row *row, int32_t count) {
    const ht_visit_row *visit = ht_dataset_rows(b->day->data, HT_VISITS);
    int32_t visits = ht_dataset_count(b->day->data, HT_VISITS);
    ended *last = HT_ARENA_NEW(&b->scratch, visits, ended);
    for (int32_t v = 0; last && v < visits; v++)
        last[v].date = HT_BLANK;
    for (int32_t i = 0; last && i < count; i++) {
        int32_t v = ht_index_find(&b->visits, row[i].visit_id);
        if (v < 0)
            continue;
        int32_t end = row[i].end != HT_BLANK ? row[i].end : row[i].start + 60 * visit[v].minutes;
        if (row[i].date > last[v].date || (row[i].date == last[v].date && end > last[v].seconds))
            last[v] = (ended){row[i].date, end};
    }
    return last;
}

/* As performed, else as planned, by row of the visits. NULL when memory is out. */
static ended *find_ends(ht_day_build_state *b) {
    const ht_dataset *data = b->day->data;
    ended *end = latest_ends(b, ht_dataset_rows(data, HT_PERFORMED), ht_dataset_count(data, HT_PERFORMED));
    const ended *planned = latest_ends(b, data->planned.items, data->planned.count);
    for (int32_t v = 0; end && planned && v < ht_dataset_count(data, HT_VISITS); v++)
        end[v] = end[v].date != HT_BLANK ? end[v] : planned[v];
    return planned ? end : NULL;
}

/* By the clock within a day; elapsed time, the clock's changes counted, between days. */
static int64_t gap_between(ended end, int32_t date, int32_t start) {
    return end.date == date ? start - end.seconds : ht_elapsed(end.date, end.seconds, date, start);
}

/* The first second of the date that is at least `gap` seconds after the end; one past the day's last where none is. */
static int32_t first_after(ended end, int32_t date, int64_t gap) {
    int32_t low = 0, high = HT_DAY_SECONDS + 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (gap_between(end, date, middle) >= gap)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A visit that follows one of another day gets a narrower window. */
static void follow_other_day(const ht_day *day, const ht_visit_row *row, ended end, ht_visit *v,
                             ht_start_limits *linked) {
    if (end.date == HT_BLANK)
        return;
    linked->earliest = first_after(end, day->date, minutes_or(row->gap_min, 0));
    if (row->gap_max != HT_BLANK)
        linked->latest = first_after(end, day->date, 60 * (int64_t)row->gap_max + 1) - 1;
    v->earliest = linked->earliest > v->earliest ? linked->earliest : v->earliest;
    v->latest = linked->latest < v->latest ? linked->latest : v->latest;
}

static ht_status build_links(ht_day_build_state *b, ht_problem *p, ht_visit *visit, ht_err *err) {
    ht_day *day = b->day;
    const ht_visit_row *rows = ht_dataset_rows(day->data, HT_VISITS);
    int32_t *visit_of_row = HT_ARENA_NEW(&b->scratch, ht_dataset_count(day->data, HT_VISITS), int32_t);
    ht_link *link = HT_ARENA_NEW(&day->arena, p->visits, ht_link);
    ended *end = NULL; /* of few days anybody asks for it */
    day->linked = HT_ARENA_NEW(&day->arena, p->visits, ht_start_limits);
    if (!visit_of_row || !link || !day->linked)
        return ht_fail_memory(err);
    for (int32_t v = 0; v < p->visits; v++) {
        visit_of_row[day->visit_row[v] - rows] = v + 1;
        day->linked[v] = (ht_start_limits){0, HT_DAY_SECONDS};
    }
    for (int32_t v = 0; v < p->visits; v++) {
        const ht_visit_row *row = day->visit_row[v];
        int32_t before = row->after_visit == HT_NO_TEXT ? -1 : ht_index_find(&b->visits, row->after_visit);
        if (before < 0)
            continue;
        if (rows[before].date != day->date) {
            if (!end && !(end = find_ends(b)))
                return ht_fail_memory(err);
            follow_other_day(day, row, end[before], &visit[v], &day->linked[v]);
        } else if (visit_of_row[before] > 0)
            link[p->links++] = (ht_link){visit_of_row[before] - 1, v, minutes_or(row->gap_min, 0),
                                         row->gap_max == HT_BLANK ? INT32_MAX : 60 * row->gap_max};
    }
    p->link = link;
    return HT_OK;
}

/* ---- shifts ---- */

static bool works_today(ht_day_build_state *b, const ht_roster_row *row) {
    const ht_staff_row *staff = &b->staff_rows[ht_index_find(&b->staff, row->staff_id)];
    return row->kind == HT_KIND_WORK && row->date == b->day->date &&
           (b->day->team == HT_NO_TEXT || ht_day_shift_team(row, staff) == b->day->team);
}

static int32_t staff_index(ht_day_build_state *b, ht_problem *p, ht_sym id) {
    int32_t row = ht_index_find(&b->staff, id);
    if (b->staff_of_row[row] < 0) {
        b->staff_of_row[row] = p->staff;
        b->day->staff_row[p->staff++] = &b->staff_rows[row];
    }
    return b->staff_of_row[row];
}

static void until(int32_t from, int32_t to, int32_t end, int32_t *free_until) {
    int32_t at = from > end ? from : end;
    if (to > end && at < *free_until)
        *free_until = at;
}

/* A stamp as seconds of the date, at most a day before it or after it. */
static int32_t seconds_of(int32_t stamp_minutes, int32_t date) {
    int64_t minutes = stamp_minutes - stamp(date, 0), day = HT_DAY_SECONDS / 60;
    return 60 * (int32_t)(minutes < -day ? -day : minutes > 2 * day ? 2 * day : minutes);
}

/* When somebody whose shift ends then is wanted for another row of the roster, or away; INT32_MAX: not this day. */
static int32_t free_until(const ht_day_build_state *b, ht_sym staff, int32_t end) {
    const ht_roster_row *row = ht_dataset_rows(b->day->data, HT_ROSTER);
    const ht_absence_row *absence = ht_dataset_rows(b->day->data, HT_ABSENCES);
    int32_t first = INT32_MAX, count, date = b->day->date;
    const int32_t *at = ht_row_groups_find(&b->roster, staff, &count);
    for (int32_t i = 0; i < count; i++)
        if (row[at[i]].date == date)
            until(row[at[i]].start, row[at[i]].end, end, &first);
    at = ht_row_groups_find(&b->attendance.absences, staff, &count);
    for (int32_t i = 0; i < count; i++)
        until(seconds_of(absence[at[i]].from, date), seconds_of(absence[at[i]].to, date), end, &first);
    return first;
}

static bool break_fits_nowhere(ht_break_window pause) {
    return pause.length > 0 && pause.earliest > pause.latest;
}

static void fill_shift(ht_day_build_state *b, ht_problem *p, const ht_roster_row *row, ht_piece piece, ht_shift *s) {
    const ht_day *day = b->day;
    ht_break_window pause = ht_shift_break(row, piece);
    int32_t until_then = free_until(b, row->staff_id, piece.end);
    s->staff = staff_index(b, p, row->staff_id);
    const ht_staff_row *staff = day->staff_row[s->staff];
    s->mode = row->mode != HT_BLANK ? row->mode : staff->mode;
    s->start_place = s->end_place = staff->start_place == HT_START_HOME ? HT_NOWHERE : 0; /* offices are set later */
    s->start = piece.start;
    s->end = piece.end;
    s->latest_end = piece.end + 60 * day->settings->overtime_limit_min;
    if (s->latest_end > until_then)
        s->latest_end = until_then;
    day->free_until[p->shifts] = until_then;
    s->break_length = pause.length;
    s->break_earliest = pause.earliest;
    s->break_latest = pause.latest;
}

static int by_block_start(const void *a, const void *b) {
    const ht_block *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Office rows of the person inside the shift. */
static void fill_blocks(const ht_day_build_state *b, ht_sym staff, ht_shift *s, ht_block *block, int32_t *blocks) {
    const ht_roster_row *rows = ht_dataset_rows(b->day->data, HT_ROSTER);
    int32_t count;
    const int32_t *at = ht_row_groups_find(&b->roster, staff, &count);
    s->first_block = *blocks;
    for (int32_t i = 0; i < count; i++) {
        const ht_roster_row *row = &rows[at[i]];
        if (row->kind != HT_KIND_OFFICE || row->date != b->day->date)
            continue;
        int32_t start = row->start > s->start ? row->start : s->start;
        int32_t end = row->end < s->end ? row->end : s->end;
        if (start < end)
            block[(*blocks)++] = (ht_block){0, start, end};
    }
    s->blocks = *blocks - s->first_block;
    qsort(&block[s->first_block], (size_t)s->blocks, sizeof *block, by_block_start);
}

typedef struct shift_room {
    ht_shift *shift;
    ht_block *block;
    int32_t pieces, blocks;
} shift_room;

/* Room for every piece and every block of the day. */
static bool make_room(ht_day_build_state *b, shift_room *room) {
    const ht_roster_row *row = ht_dataset_rows(b->day->data, HT_ROSTER);
    int32_t work = 0, office = 0;
    ht_piece pieces[HT_PIECES_MAX];
    for (int32_t i = 0; i < ht_dataset_count(b->day->data, HT_ROSTER); i++) {
        office += row[i].kind == HT_KIND_OFFICE && row[i].date == b->day->date;
        if (works_today(b, &row[i]))
            work += ht_shift_pieces(&b->attendance, &row[i], pieces);
    }
    room->shift = HT_ARENA_NEW(&b->day->arena, work, ht_shift);
    room->block = HT_ARENA_NEW(&b->day->arena, (size_t)office * HT_PIECES_MAX, ht_block);
    b->day->roster_row = HT_ARENA_NEW(&b->day->arena, work, const ht_roster_row *);
    b->day->free_until = HT_ARENA_NEW(&b->day->arena, work, int32_t);
    return room->shift && room->block && b->day->roster_row && b->day->free_until;
}

static ht_status build_shifts(ht_day_build_state *b, ht_problem *p, shift_room *room, ht_err *err) {
    const ht_roster_row *row = ht_dataset_rows(b->day->data, HT_ROSTER);
    if (!make_room(b, room))
        return ht_fail_memory(err);
    for (int32_t i = 0; i < ht_dataset_count(b->day->data, HT_ROSTER); i++) {
        ht_piece pieces[HT_PIECES_MAX];
        int32_t count = works_today(b, &row[i]) ? ht_shift_pieces(&b->attendance, &row[i], pieces) : 0;
        for (int32_t k = 0; k < count; k++) {
            ht_shift *s = &room->shift[p->shifts];
            if (break_fits_nowhere(ht_shift_break(&row[i], pieces[k])))
                continue;
            fill_shift(b, p, &row[i], pieces[k], s);
            fill_blocks(b, row[i].staff_id, s, room->block, &room->blocks);
            b->day->roster_row[p->shifts++] = &row[i];
        }
    }
    p->shift = room->shift;
    p->block = room->block;
    return HT_OK;
}

/* ---- the whole ---- */

static bool prepare(ht_day_build_state *b) {
    ht_day *day = b->day;
    const ht_dataset *data = day->data;
    int32_t clients = ht_dataset_count(data, HT_CLIENTS), staff = ht_dataset_count(data, HT_STAFF);
    b->client_rows = ht_dataset_rows(data, HT_CLIENTS);
    b->staff_rows = ht_dataset_rows(data, HT_STAFF);
    b->client_of_row = HT_ARENA_NEW(&b->scratch, clients, int32_t);
    b->staff_of_row = HT_ARENA_NEW(&b->scratch, staff, int32_t);
    b->client_row = HT_ARENA_NEW(&b->scratch, clients, const ht_client_row *);
    day->staff_row = HT_ARENA_NEW(&day->arena, staff, const ht_staff_row *);
    if (!b->client_of_row || !b->staff_of_row || !b->client_row || !day->staff_row)
        return false;
    for (int32_t i = 0; i < clients; i++)
        b->client_of_row[i] = -1;
    for (int32_t i = 0; i < staff; i++)
        b->staff_of_row[i] = -1;
    return ht_index_build(&b->clients, data, HT_CLIENTS, &b->scratch) &&
           ht_index_build(&b->staff, data, HT_STAFF, &b->scratch) &&
           ht_index_build(&b->visits, data, HT_VISITS, &b->scratch) &&
           ht_index_build(&b->teams, data, HT_TEAMS, &b->scratch) &&
           ht_attendance_build(&b->attendance, data, &b->scratch) &&
           ht_row_groups_build(&b->roster, data, HT_ROSTER, "staff_id", &b->scratch) &&
           ht_row_groups_build(&b->away, data, HT_ABSENCES, "client_id", &b->scratch);
}

static ht_status build(ht_day_build_state *b, ht_err *err) {
    ht_problem *p = &b->day->problem;
    ht_visit *visit = NULL;
    shift_room room = {0};
    p->objective = b->day->settings->objective;
    p->points_over_cap = b->day->settings->points_over_cap;
    if (!prepare(b))
        return ht_fail_memory(err);
    ht_status status = build_visits(b, p, &visit, err);
    if (status == HT_OK)
        status = build_links(b, p, visit, err);
    if (status == HT_OK)
        status = build_shifts(b, p, &room, err);
    if (status == HT_OK)
        status = ht_day_travel(b, p, room.shift, room.block, err);
    if (status == HT_OK)
        status = ht_day_pairs(b, p, err);
    if (status == HT_OK)
        status = ht_day_usual(b, p, err);
    return status;
}

ht_status ht_day_build(ht_day *day, const ht_dataset *data, const ht_settings *settings, int32_t date, ht_sym team,
                       const ht_allocator *allocator, ht_err *err) {
    memset(day, 0, sizeof *day);
    day->data = data;
    day->settings = settings;
    day->date = date;
    day->team = team;
    ht_arena_init(&day->arena, allocator);
    ht_day_build_state b = {.day = day};
    ht_arena_init(&b.scratch, allocator);
    ht_status status = build(&b, err);
    ht_arena_release(&b.scratch);
    if (status != HT_OK)
        ht_day_release(day);
    return status;
}

void ht_day_release(ht_day *day) {
    ht_arena_release(&day->arena);
}

/* ---- a solution as a plan ---- */

static int by_person_and_start(const void *a, const void *b) {
    const ht_plan_entry *x = a, *y = b;
    if (x->staff != y->staff)
        return x->staff < y->staff ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->visit < y->visit ? -1 : x->visit > y->visit;
}

ht_status ht_day_plan(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err) {
    const ht_problem *p = &day->problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        if (solution->shift[t] == HT_NOBODY)
            continue;
        ht_plan_entry *entry = ht_array_push(&plan->entries);
        if (!entry)
            return ht_fail_memory(err);
        entry->visit = day->visit_row[p->visit_of_task[t]]->visit_id;
        entry->staff = day->staff_row[p->shift[solution->shift[t]].staff]->staff_id;
        entry->start = solution->start[t];
    }
    if (plan->entries.count > 0)
        qsort(plan->entries.items, (size_t)plan->entries.count, sizeof(ht_plan_entry), by_person_and_start);
    return HT_OK;
}
