#include "tests/failing_memory.h"

#include <check.h>
#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "base/banned.h"

/* How far back callers are looked at, and how many of our own tell one place from another: a library's do not. */
enum { FRAMES = 64, OWN_FRAMES = 7 };

/* Where this program's own code lies; the linker's names. */
extern const char __executable_start[], etext[];

static failing_memory *watched; /* NULL: nothing is counted */
static sqlite3_mem_methods sqlite_memory;

static bool is_own(const void *address) {
    return (uintptr_t)address >= (uintptr_t)__executable_start && (uintptr_t)address < (uintptr_t)etext;
}

static uint64_t place_of_call(void) {
    void *frame[FRAMES];
    int count = backtrace(frame, FRAMES), own = 0;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int i = 1; i < count && own < OWN_FRAMES; i++)
        if (is_own(frame[i])) {
            hash = (hash ^ (uintptr_t)frame[i]) * UINT64_C(1099511628211);
            own++;
        }
    return hash;
}

/* True where this call is to fail. */
static bool is_out(void) {
    if (watched == NULL)
        return false;
    int64_t call = ++watched->calls;
    if (watched->fail_at == 0 && call <= FAILING_CALLS_KEPT)
        watched->place[call - 1] = place_of_call();
    bool out = watched->fail_at > 0 &&
               (call == watched->fail_at || (call > watched->fail_at && watched->kind == FAILING_FROM_THEN_ON));
    if (out)
        errno = ENOMEM;
    return out;
}

/* ---- what the linker puts in the place of the functions themselves ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__real_fdopen(int file, const char *mode);
DIR *__real_opendir(const char *path);
int __real_scandir(const char *path, struct dirent ***names, int (*select)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **));
int __real_csv_init(struct csv_parser *parser, unsigned char options);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fdopen(int file, const char *mode);
DIR *__wrap_opendir(const char *path);
int __wrap_scandir(const char *path, struct dirent ***names, int (*select)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **));
int __wrap_csv_init(struct csv_parser *parser, unsigned char options);

void *__wrap_malloc(size_t size) {
    return is_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return is_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size) {
    return is_out() ? NULL : __real_realloc(block, size);
}

char *__wrap_strdup(const char *text) {
    return is_out() ? NULL : __real_strdup(text);
}

FILE *__wrap_fopen(const char *path, const char *mode) {
    return is_out() ? NULL : __real_fopen(path, mode);
}

FILE *__wrap_fdopen(int file, const char *mode) {
    return is_out() ? NULL : __real_fdopen(file, mode);
}

DIR *__wrap_opendir(const char *path) {
    return is_out() ? NULL : __real_opendir(path);
}

int __wrap_scandir(const char *path, struct dirent ***names, int (*select)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **)) {
    return is_out() ? -1 : __real_scandir(path, names, select, compare);
}

/* libcsv is no part of this program's own objects: it is told where to get memory. */
int __wrap_csv_init(struct csv_parser *parser, unsigned char options) {
    int failed = __real_csv_init(parser, options);
    if (!failed)
        csv_set_realloc_func(parser, __wrap_realloc);
    return failed;
}

/* ---- SQLite ---- */

static void *sqlite_malloc(int size) {
    return is_out() ? NULL : sqlite_memory.xMalloc(size);
}

static void *sqlite_realloc(void *block, int size) {
    return is_out() ? NULL : sqlite_memory.xRealloc(block, size);
}

void failing_memory_begin(failing_memory *memory) {
    void *frame[1];
    ck_assert_int_ge(backtrace(frame, 1), 0); /* the first call loads what it needs */
    sqlite3_shutdown();
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory), SQLITE_OK);
    sqlite3_mem_methods methods = sqlite_memory;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    json_set_alloc_funcs(__wrap_malloc, free);
    memory->calls = 0;
    watched = memory;
}

void failing_memory_end(void) {
    watched = NULL;
}
