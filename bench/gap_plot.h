/* bench/gap_plot.h: drawings of results files of the published sets, each file a line: the mean gap over time, and the
 * performance profile (the share of the runs that come within a gap).
 *
 * Errors: HT_EINPUT where there is nothing to draw, those of io/svg_write.h.
 * Source: Dolan, More (2002), Benchmarking optimization software with performance profiles, Mathematical Programming
 *         91:201-213.
 * Differs: the ratio is to the best known value, not to the best of the programs compared.
 */
#ifndef HT_BENCH_GAP_PLOT_H
#define HT_BENCH_GAP_PLOT_H

#include "base/array.h"
#include "base/status.h"

typedef struct ht_gap_file {
    const char *name; /* for the legend */
    ht_array rows;    /* of ht_bench_row */
} ht_gap_file;

typedef enum ht_gap_drawing { HT_GAP_OVER_TIME, HT_GAP_PROFILE } ht_gap_drawing;

/* A panel for each set that a file has runs of. Writes the file `out`. */
ht_status ht_plot_gaps(const ht_gap_file *file, int32_t files, ht_gap_drawing drawing, const char *out, ht_err *err);

#endif
