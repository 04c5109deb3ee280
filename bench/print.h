/* bench/print.h: what hemtur-bench prints on stdout. */
#ifndef HT_BENCH_PRINT_H
#define HT_BENCH_PRINT_H

#include "app/cli/table.h"
#include "bench/compare.h"
#include "bench/summary.h"

typedef enum ht_print_format { HT_PRINT_TABLE, HT_PRINT_MARKDOWN } ht_print_format;
#define HT_PRINT_FORMATS "table|markdown"

/* A cell with so many digits behind the decimal point, at most 3; blank where the value is not known. */
void ht_cell_number(ht_table_out *table, double value, int32_t digits);

ht_status ht_print_comparison(const ht_comparison *comparison, ht_err *err);
ht_status ht_print_summary(const ht_summary *summary, ht_print_format format, ht_err *err);

#endif
