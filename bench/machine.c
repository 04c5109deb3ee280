#include "bench/machine.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "generated/commit.h"
#include "model/tables.h"

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

/* ---- fingerprints ---- */

static const uint64_t FNV_BASIS = UINT64_C(14695981039346656037), FNV_PRIME = UINT64_C(1099511628211);

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static void mix(uint64_t *hash, const void *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        *hash = (*hash ^ ((const unsigned char *)bytes)[i]) * FNV_PRIME;
}

static ht_status mix_file(uint64_t *hash, FILE *file, const char *path, ht_err *err) {
    char block[1 << 14];
    for (size_t length; (length = fread(block, 1, sizeof block, file)) > 0;)
        mix(hash, block, length);
    return ferror(file) ? ht_fail(err, HT_ESYSTEM, "%s: cannot be read: %s", path, ht_error_text(errno)) : HT_OK;
}

/* Letters alone: digits in a row might look like somebody's personal number, which no CSV reader of ours lets pass. */
static void print_fingerprint(uint64_t hash, char *out) {
    for (int32_t i = 0; i < 16; i++)
        out[i] = (char)('a' + ((hash >> (60 - 4 * i)) & 15));
    out[16] = '\0';
}

ht_status ht_fingerprint_folder(const char *folder, char *out, ht_err *err) {
    uint64_t hash = FNV_BASIS;
    ht_status status = HT_OK;
    for (int id = 0; id < HT_TABLES && !status; id++) {
        char path[4096];
        const char *name = ht_table_get((ht_table_id)id)->name;
        snprintf(path, sizeof path, "%s/%s.csv", folder, name);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            continue; /* a folder need not have every file */
        mix(&hash, name, strlen(name));
        status = mix_file(&hash, file, path, err);
        fclose(file);
    }
    print_fingerprint(hash, out);
    return status;
}

ht_status ht_fingerprint_file(const char *path, char *out, ht_err *err) {
    uint64_t hash = FNV_BASIS;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ht_fail(err, HT_ESYSTEM, "%s: cannot be read: %s", path, ht_error_text(errno));
    ht_status status = mix_file(&hash, file, path, err);
    fclose(file);
    print_fingerprint(hash, out);
    return status;
}

/* ---- the computer ---- */

/* "model name : ..." of /proc/cpuinfo; the kind of machine where there is none. */
static void find_processor(char *out) {
    char line[512];
    struct utsname machine;
    ht_bench_set(out, uname(&machine) >= 0 ? machine.machine : "unknown");
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "model name", 10) != 0 || strchr(line, ':') == NULL)
            continue;
        const char *name = strchr(line, ':') + 1;
        name += strspn(name, " \t");
        line[strcspn(line, "\n")] = '\0';
        ht_bench_set(out, name);
        break;
    }
    if (file != NULL)
        fclose(file);
}

ht_status ht_machine_fill(ht_bench_row *row, ht_err *err) {
    ht_bench_set(row->commit, HT_COMMIT);
    ht_bench_set(row->dirty, HT_SOURCES_CHANGED ? "yes" : "no");
    ht_bench_set(row->compiler, COMPILER);
    ht_bench_set(row->build, HT_BUILD_TYPE);
    find_processor(row->processor);
    row->cores = sysconf(_SC_NPROCESSORS_ONLN);
    /* The program's own file: a commit does not tell what was built from changed sources. */
    return ht_fingerprint_file("/proc/self/exe", row->binary, err);
}
