#include "io/svg_write.h"

#include <math.h>

#include "base/numbers.h"
#include "base/text.h"
#include "io/whole_file.h"

enum {
    PANEL_WIDTH = 380,
    PANEL_HEIGHT = 230,
    LEFT = 74,
    RIGHT = 14,
    TOP = 34,
    BOTTOM = 44,
    HEAD = 46,
    LEGEND_LINE = 20
};
enum { TICKS = 5, NAMES_MAX = 32, STYLES = 8 };

/* Colours that people who confuse red and green tell apart too. */
static const char *const COLOUR[STYLES] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                           "#56b4e9", "#e69f00", "#000000", "#8c6d1f"};
static const char *const DASH[STYLES] = {"", "6 3", "2 2", "8 3 2 3", "4 2", "1 3", "10 4", "6 2 1 2"};

/* ---- texts and numbers ---- */

static void put_text(ht_text *out, const char *text) {
    for (; *text != '\0'; text++) {
        const char *mark = strchr("<>&\"'", *text);
        if (mark != NULL)
            ht_text_addf(out, "&#%d;", *text);
        else if ((unsigned char)*text >= ' ' || *text == '\n' ||
                 *text == '\t') /* XML has no other control characters */
            ht_text_add(out, text, 1);
    }
}

/* Nothing that is drawn lies far outside the drawing: what does not fit a number is cut. */
static void put_number(ht_text *out, double value) {
    char text[32];
    double cut = fmax(-1e6, fmin(1e6, isfinite(value) ? value : 0));
    ht_text_add(out, text, ht_decimal_print(llround(cut * 100), 100, 2, '.', text, sizeof text));
}

static void put_point(ht_text *out, const char *before, double x, double y) {
    ht_text_addf(out, "%s", before);
    put_number(out, x);
    ht_text_add(out, " ", 1);
    put_number(out, y);
}

static void put_attribute(ht_text *out, const char *name, double value) {
    ht_text_addf(out, " %s=\"", name);
    put_number(out, value);
    ht_text_addf(out, "\"");
}

/* A text at a place; more: further attributes of our own. */
static void put_label(ht_text *out, double x, double y, const char *more, const char *text) {
    ht_text_addf(out, "<text");
    put_attribute(out, "x", x);
    put_attribute(out, "y", y);
    ht_text_addf(out, "%s>", more);
    put_text(out, text);
    ht_text_addf(out, "</text>\n");
}

static void put_segment(ht_text *out, const char *more, double x1, double y1, double x2, double y2) {
    ht_text_addf(out, "<line");
    put_attribute(out, "x1", x1);
    put_attribute(out, "y1", y1);
    put_attribute(out, "x2", x2);
    put_attribute(out, "y2", y2);
    ht_text_addf(out, "%s/>\n", more);
}

/* ---- axes ---- */

typedef struct axis {
    ht_svg_scale scale;
    double low, high; /* of the data; 10 to the power of these where it is logarithmic */
    double from, to;  /* on the drawing */
    double step;      /* between ticks */
} axis;

static double place(const axis *a, double value) {
    double v = a->scale == HT_SVG_LOGARITHMIC ? log10(value) : value;
    return a->from + (v - a->low) / (a->high - a->low) * (a->to - a->from);
}

