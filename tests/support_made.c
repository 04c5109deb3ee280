#include "tests/support_made.h"

#include <math.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "tests/support.h"

enum { DAY_MINUTES = 1440, WEEK = 7, FORTNIGHT = 14, NIGHT = 11 * 3600, WEEKLY = 36 * 3600 };

/* ---- making ---- */

static void set_option(ht_generate_options *options, const char *name, const char *value) {
    int64_t number = 0;
    int32_t date = 0;
    bool known = false;
#define INT ht_int_parse(value, &number)
#define SHARE ht_decimal_parse(value, HT_SHARE_ONE, &number)
#define DATE ht_date_parse(value, &date)
#define X(field, kind, argument, standard, min, max, unit, help)                                                       \
    if (strcmp(name, #field) == 0) {                                                                                   \
        known = kind;                                                                                                  \
        options->field = date != 0 ? date : number;                                                                    \
    }
    HT_GENERATE_OPTIONS(X)
#undef X
#undef INT
#undef SHARE
#undef DATE
    ck_assert_msg(known, "%s=%s", name, value);
}

void made_options(const char *text, ht_generate_options *options) {
    ht_generate_defaults(options);
    while (*text != '\0') {
        char name[32], value[32];
        size_t length = strcspn(text, "="), after = strcspn(text + length, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, text);
        snprintf(value, sizeof value, "%.*s", (int)after - 1, text + length + 1);
        set_option(options, name, value);
        text += length + after;
        text += strspn(text, " ");
    }
}

void made_generate(const char *text, int64_t seed, ht_dataset *data) {
    ht_generate_options options;
    ht_err err;
    ht_err_init(&err);
    made_options(text, &options);
    options.seed = seed;
    ck_assert(ht_dataset_init(data, &ht_allocator_system));
    ck_assert_msg(ht_generate(&options, data, &err) == HT_OK, "%s: %s", text, err.text);
}

/* ---- what the measures share ---- */

typedef struct measured {
    const ht_dataset *data;
    ht_arena arena;
    ht_index staff, clients;
    int32_t first, days;  /* those of visits */
    bool *client_is_away; /* clients x days */
    bool *staff_is_ill;   /* staff x days */
    int32_t *visits;      /* clients x days */
    int32_t *minutes;     /* staff x days: of the roster, breaks aside */
} measured;

static int32_t count(const measured *m, ht_table_id table) {
    return ht_dataset_count(m->data, table);
}

static void find_days(measured *m) {
    const ht_visit_row *visit = ht_dataset_rows(m->data, HT_VISITS);
    int32_t last = m->first = visit[0].date;
    for (int32_t i = 0; i < count(m, HT_VISITS); i++) {
        m->first = visit[i].date < m->first ? visit[i].date : m->first;
        last = visit[i].date > last ? visit[i].date : last;
    }
    m->days = last - m->first + 1;
}

static void mark(const measured *m, bool *table, int32_t row, const ht_absence_row *absence) {
    for (int32_t day = 0; day < m->days; day++) {
        int32_t stamp = (m->first + day) * DAY_MINUTES;
        if (absence->from <= stamp && absence->to >= stamp + DAY_MINUTES)
            table[row * m->days + day] = true;
    }
}

static void read_absences(measured *m) {
    const ht_absence_row *absence = ht_dataset_rows(m->data, HT_ABSENCES);
    for (int32_t i = 0; i < count(m, HT_ABSENCES); i++)
        if (absence[i].staff_id != HT_NO_TEXT)
            mark(m, m->staff_is_ill, ht_index_find(&m->staff, absence[i].staff_id), &absence[i]);
        else
            mark(m, m->client_is_away, ht_index_find(&m->clients, absence[i].client_id), &absence[i]);
}

static void read_roster(measured *m) {
    const ht_roster_row *row = ht_dataset_rows(m->data, HT_ROSTER);
    for (int32_t i = 0; i < count(m, HT_ROSTER); i++)
        if (row[i].kind == HT_KIND_WORK)
            m->minutes[ht_index_find(&m->staff, row[i].staff_id) * m->days + row[i].date - m->first] +=
                (row[i].end - row[i].start) / 60 - row[i].break_min;
}

static void begin(measured *m, const ht_dataset *data) {
    *m = (measured){.data = data};
    ht_arena_init(&m->arena, &ht_allocator_system);
    find_days(m);
    int64_t staff = (int64_t)count(m, HT_STAFF) * m->days, clients = (int64_t)count(m, HT_CLIENTS) * m->days;
    m->client_is_away = HT_ARENA_NEW(&m->arena, clients, bool);
    m->staff_is_ill = HT_ARENA_NEW(&m->arena, staff, bool);
    m->visits = HT_ARENA_NEW(&m->arena, clients, int32_t);
    m->minutes = HT_ARENA_NEW(&m->arena, staff, int32_t);
    ck_assert(ht_index_build(&m->staff, data, HT_STAFF, &m->arena));
    ck_assert(ht_index_build(&m->clients, data, HT_CLIENTS, &m->arena));
    read_absences(m);
    read_roster(m);
}

/* ---- shares ---- */

static int32_t band_of(int32_t start) {
    static const int32_t UNTIL[MADE_BANDS] = {10, 12, 14, 16, 19, 22};
    ck_assert_int_ge(start, 7 * 3600);
    for (int32_t b = 0; b < MADE_BANDS; b++)
        if (start < UNTIL[b] * 3600)
            return b;
    ck_abort_msg("a visit at %d s", (int)start);
    return 0;
}

/* Returns the minutes of care of clients who are at home. */
static double measure_visits(measured *m, made_shares *shares) {
    const ht_visit_row *visit = ht_dataset_rows(m->data, HT_VISITS);
    double care = 0, all = count(m, HT_VISITS);
    for (int32_t i = 0; i < count(m, HT_VISITS); i++) {
        int32_t at = ht_index_find(&m->clients, visit[i].client_id) * m->days + visit[i].date - m->first;
        m->visits[at]++;
        care += m->client_is_away[at] ? 0 : visit[i].minutes * visit[i].staff_needed;
        shares->by_band[band_of(visit[i].start)] += 100 / all;
        shares->double_staffed += visit[i].staff_needed == 2 ? 100 / all : 0;
    }
    shares->visits_a_day = all / count(m, HT_CLIENTS) / m->days;
    double days = 0;
    for (int32_t i = 0; i < count(m, HT_CLIENTS) * m->days; i++)
        days += m->visits[i] > 0;
    for (int32_t i = 0; i < count(m, HT_CLIENTS) * m->days; i++) {
        ck_assert_int_le(m->visits[i], MADE_CLASSES);
        if (m->visits[i] > 0)
            shares->by_visits[m->visits[i] - 1] += 100 / days;
    }
    return care;
}

static void measure_staff(const measured *m, made_shares *shares) {
    const ht_staff_row *staff = ht_dataset_rows(m->data, HT_STAFF);
    double all = count(m, HT_STAFF), monthly = 0;
    for (int32_t i = 0; i < count(m, HT_STAFF); i++) {
        monthly += staff[i].employment != HT_EMPLOYED_HOURLY;
        shares->nurses += staff[i].title <= HT_TITLE_USK_TRANSITION ? 100 / all : 0;
        shares->part_time += staff[i].percent != HT_BLANK && staff[i].percent < 10000 ? 100 / all : 0;
    }
    shares->clients_for_each = count(m, HT_CLIENTS) / monthly;
}

static void measure_roster(const measured *m, double care, made_shares *shares) {
    const ht_staff_row *staff = ht_dataset_rows(m->data, HT_STAFF);
    double shifts = 0, minutes = 0, ill = 0, ill_minutes = 0, hourly = 0, weekend_shifts = 0, weekend_days = 0;
    for (int32_t day = 0; day < m->days; day++) {
        bool weekend = ht_date_weekday(m->first + day) > 5;
        weekend_days += weekend;
        for (int32_t i = 0; i < count(m, HT_STAFF); i++) {
            int32_t at = i * m->days + day;
            shifts += m->minutes[at] > 0;
            minutes += m->minutes[at];
            weekend_shifts += weekend && m->minutes[at] > 0;
            ill += m->minutes[at] > 0 && m->staff_is_ill[at];
            ill_minutes += m->staff_is_ill[at] ? m->minutes[at] : 0;
            hourly += staff[i].employment == HT_EMPLOYED_HOURLY ? m->minutes[at] : 0;
        }
    }
    shares->hourly_hours = 100 * hourly / minutes;
    shares->ill_shifts = 100 * ill / shifts;
    shares->ill_minutes = 100 * ill_minutes / minutes;
    shares->client_time = 100 * care / (minutes - ill_minutes);
    shares->days_of_14 = shifts / count(m, HT_STAFF) / m->days * FORTNIGHT;
    shares->weekends = weekend_days > 0 ? 100 * weekend_shifts / count(m, HT_STAFF) / weekend_days : NAN;
}

void made_measure(const ht_dataset *data, made_shares *shares) {
    measured m;
    *shares = (made_shares){0};
    begin(&m, data);
    double care = measure_visits(&m, shares);
    measure_staff(&m, shares);
    measure_roster(&m, care, shares);
    ht_arena_release(&m.arena);
}

/* ---- rests ---- */

/* One person's days at work: start of the first row, end of the last; start -1 where free. */
typedef struct day_at_work {
    int32_t start, end;
} day_at_work;

static int32_t short_nights(const measured *m, const day_at_work *day) {
    int32_t found = 0, before = -1;
    for (int32_t d = 0; d < m->days; d++) {
        if (day[d].start < 0)
            continue;
        if (before >= 0 && ht_elapsed(m->first + before, day[before].end, m->first + d, day[d].start) < NIGHT)
            found++;
        before = d;
    }
    return found;
}

/* The longest time off within 7 dates, what reaches beyond them not counted. */
static int64_t longest_rest(const measured *m, const day_at_work *day, int32_t from) {
    int64_t longest = 0;
    int32_t since_day = m->first + from, since = 0;
    for (int32_t d = from; d < from + WEEK; d++) {
        if (day[d].start < 0)
            continue;
        int64_t rest = ht_elapsed(since_day, since, m->first + d, day[d].start);
        longest = rest > longest ? rest : longest;
        since_day = m->first + d;
        since = day[d].end;
    }
    int64_t rest = ht_elapsed(since_day, since, m->first + from + WEEK, 0);
    return rest > longest ? rest : longest;
}

static void rest_of(const measured *m, int32_t staff, const day_at_work *day, made_rests *rests) {
    rests->short_nights += short_nights(m, day);
    for (int32_t from = 0; from + WEEK <= m->days; from++)
        rests->short_weeks += longest_rest(m, day, from) < WEEKLY;
    for (int32_t from = 0; from + FORTNIGHT <= m->days; from++) {
        int32_t minutes = 0;
        for (int32_t d = from; d < from + FORTNIGHT; d++)
            minutes += m->minutes[staff * m->days + d];
        rests->longest = minutes > rests->longest ? minutes : rests->longest;
    }
}

void made_rest(const ht_dataset *data, made_rests *rests) {
    measured m;
    *rests = (made_rests){0};
    begin(&m, data);
    day_at_work *day = HT_ARENA_NEW(&m.arena, (int64_t)count(&m, HT_STAFF) * m.days, day_at_work);
    const ht_roster_row *row = ht_dataset_rows(data, HT_ROSTER);
    for (int32_t i = 0; i < count(&m, HT_STAFF) * m.days; i++)
        day[i] = (day_at_work){-1, -1};
    for (int32_t i = 0; i < count(&m, HT_ROSTER); i++) {
        day_at_work *d = &day[ht_index_find(&m.staff, row[i].staff_id) * m.days + row[i].date - m.first];
        d->start = d->start < 0 || row[i].start < d->start ? row[i].start : d->start;
        d->end = row[i].end > d->end ? row[i].end : d->end;
    }
    for (int32_t i = 0; i < count(&m, HT_STAFF); i++)
        rest_of(&m, i, day + i * m.days, rests);
    ht_arena_release(&m.arena);
}
