#include "app/export_weeks.h"

#include "app/appointments.h"
#include "base/calendar.h"
#include "base/words.h"
#include "io/page_write.h"

enum { FILE_NAME = 96, ROUNDED_TO = 300, DAY_TEXT = 64, TITLE_TEXT = 160 };

/* Black on white, 16 pt; a sheet begins a page, a day is not torn apart. */
static const char STYLE[] = "@page { size: A4 portrait; margin: 15mm; }\n"
                            "body { font: 16pt/1.35 sans-serif; color: #000; background: #fff; margin: 0 auto; "
                            "max-width: 180mm; }\n"
                            "section { break-after: page; page-break-after: always; }\n"
                            "section:last-child { break-after: auto; page-break-after: auto; }\n"
                            "h1 { font-size: 24pt; margin: 0 0 2mm; }\n"
                            "p { margin: 0 0 3mm; }\n"
                            "table { border-collapse: collapse; width: 100%; }\n"
                            "caption { text-align: left; padding: 0 0 2mm; }\n"
                            "thead { display: table-header-group; }\n"
                            "tbody { break-inside: avoid; page-break-inside: avoid; border-top: 2pt solid #000; }\n"
                            "th, td { border: 1pt solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: "
                            "top; }\n"
                            "td div + div, th div + div { margin-top: 1mm; }\n"
                            ".contact { font-weight: bold; }";

static const char *const WEEKDAY[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                      N_("Friday"), N_("Saturday"), N_("Sunday")};
static const char *const MONTH[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                    N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                    N_("September"), N_("October"),  N_("November"), N_("December")};

/* One week's page. */
typedef struct week {
    ht_page *page;
    const ht_weeks_job *job;
    int32_t monday, number, year;
} week;

/* ---- words ---- */

/* "9 March". */
static void date_words(int32_t date, char out[DAY_TEXT]) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    snprintf(out, DAY_TEXT, _("%d %s"), (int)day, _(MONTH[month - 1]));
}