/* 1, 2 or 5 times a power of ten, so that there are about TICKS of them. */
static double nice_step(double range) {
    double rough = range / TICKS, power = pow(10, floor(log10(rough))), part = rough / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static void settle(axis *a) {
    if (a->low > a->high) /* no data at all */
        a->low = a->high = 0;
    if (a->scale == HT_SVG_LOGARITHMIC) {
        a->low = floor(a->low * 2) / 2;
        a->high = ceil(a->high * 2) / 2;
    }
    double least = fmax(1e-9, 1e-9 * fabs(a->high));
    if (a->high - a->low < least)
        a->high = a->low + fmax(1, least);
    a->step = nice_step(a->high - a->low);
    if (a->scale == HT_SVG_LINEAR) {
        a->low = a->step * floor(a->low / a->step);
        a->high = a->step * ceil(a->high / a->step);
    }
}

static void stretch(axis *a, double value) {
    bool fits = isfinite(value) && (a->scale == HT_SVG_LINEAR || value > 0);
    double v = a->scale == HT_SVG_LOGARITHMIC ? log10(value) : value;
    if (fits) {
        a->low = fmin(a->low, v);
        a->high = fmax(a->high, v);
    }
}

static void print_tick(double value, char *out, size_t size) {
    static const char *const UNIT[] = {"", "k", "M", "G", "T", "P", "E"};
    int32_t unit = 0;
    double shown = value;
    for (; fabs(shown) >= 10000 && unit < 6; unit++)
        shown /= 1000;
    char number[32];
    ht_decimal_print(llround(fmax(-1e9, fmin(1e9, shown)) * 1000), 1000, 3, '.', number, sizeof number);
    snprintf(out, size, "%s%s", number, UNIT[unit]);
}

/* ---- a panel ---- */

typedef struct drawing {
    ht_text *out;
    const ht_svg_chart *chart;
    const char *name[NAMES_MAX]; /* of the series, each once: its style goes by its place */
    int32_t names;
    double width, height;
} drawing;

static int32_t style_of(const drawing *d, const char *name) {
    for (int32_t i = 0; i < d->names; i++)
        if (strcmp(d->name[i], name) == 0)
            return i % STYLES;
    return STYLES - 1;
}

static void draw_tick_x(const drawing *d, const axis *x, const axis *y, double value) {
    char text[48];
    double at = place(x, value);
    print_tick(value, text, sizeof text);
    put_segment(d->out, " class=\"grid\"", at, y->from, at, y->to);
    put_label(d->out, at, y->from + 16, " text-anchor=\"middle\"", text);
}

static void draw_tick_y(const drawing *d, const axis *x, const axis *y, double value) {
    char text[48];
    double at = place(y, value);
    print_tick(value, text, sizeof text);
    put_segment(d->out, " class=\"grid\"", x->from, at, x->to, at);
    put_label(d->out, x->from - 6, at + 4, " text-anchor=\"end\"", text);
}

/* Whole steps of a linear axis. */
static int32_t steps_of(const axis *a) {
    return (int32_t)floor((a->high - a->low) / a->step + 0.5);
}

static double step_at(const axis *a, int32_t i) {
    double value = a->low + i * a->step;
    return fabs(value) < a->step / 2 ? 0 : value;
}

static void draw_axes(const drawing *d, const ht_svg_panel *panel, const axis *x, const axis *y) {
    static const double PART[] = {1, 2, 5};
    for (int32_t i = 0; i <= steps_of(y); i++)
        draw_tick_y(d, x, y, step_at(y, i));
    for (int32_t i = 0; x->scale == HT_SVG_LINEAR && i <= steps_of(x); i++)
        draw_tick_x(d, x, y, step_at(x, i));
    for (int32_t power = (int32_t)floor(x->low); x->scale == HT_SVG_LOGARITHMIC && power <= x->high; power++)
        for (int32_t i = 0; i < 3; i++) {
            double value = PART[i] * pow(10, power);
            if (log10(value) >= x->low - 1e-9 && log10(value) <= x->high + 1e-9)
                draw_tick_x(d, x, y, value);
        }
    put_label(d->out, x->from, y->to - 10, " class=\"panel\"", panel->title);
    put_label(d->out, (x->from + x->to) / 2, y->from + 34, " text-anchor=\"middle\"", d->chart->x_title);
}

static bool drawable(const axis *x, const ht_svg_point *p) {
    return isfinite(p->x) && isfinite(p->y) && (x->scale == HT_SVG_LINEAR || p->x > 0);
}

static void draw_line(const drawing *d, const ht_svg_series *s, const axis *x, const axis *y) {
    int32_t style = style_of(d, s->name);
    bool pen = false;
    ht_text_addf(d->out, "<path class=\"line\" stroke=\"%s\" stroke-dasharray=\"%s\" d=\"", COLOUR[style], DASH[style]);
    for (int32_t i = 0; i < s->points; i++) {
        const ht_svg_point *p = &s->point[i];
        bool there = drawable(x, p);
        if (there)
            put_point(d->out, pen ? "L" : "M", place(x, p->x), place(y, p->y));
        pen = there;
    }
    ht_text_addf(d->out, "\"/>\n");
}

static void draw_dots(const drawing *d, const ht_svg_series *s, const axis *x, const axis *y) {
    for (int32_t i = 0; i < s->points; i++) {
        if (!drawable(x, &s->point[i]))
            continue;
        ht_text_addf(d->out, "<circle r=\"3\" fill=\"%s\"", COLOUR[style_of(d, s->name)]);
        put_attribute(d->out, "cx", place(x, s->point[i].x));
        put_attribute(d->out, "cy", place(y, s->point[i].y));
        ht_text_addf(d->out, "/>\n");
    }
}

static bool has_band(const ht_svg_point *p) {
    return isfinite(p->low) && isfinite(p->high) && p->low < p->high;
}

/* There along the highs, back along the lows. */
static void draw_band(const drawing *d, const ht_svg_series *s, const axis *x, const axis *y) {
    bool any = false, pen = false;
    for (int32_t i = 0; i < s->points && !any; i++)
        any = drawable(x, &s->point[i]) && has_band(&s->point[i]);
    if (!any)
        return;
    ht_text_addf(d->out, "<path class=\"band\" fill=\"%s\" d=\"", COLOUR[style_of(d, s->name)]);
    for (int32_t i = 0; i < 2 * s->points; i++) {
        bool back = i >= s->points;
        const ht_svg_point *p = &s->point[back ? 2 * s->points - 1 - i : i];
        double edge = !has_band(p) ? p->y : back ? p->low : p->high;
        if (!drawable(x, p))
            continue;
        put_point(d->out, pen ? "L" : "M", place(x, p->x), place(y, edge));
        pen = true;
    }
    ht_text_addf(d->out, "Z\"/>\n");
}

static void fit(const ht_svg_chart *chart, const ht_svg_panel *panel, axis *x, axis *y) {
    x->scale = chart->x_scale;
    x->low = y->low = HUGE_VAL;
    x->high = y->high = -HUGE_VAL;
    for (int32_t i = 0; i < panel->series; i++)
        for (int32_t k = 0; k < panel->one[i].points; k++) {
            const ht_svg_point *p = &panel->one[i].point[k];
            stretch(x, p->x);
            stretch(y, p->y);
            stretch(y, p->low);
            stretch(y, p->high);
        }
    settle(x);
    settle(y);
}

static void draw_panel(const drawing *d, int32_t index) {
    const ht_svg_panel *panel = &d->chart->panel[index];
    double left = PANEL_WIDTH * (index % d->chart->columns), top = HEAD + PANEL_HEIGHT * (index / d->chart->columns);
    axis x = {.from = left + LEFT, .to = left + PANEL_WIDTH - RIGHT};
    axis y = {.from = top + PANEL_HEIGHT - BOTTOM, .to = top + TOP};
    fit(d->chart, panel, &x, &y);
    ht_text_addf(d->out, "<g role=\"group\" aria-label=\"");
    put_text(d->out, panel->title);
    ht_text_addf(d->out, "\">\n");
    draw_axes(d, panel, &x, &y);
    for (int32_t i = 0; i < panel->series; i++)
        draw_band(d, &panel->one[i], &x, &y);
    for (int32_t i = 0; i < panel->series; i++)
        if (panel->one[i].shape == HT_SVG_DOTS)
            draw_dots(d, &panel->one[i], &x, &y);
        else
            draw_line(d, &panel->one[i], &x, &y);
    ht_text_addf(d->out, "</g>\n");
}

/* ---- the whole ---- */

static void collect_names(drawing *d) {
    for (int32_t i = 0; i < d->chart->panels; i++)
        for (int32_t k = 0; k < d->chart->panel[i].series; k++) {
            bool known = false;
            for (int32_t n = 0; n < d->names && !known; n++)
                known = strcmp(d->name[n], d->chart->panel[i].one[k].name) == 0;
            if (!known && d->names < NAMES_MAX)
                d->name[d->names++] = d->chart->panel[i].one[k].name;
        }
}

static void draw_legend(const drawing *d) {
    for (int32_t i = 0; i < d->names; i++) {
        char line[128];
        double y = d->height - LEGEND_LINE * (d->names - i);
        snprintf(line, sizeof line, " class=\"line\" stroke=\"%s\" stroke-dasharray=\"%s\"", COLOUR[i % STYLES],
                 DASH[i % STYLES]);
        put_segment(d->out, line, LEFT, y, LEFT + 36, y);
        put_label(d->out, LEFT + 44, y + 4, "", d->name[i]);
    }
}

static void draw_head(const drawing *d) {
    ht_text_addf(d->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                         "role=\"img\" aria-labelledby=\"title desc\"");
    put_attribute(d->out, "width", d->width);
    put_attribute(d->out, "height", d->height);
    ht_text_addf(d->out, " viewBox=\"0 0 %d %d\">\n<title id=\"title\">", (int)d->width, (int)d->height);
    put_text(d->out, d->chart->title);
    ht_text_addf(d->out, "</title>\n<desc id=\"desc\">");
    put_text(d->out, d->chart->description);
    ht_text_addf(d->out,
                 "</desc>\n<style>text{font:12px sans-serif;fill:#222}.head{font-size:16px;font-weight:bold}"
                 ".panel{font-weight:bold}.grid{stroke:#ddd}.line{fill:none;stroke-width:1.8}"
                 ".band{stroke:none;opacity:.15}</style>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n");
    put_label(d->out, LEFT, 22, " class=\"head\"", d->chart->title);
    put_label(d->out, LEFT, 40, "", d->chart->y_title);
}

static void draw(const ht_svg_chart *chart, ht_text *out) {
    drawing d = {.out = out, .chart = chart};
    int32_t rows = (chart->panels + chart->columns - 1) / chart->columns;
    collect_names(&d);
    d.width = PANEL_WIDTH * chart->columns;
    d.height = HEAD + PANEL_HEIGHT * rows + LEGEND_LINE * (d.names + 1);
    draw_head(&d);
    for (int32_t i = 0; i < chart->panels; i++)
        draw_panel(&d, i);
    draw_legend(&d);
    ht_text_addf(out, "</svg>\n");
}

ht_status ht_svg_write(const ht_svg_chart *chart, const char *folder, const char *name, ht_err *err) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    draw(chart, &text);
    ht_whole_file *file = text.failed ? NULL : ht_whole_file_open(folder, name, err);
    ht_status status = text.failed ? ht_fail_memory(err) : file == NULL ? err->status : HT_OK;
    if (!status) {
        ht_whole_file_put(file, ht_text_get(&text), text.length);
        status = ht_whole_file_close(file, err);
    }
    ht_text_release(&text);
    return status;
}
