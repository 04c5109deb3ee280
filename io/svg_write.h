/* io/svg_write.h: charts as one self-contained SVG file: panels of lines and bands over common axes.
 *
 * Nothing comes from the network, no script; every text is escaped; title and description are there for those who
 * cannot see it, and lines differ in dash as well as in colour.
 *
 * Units:     points are in the units of the data; NAN is a gap in the line.
 * Ownership: everything is the caller's; nothing is kept.
 * Errors:    HT_ESYSTEM where the file cannot be written, HT_ENOMEM.
 * Source:    SVG 1.1 (2nd ed.); colours: Okabe, Ito (2008), Color Universal Design; ticks: Heckbert (1990), Nice
 *            numbers for graph labels, Graphics Gems, 61-63.
 */
#ifndef HT_IO_SVG_WRITE_H
#define HT_IO_SVG_WRITE_H

#include <stdint.h>

#include "base/status.h"

typedef struct ht_svg_point {
    double x, y;
    double low, high; /* of the band; low == high: none */
} ht_svg_point;

/* Steps are lines with two points at the same x. */
typedef enum ht_svg_shape { HT_SVG_LINE, HT_SVG_DOTS } ht_svg_shape;

typedef struct ht_svg_series {
    const char *name; /* for the legend; the same name looks the same in every panel */
    ht_svg_shape shape;
    const ht_svg_point *point; /* by x */
    int32_t points;
} ht_svg_series;

typedef enum ht_svg_scale { HT_SVG_LINEAR, HT_SVG_LOGARITHMIC } ht_svg_scale; /* logarithmic: values above 0 alone */

typedef struct ht_svg_panel {
    const char *title;
    const ht_svg_series *one;
    int32_t series;
} ht_svg_panel;

typedef struct ht_svg_chart {
    const char *title, *description;
    const char *x_title, *y_title;
    ht_svg_scale x_scale;
    const ht_svg_panel *panel; /* row by row */
    int32_t panels, columns;
} ht_svg_chart;

/* Writes folder/name, whole or not at all. */
ht_status ht_svg_write(const ht_svg_chart *chart, const char *folder, const char *name, ht_err *err);

#endif
