/* bench/plot.h: level values over time, as an SVG drawing: a row of panels for each case, a panel for each level, a line
 * for each build and limits with the median of the seeds, and a band from the best seed to the worst.
 *
 * Errors: HT_EINPUT where the trace has nothing to draw, those of io/svg_write.h.
 */
#ifndef HT_BENCH_PLOT_H
#define HT_BENCH_PLOT_H

#include "base/array.h"
#include "base/status.h"
#include "io/svg_write.h"

/* moments: array of ht_trace_row, as files have them; case_id NULL: every case. Writes the file `out`. */
ht_status ht_plot(const ht_array *moments, const char *case_id, const char *out, ht_err *err);

/* Writes a chart to a path. */
ht_status ht_plot_write(const ht_svg_chart *chart, const char *out, ht_err *err);

#endif