static void time_words(int32_t seconds, char out[HT_TIME_TEXT]) {
    ht_time_print((seconds + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO % HT_DAY_SECONDS, out, HT_TIME_TEXT);
}

static bool is_contact(const ht_appointment *row) {
    return !row->undecided && row->role == HT_ROLE_CONTACT;
}

/* Words and a star: the contact is to be seen in black and white, and to be heard. */
static void person_words(const ht_appointment *row, char out[TITLE_TEXT]) {
    if (row->undecided)
        snprintf(out, TITLE_TEXT, "%s", _("Not yet decided who comes"));
    else if (is_contact(row))
        snprintf(out, TITLE_TEXT, _("★ %s, your contact"), row->staff);
    else if (row->role == HT_ROLE_SECOND)
        snprintf(out, TITLE_TEXT, _("%s, your second contact"), row->staff);
    else if (row->role == HT_ROLE_TEAM)
        snprintf(out, TITLE_TEXT, _("%s, from your team"), row->staff);
    else
        snprintf(out, TITLE_TEXT, _("%s, from another team"), row->staff);
}

static void put_person(const week *w, const ht_appointment *row) {
    char words[TITLE_TEXT];
    person_words(row, words);
    ht_page_start(w->page, "div");
    if (is_contact(row))
        ht_page_attribute(w->page, "class", "contact");
    ht_page_text(w->page, words);
    ht_page_end(w->page);
}

/* ---- the table ---- */

static void put_heading(const week *w, const char *words) {
    ht_page_start(w->page, "th");
    ht_page_attribute(w->page, "scope", "col");
    ht_page_text(w->page, words);
    ht_page_end(w->page);
}

static bool same_visit(const ht_appointment *a, const ht_appointment *b) {
    return a->date == b->date && strcmp(a->client, b->client) == 0 && strcmp(a->visit, b->visit) == 0;
}

/* The visit of row at: all its persons; it stands where its first person does. */
static bool is_first(const ht_appointment *rows, int32_t at) {
    for (int32_t i = at; i-- > 0 && rows[i].date == rows[at].date && rows[i].start == rows[at].start;)
        if (same_visit(&rows[i], &rows[at]))
            return false;
    return !rows[at].cancelled;
}

/* In the order that a visit's persons are named in. */
typedef enum named { CONTACT, OTHERS, UNDECIDED, NAMED } named;

static named named_as(const ht_appointment *row) {
    return row->undecided ? UNDECIDED : is_contact(row) ? CONTACT : OTHERS;
}

/* That it is not decided who comes is said once. */
static void put_persons(const week *w, const ht_appointment *rows, int32_t at, int32_t end) {
    bool undecided = false;
    for (named as = CONTACT; as < NAMED; as++)
        for (int32_t i = at; i < end && rows[i].start == rows[at].start && !undecided; i++) {
            if (!same_visit(&rows[i], &rows[at]) || named_as(&rows[i]) != as)
                continue;
            put_person(w, &rows[i]);
            undecided = as == UNDECIDED;
        }
}

static void put_visit(const week *w, const ht_appointment *rows, int32_t at, int32_t end) {
    char start[HT_TIME_TEXT], words[DAY_TEXT];
    time_words(rows[at].start, start);
    ht_page_start(w->page, "td");
    snprintf(words, sizeof words, _("about %s"), start);
    ht_page_leaf(w->page, "div", words);
    snprintf(words, sizeof words, _("%d min"), (int)((rows[at].end - rows[at].start) / 60));
    ht_page_leaf(w->page, "div", words);
    ht_page_end(w->page);
    ht_page_leaf(w->page, "td", *rows[at].service != '\0' ? rows[at].service : _("visit"));
    ht_page_start(w->page, "td");
    put_persons(w, rows, at, end);
    ht_page_end(w->page);
}

static void put_day_head(const week *w, int32_t date, int32_t visits) {
    char words[DAY_TEXT];
    ht_page_start(w->page, "th");
    ht_page_attribute(w->page, "scope", "rowgroup");
    if (visits > 1) {
        snprintf(words, sizeof words, "%d", (int)visits);
        ht_page_attribute(w->page, "rowspan", words);
    }
    ht_page_leaf(w->page, "div", _(WEEKDAY[ht_date_weekday(date) - 1]));
    date_words(date, words);
    ht_page_leaf(w->page, "div", words);
    ht_page_end(w->page);
}

static bool has_plan(const week *w, int32_t date) {
    const int32_t *day = w->job->days->items;
    for (int32_t i = 0; i < w->job->days->count; i++)
        if (day[i] == date)
            return true;
    return false;
}

static void put_empty_day(const week *w, int32_t date) {
    ht_page_start(w->page, "tr");
    put_day_head(w, date, 1);
    ht_page_start(w->page, "td");
    ht_page_attribute(w->page, "colspan", "3");
    ht_page_text(w->page, has_plan(w, date) ? _("No visit") : _("Not planned"));
    ht_page_end(w->page);
    ht_page_end(w->page);
}

/* rows [0, count) are those of the client and date. */
static void put_day(const week *w, int32_t date, const ht_appointment *rows, int32_t count) {
    int32_t visits = 0;
    for (int32_t i = 0; i < count; i++)
        visits += is_first(rows, i);
    ht_page_start(w->page, "tbody");
    if (visits == 0)
        put_empty_day(w, date);
    for (int32_t i = 0, put = 0; i < count; i++) {
        if (!is_first(rows, i))
            continue;
        ht_page_start(w->page, "tr");
        if (put++ == 0)
            put_day_head(w, date, visits);
        put_visit(w, rows, i, count);
        ht_page_end(w->page);
    }
    ht_page_end(w->page);
}

static void put_table(const week *w, const ht_appointment *rows, int32_t count) {
    ht_page_start(w->page, "table");
    ht_page_leaf(w->page, "caption", _("Times are rounded to five minutes."));
    ht_page_start(w->page, "thead");
    ht_page_start(w->page, "tr");
    put_heading(w, _("Day"));
    put_heading(w, _("Time"));
    put_heading(w, _("Help"));
    put_heading(w, _("Who comes"));
    ht_page_end(w->page);
    ht_page_end(w->page);
    for (int32_t day = w->monday, first = 0, end; day < w->monday + HT_WEEK_DAYS; day++, first = end) {
        for (end = first; end < count && rows[end].date == day; end++)
            ;
        put_day(w, day, rows + first, end - first);
    }
    ht_page_end(w->page);
}

/* ---- sheets and pages ---- */

/* rows [0, count) are those of the client and week. */
static void put_sheet(const week *w, const char *client, const char *contact, const ht_appointment *rows,
                      int32_t count) {
    char first[DAY_TEXT], last[DAY_TEXT];
    date_words(w->monday, first);
    date_words(w->monday + HT_WEEK_DAYS - 1, last);
    ht_page_start(w->page, "section");
    ht_page_start(w->page, "h1");
    ht_page_textf(w->page, _("%s: week %d, %d"), client, (int)w->number, (int)w->year);
    ht_page_end(w->page);
    ht_page_start(w->page, "p");
    ht_page_textf(w->page, _("%s to %s"), first, last);
    ht_page_end(w->page);
    if (*contact != '\0') {
        ht_page_start(w->page, "p");
        ht_page_attribute(w->page, "class", "contact");
        ht_page_textf(w->page, _("★ Your contact: %s"), contact);
        ht_page_end(w->page);
    }
    put_table(w, rows, count);
    ht_page_end(w->page);
}

/* The client's rows of the week are side by side: [*first, *end) within the client's [0, count). */
static void of_week(const week *w, const ht_appointment *rows, int32_t count, int32_t *first, int32_t *end) {
    *first = 0;
    while (*first < count && rows[*first].date < w->monday)
        ++*first;
    *end = *first;
    while (*end < count && rows[*end].date < w->monday + HT_WEEK_DAYS)
        ++*end;
}

static bool any_shown(const ht_appointment *rows, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (!rows[i].cancelled)
            return true;
    return false;
}

static void put_sheets(const week *w) {
    const ht_appointment *rows = w->job->appointments->items;
    const char *only = w->job->client;
    int32_t all = w->job->appointments->count, sheets = 0;
    for (int32_t client = 0, next; client < all; client = next) {
        int32_t first, end;
        for (next = client + 1; next < all && strcmp(rows[next].client, rows[client].client) == 0; next++)
            ;
        of_week(w, rows + client, next - client, &first, &end);
        bool wanted =
            only == NULL ? any_shown(rows + client + first, end - first) : strcmp(only, rows[client].client) == 0;
        if (wanted) {
            put_sheet(w, rows[client].client, rows[client].contact, rows + client + first, end - first);
            sheets++;
        }
    }
    if (sheets == 0 && only != NULL)
        put_sheet(w, only, w->job->contact, rows, 0);
    else if (sheets == 0)
        ht_page_leaf(w->page, "p", _("No visit"));
}

static ht_status write_week(const ht_weeks_job *job, int32_t monday, ht_file_batch *batch, ht_err *err) {
    char name[FILE_NAME], title[TITLE_TEXT];
    week w = {.job = job, .monday = monday};
    w.number = ht_date_iso_week(monday, &w.year);
    if (job->client == NULL) {
        snprintf(name, sizeof name, "client_weeks-%04d-W%02d.html", (int)w.year, (int)w.number);
        snprintf(title, sizeof title, _("The clients' week %d, %d"), (int)w.number, (int)w.year);
    } else {
        snprintf(name, sizeof name, "client_week-%s-%04d-W%02d.html", job->client, (int)w.year, (int)w.number);
        snprintf(title, sizeof title, _("%s: week %d, %d"), job->client, (int)w.number, (int)w.year);
    }
    ht_page_head head = {.language = HT_LANGUAGE, .title = title, .style = STYLE};
    w.page = ht_page_open(job->folder, name, &head, err);
    if (w.page == NULL)
        return err->status;
    ht_page_start(w.page, "main");
    put_sheets(&w);
    return ht_page_hand_over(w.page, batch, err);
}

ht_status ht_weeks_write(const ht_weeks_job *job, ht_file_batch *batch, int32_t *pages, ht_err *err) {
    const int32_t *day = job->days->items;
    ht_status status = HT_OK;
    *pages = 0;
    for (int32_t i = 0; !status && i < job->days->count; i++) {
        if (i > 0 && ht_date_monday(day[i]) == ht_date_monday(day[i - 1]))
            continue;
        status = write_week(job, ht_date_monday(day[i]), batch, err);
        *pages += status == HT_OK;
    }
    return status;
}
