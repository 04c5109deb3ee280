/* bench/record.h: a solution that beats the best published value, kept as its routes alone: no data of the instance.
 *
 * A CSV file SET-INSTANCE.csv: set*, instance*, value*, route*, stops*: a row for each route that is used. Of the home care
 * sets `route` is the caregiver, a stop PATIENT:SERVICE@START-END ("lunch_break" is a service too) in the unit of the set; of
 * the vehicle routing sets it is a number, a stop a customer. '|' between stops.
 *
 * Units:     value in parts of HT_BENCH_COST.
 * Ownership: texts live in the record's arena; ht_record_release() ends it, also after a failure.
 * Errors:    HT_EINPUT with file and line where a record is none, or not of the instance; HT_ERULE where a hard rule is
 *            broken; HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_RECORD_H
#define HT_BENCH_RECORD_H

#include "app/solve_file.h"
#include "base/text.h"
#include "bench/results.h"

typedef struct ht_record_route {
    const char *name, *stops;
} ht_record_route;

typedef struct ht_record {
    ht_arena arena;
    ht_bench_text set, instance;
    int64_t value;
    ht_array routes; /* of ht_record_route */
} ht_record;

/* Appends the file of a record to `file`: all of it. */
ht_status ht_record_print(const ht_solved_file *solved, const char *set, const char *instance, int64_t value,
                          ht_text *file, ht_err *err);

ht_status ht_record_read(const char *path, ht_record *record, ht_err *err);
void ht_record_release(ht_record *record);

/* What the record's routes cost by the independent evaluation of the instance in the file. */
ht_status ht_record_evaluate(const ht_record *record, const char *instance_file, int64_t *value, ht_err *err);

/* Puts the file's text into the folder where it clearly beats the best known value and the record that is there; kept tells
 * whether it did. */
ht_status ht_record_keep(const char *folder, const char *set, const char *instance, int64_t value, int64_t best_known,
                         const ht_text *file, bool *kept, ht_err *err);

#endif
