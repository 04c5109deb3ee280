/* bench/machine.h: what a measurement was made with: the program's build and the computer.
 *
 * A fingerprint tells two builds, or two sets of data, apart; it is no protection against forgery.
 * Errors: HT_ESYSTEM where a file cannot be read.
 */
#ifndef HT_BENCH_MACHINE_H
#define HT_BENCH_MACHINE_H

#include <stdint.h>

#include "base/status.h"
#include "bench/results.h"

/* Fills what of a row the build and the computer say: commit .. cores. */
ht_status ht_machine_fill(ht_bench_row *row, ht_err *err);

/* 16 hexadecimal digits of the files of a folder that an import reads, names and bytes. out holds HT_BENCH_TEXT. */
ht_status ht_fingerprint_folder(const char *folder, char *out, ht_err *err);

/* The same of one file's bytes. */
ht_status ht_fingerprint_file(const char *path, char *out, ht_err *err);

#endif
