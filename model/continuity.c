#include "model/continuity.h"

#include <math.h>

#include "model/shifts.h"

/* A shift of the roster in the period. Of one date, by start; last_end is the latest end of those that begin no later.
 */
typedef struct shift {
    int32_t date, start, end, last_end;
    ht_sym staff;
} shift;

typedef struct roster {
    shift *by_date;  /* by date, start */
    shift *by_staff; /* by staff symbol, date, start */
    int32_t count;
    int32_t most; /* shifts of one person */
} roster;

static int compare(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

static int by_date(const void *a, const void *b) {
    const shift *x = a, *y = b;
    int order = compare(x->date, y->date);
    return order != 0 ? order : compare(x->start, y->start);
}

static int by_staff(const void *a, const void *b) {
    const shift *x = a, *y = b;
    int order = compare(x->staff, y->staff);
    return order != 0 ? order : by_date(a, b);
}

static void note_last_ends(roster *all) {
    for (int32_t i = 0; i < all->count; i++) {
        shift *here = &all->by_date[i];
        const shift *before = i > 0 && here[-1].date == here->date ? &here[-1] : here;
        here->last_end = here->end > before->last_end ? here->end : before->last_end;
    }
}

static int32_t most_of_one(const roster *all) {
    int32_t most = 0;
    for (int32_t i = 0, own = 0; i < all->count; i++) {
        own = i > 0 && all->by_staff[i].staff == all->by_staff[i - 1].staff ? own + 1 : 1;
        most = own > most ? own : most;
    }
    return most;
}

static bool in_period(const ht_roster_row *row, int32_t from, int32_t to) {
    return row->kind == HT_KIND_WORK && row->date >= from && row->date <= to;
}

static bool read_roster(const ht_dataset *data, int32_t from, int32_t to, ht_arena *arena, roster *all) {
    const ht_roster_row *row = ht_dataset_rows(data, HT_ROSTER);
    int32_t rows = ht_dataset_count(data, HT_ROSTER), work = 0;
    for (int32_t i = 0; i < rows; i++)
        work += in_period(&row[i], from, to);
    *all = (roster){0};
    all->by_date = ht_arena_alloc(arena, (size_t)work * HT_PIECES_MAX, sizeof(shift));
    all->by_staff = ht_arena_alloc(arena, (size_t)work * HT_PIECES_MAX, sizeof(shift));
    if (all->by_date == NULL || all->by_staff == NULL)
        return false;
    for (int32_t i = 0; i < rows; i++) {
        ht_piece piece[HT_PIECES_MAX];
        int32_t pieces = in_period(&row[i], from, to) ? ht_shift_pieces(data, &row[i], piece) : 0;
        for (int32_t j = 0; j < pieces; j++)
            all->by_date[all->count++] =
                (shift){.date = row[i].date, .start = piece[j].start, .end = piece[j].end, .staff = row[i].staff_id};
    }
    memcpy(all->by_staff, all->by_date, (size_t)all->count * sizeof(shift));
    qsort(all->by_date, (size_t)all->count, sizeof(shift), by_date);
    qsort(all->by_staff, (size_t)all->count, sizeof(shift), by_staff);
    note_last_ends(all);
    all->most = most_of_one(all);
    return true;
}

/* The latest end of the shifts of the date that begin no later than start; -1 where there is none. */
static int32_t reach(const roster *all, int32_t date, int32_t start) {
    int32_t low = 0, high = all->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const shift *here = &all->by_date[middle];
        if (here->date < date || (here->date == date && here->start <= start))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && all->by_date[low - 1].date == date ? all->by_date[low - 1].last_end : -1;
}

static bool on_shift(const roster *all, ht_sym staff, const ht_meeting *meeting) {
    int32_t low = 0, high = all->count;
    shift wanted = {.staff = staff, .date = meeting->date, .start = 0};
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (by_staff(&all->by_staff[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < all->count && all->by_staff[low].staff == staff && all->by_staff[low].date == meeting->date; low++)
        if (all->by_staff[low].start <= meeting->start && all->by_staff[low].end >= meeting->end)
            return true;
    return false;
}

/* Meetings of one client by date, start, visit, staff. */
static int by_client_and_time(const void *a, const void *b) {
    const ht_meeting *x = a, *y = b;
    int order = compare(x->client, y->client);
    if (order == 0)
        order = compare(x->date, y->date);
    if (order == 0)
        order = compare(x->start, y->start);
    if (order == 0)
        order = compare(x->visit, y->visit);
    return order != 0 ? order : compare(x->staff, y->staff);
}

/* A meeting whose row does not tell its end lasted as long as its visit was granted; where the visit is not known it
 * counts as a moment. False when memory is out. */
static bool fill_ends(const ht_dataset *data, ht_array *meetings, ht_arena *arena) {
    ht_index index;
    const ht_visit_row *row = ht_dataset_rows(data, HT_VISITS);
    ht_meeting *meeting = meetings->items;
    if (!ht_index_build(&index, data, HT_VISITS, arena))
        return false;
    for (int32_t i = 0; i < meetings->count; i++) {
        if (meeting[i].end != HT_BLANK)
            continue;
        int32_t visit = ht_index_find(&index, meeting[i].visit);
        meeting[i].end = meeting[i].start + (visit < 0 ? 0 : 60 * row[visit].minutes);
    }
    return true;
}

/* One visit with all its staff: meetings of one client with one date, start and visit. */
static int32_t visit_end(const ht_meeting *meeting, int32_t at, int32_t count) {
    int32_t next = at + 1;
    while (next < count && meeting[next].date == meeting[at].date && meeting[next].start == meeting[at].start &&
           meeting[next].visit == meeting[at].visit)
        next++;
    return next;
}

static bool among(const ht_meeting *meeting, int32_t count, ht_sym staff) {
    for (int32_t i = 0; i < count; i++)
        if (meeting[i].staff == staff)
            return true;
    return false;
}

/* The least number of shifts that hold the client's visits of each day: the shift that begins in time for the first
 * visit and ends last covers most, then the first visit it does not cover, and so on. Visits that no shift holds are
 * left out. */
static int32_t blocks_needed(const roster *all, const ht_meeting *meeting, int32_t count) {
    int32_t blocks = 0, covered = -1;
    for (int32_t i = 0; i < count; i++) {
        if (i > 0 && meeting[i].date != meeting[i - 1].date)
            covered = -1;
        if (meeting[i].end <= covered)
            continue;
        int32_t end = reach(all, meeting[i].date, meeting[i].start);
        if (meeting[i].end > end)
            continue;
        covered = end;
        blocks++;
    }
    return blocks;
}

/* Each person can take `most` blocks, and a double-staffed visit needs as many persons as it had. What was achieved was
 * possible, also where the roster does not show how. */
static int32_t floor_of(const roster *all, const ht_meeting *meeting, int32_t count, int32_t distinct) {
    int32_t blocks = blocks_needed(all, meeting, count), floor = 1;
    if (all->most > 0 && (blocks + all->most - 1) / all->most > floor)
        floor = (blocks + all->most - 1) / all->most;
    for (int32_t i = 0, next; i < count; i = next) {
        next = visit_end(meeting, i, count);
        floor = next - i > floor ? next - i : floor;
    }
    return floor < distinct ? floor : distinct;
}

static int by_symbol(const void *a, const void *b) {
    const ht_sym *x = a, *y = b;
    return compare(*x, *y);
}

/* Distinct staff, UPC (share of the most frequent) and COC (Bice and Boxerman 1977). */
static void measure_staff(const ht_meeting *meeting, int32_t count, ht_sym *staff, ht_client_continuity *out) {
    int64_t most = 0, squares = 0, n = count;
    for (int32_t i = 0; i < count; i++)
        staff[i] = meeting[i].staff;
    qsort(staff, (size_t)count, sizeof(ht_sym), by_symbol);
    for (int32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && staff[next] == staff[i];)
            next++;
        int64_t own = next - i;
        most = own > most ? own : most;
        squares += own * own;
        out->distinct++;
    }
    out->upc = (double)most / (double)n;
    out->coc = n < 2 ? NAN : (double)(squares - n) / (double)(n * (n - 1));
}

/* The share of consecutive visits with the same staff; of a double-staffed visit it is enough that one person stays. */
static double secon_of(const ht_meeting *meeting, int32_t count) {
    int32_t pairs = 0, same = 0;
    for (int32_t i = 0, last = -1, next; i < count; last = i, i = next) {
        next = visit_end(meeting, i, count);
        bool kept = false;
        for (int32_t j = i; last >= 0 && j < next && !kept; j++)
            kept = among(meeting + last, i - last, meeting[j].staff);
        pairs += last >= 0;
        same += kept;
    }
    return pairs == 0 ? NAN : (double)same / pairs;
}

static void measure_contact(const roster *all, const ht_meeting *meeting, int32_t count, ht_sym contact,
                            ht_client_continuity *out) {
    for (int32_t i = 0, next; contact != HT_NO_TEXT && i < count; i = next) {
        next = visit_end(meeting, i, count);
        bool there = among(meeting + i, next - i, contact);
        out->by_contact += there;
        out->contact_ceiling += there || on_shift(all, contact, &meeting[i]);
    }
}

static bool measure_clients(const ht_dataset *data, ht_sym team, const ht_meeting *meeting, int32_t count,
                            const roster *all, ht_arena *arena, ht_array *clients) {
    ht_index index;
    const ht_client_row *row = ht_dataset_rows(data, HT_CLIENTS);
    ht_sym *staff = HT_ARENA_NEW(arena, count, ht_sym);
    if (staff == NULL || !ht_index_build(&index, data, HT_CLIENTS, arena))
        return false;
    for (int32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && meeting[next].client == meeting[i].client;)
            next++;
        int32_t client = ht_index_find(&index, meeting[i].client);
        if (client < 0 || (team != HT_NO_TEXT && row[client].team != team))
            continue;
        ht_client_continuity *out = ht_array_push(clients);
        if (out == NULL)
            return false;
        *out = (ht_client_continuity){.client = meeting[i].client, .visits = next - i};
        measure_staff(meeting + i, next - i, staff, out);
        measure_contact(all, meeting + i, next - i, row[client].contact, out);
        out->secon = secon_of(meeting + i, next - i);
        out->floor = floor_of(all, meeting + i, next - i, out->distinct);
    }
    return true;
}

typedef struct named {
    const char *name;
    ht_client_continuity client;
} named;

static int by_name(const void *a, const void *b) {
    const named *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static bool sort_by_name(const ht_dataset *data, ht_array *clients, ht_arena *arena) {
    named *list = HT_ARENA_NEW(arena, clients->count, named);
    ht_client_continuity *item = clients->items;
    if (list == NULL)
        return false;
    for (int32_t i = 0; i < clients->count; i++)
        list[i] = (named){ht_dataset_text(data, item[i].client), item[i]};
    qsort(list, (size_t)clients->count, sizeof(named), by_name);
    for (int32_t i = 0; i < clients->count; i++)
        item[i] = list[i].client;
    return true;
}

static int by_number(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return compare(*x, *y);
}

/* P90 is the least number that 90 % of the clients do not exceed (nearest rank). */
static bool sum_up(ht_continuity *result, ht_arena *arena) {
    const ht_client_continuity *client = result->clients.items;
    int32_t count = result->clients.count, above = 0;
    int32_t *distinct = HT_ARENA_NEW(arena, count, int32_t);
    int64_t by_contact = 0, ceiling = 0, sum = 0;
    if (distinct == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        distinct[i] = client[i].distinct;
        sum += client[i].distinct;
        above += client[i].distinct > 20;
        by_contact += client[i].by_contact;
        ceiling += client[i].contact_ceiling;
        result->visits += client[i].visits;
    }
    qsort(distinct, (size_t)count, sizeof(int32_t), by_number);
    bool none = count == 0;
    result->mean_distinct = none ? NAN : (double)sum / count;
    result->median_distinct = none ? NAN : (distinct[(count - 1) / 2] + distinct[count / 2]) / 2.0;
    result->p90_distinct = none ? NAN : distinct[(9 * (int64_t)count + 9) / 10 - 1];
    result->share_above_20 = none ? NAN : (double)above / count;
    result->contact_share = none ? NAN : (double)by_contact / (double)result->visits;
    result->contact_ceiling_share = none ? NAN : (double)ceiling / (double)result->visits;
    return true;
}

bool ht_continuity_measure(const ht_dataset *data, int32_t from, int32_t to, ht_sym team, ht_continuity *result) {
    const ht_allocator *allocator = data->text.arena.allocator;
    ht_arena arena;
    ht_array meetings;
    roster all;
    *result = (ht_continuity){.from = from, .to = to};
    ht_array_init(&result->clients, sizeof(ht_client_continuity), allocator);
    ht_array_init(&meetings, sizeof(ht_meeting), allocator);
    ht_arena_init(&arena, allocator);
    bool done = ht_history(data, from, to, &meetings) && fill_ends(data, &meetings, &arena) &&
                read_roster(data, from, to, &arena, &all);
    if (done) {
        if (meetings.count > 0)
            qsort(meetings.items, (size_t)meetings.count, sizeof(ht_meeting), by_client_and_time);
        done = measure_clients(data, team, meetings.items, meetings.count, &all, &arena, &result->clients) &&
               sort_by_name(data, &result->clients, &arena) && sum_up(result, &arena);
    }
    ht_array_release(&meetings);
    ht_arena_release(&arena);
    return done;
}

void ht_continuity_release(ht_continuity *result) {
    ht_array_release(&result->clients);
}
