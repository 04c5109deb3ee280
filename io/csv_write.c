#include "io/csv_write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"

enum { CELL_ROOM = 1024, NAMES_TRIED = 100 };

struct ht_csv_out {
    FILE *file;
    ht_text folder, path, temporary; /* empty for a stream */
    bool in_row;
    int error; /* the first errno, 0 while all is well */
};

static void keep_error(ht_csv_out *out) {
    if (out->error == 0)
        out->error = errno != 0 ? errno : EIO;
}

static void put(ht_csv_out *out, const char *bytes, size_t length) {
    if (out->error == 0 && fwrite(bytes, 1, length, out->file) != length)
        keep_error(out);
}

static void begin_cell(ht_csv_out *out) {
    if (out->in_row)
        put(out, ";", 1);
    out->in_row = true;
}

/* ---- files ---- */

static void destroy(ht_csv_out *out) {
    ht_text_release(&out->folder);
    ht_text_release(&out->path);
    ht_text_release(&out->temporary);
    ht_allocator_system.release(ht_allocator_system.context, out);
}

static ht_csv_out *create(ht_err *err) {
    ht_csv_out *out = ht_allocator_system.resize(ht_allocator_system.context, NULL, sizeof *out);
    if (!out) {
        ht_fail_memory(err);
        return NULL;
    }
    memset(out, 0, sizeof *out);
    ht_text_init(&out->folder, &ht_allocator_system);
    ht_text_init(&out->path, &ht_allocator_system);
    ht_text_init(&out->temporary, &ht_allocator_system);
    return out;
}

static ht_status fail(const ht_csv_out *out, int error, ht_err *err) {
    if (out->path.length == 0)
        return ht_fail(err, HT_ESYSTEM, _("cannot write the output: %s"), strerror(error));
    return ht_fail(err, HT_ESYSTEM, _("%s: cannot be written: %s"), ht_text_get(&out->path), strerror(error));
}

/* The process that a temporary name of folder/name belongs to; 0 where the entry is no such name. */
static long owner_of(const char *entry, const char *name) {
    size_t length = strlen(name);
    char *end;
    if (entry[0] != '.' || strncmp(entry + 1, name, length) != 0 || entry[length + 1] != '.')
        return 0;
    long owner = strtol(entry + length + 2, &end, 10);
    if (owner <= 0 || *end != '-')
        return 0;
    strtol(end + 1, &end, 10);
    return strcmp(end, ".tmp") == 0 ? owner : 0;
}

/* Temporary files of killed runs hold personal data: they go when the same file is written again. Those of a run that
 * lives are its own. */
static void remove_left_behind(const char *folder, const char *name) {
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        long owner = owner_of(entry->d_name, name);
        if (owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries)
        closedir(entries);
}

/* A new file that only its owner reads. A name that is taken is passed over. */
static int open_temporary(ht_csv_out *out, const char *folder, const char *name) {
    int descriptor = -1;
    for (int32_t i = 0; i < NAMES_TRIED && descriptor < 0; i++) {
        ht_text_empty(&out->temporary);
        ht_text_addf(&out->temporary, "%s/.%s.%ld-%d.tmp", folder, name, (long)getpid(), (int)i);
        if (out->temporary.failed)
            return -1;
        descriptor = open(ht_text_get(&out->temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor < 0 && errno != EEXIST)
            return -1;
    }
    return descriptor;
}

static ht_status open_file(ht_csv_out *out, const char *folder, const char *name, ht_err *err) {
    ht_text_addf(&out->folder, "%s", folder);
    ht_text_addf(&out->path, "%s/%s", folder, name);
    remove_left_behind(folder, name);
    int descriptor = open_temporary(out, folder, name);
    if (out->folder.failed || out->path.failed || out->temporary.failed) {
        if (descriptor >= 0)
            close(descriptor);
        return ht_fail_memory(err);
    }
    if (descriptor < 0)
        return fail(out, errno, err);
    out->file = fdopen(descriptor, "wb");
    if (out->file)
        return HT_OK;
    ht_status status = fail(out, errno, err);
    close(descriptor);
    unlink(ht_text_get(&out->temporary));
    return status;
}

ht_csv_out *ht_csv_out_open(const char *folder, const char *name, ht_err *err) {
    ht_csv_out *out = create(err);
    if (!out)
        return NULL;
    if (open_file(out, folder, name, err) != HT_OK) {
        destroy(out);
        return NULL;
    }
    put(out, "\xEF\xBB\xBF", 3);
    return out;
}

ht_csv_out *ht_csv_out_stream(FILE *file, ht_err *err) {
    ht_csv_out *out = create(err);
    if (out)
        out->file = file;
    return out;
}

static bool is_stream(const ht_csv_out *out) {
    return out->temporary.length == 0;
}

/* Makes the new name last through a power cut. Some file systems cannot sync a folder (EINVAL): there is nothing more
 * to do there. */
static void sync_folder(ht_csv_out *out) {
    int descriptor = open(ht_text_get(&out->folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL))
        keep_error(out);
    if (descriptor >= 0)
        close(descriptor);
}

static void finish_file(ht_csv_out *out) {
    if (out->error == 0 && fsync(fileno(out->file)) != 0)
        keep_error(out);
    if (fclose(out->file) != 0)
        keep_error(out);
    if (out->error != 0 || rename(ht_text_get(&out->temporary), ht_text_get(&out->path)) != 0) {
        keep_error(out);
        unlink(ht_text_get(&out->temporary));
        return;
    }
    sync_folder(out);
}

ht_status ht_csv_out_close(ht_csv_out *out, ht_err *err) {
    if (fflush(out->file) != 0)
        keep_error(out);
    if (!is_stream(out))
        finish_file(out);
    ht_status status = out->error == 0 ? HT_OK : fail(out, out->error, err);
    destroy(out);
    return status;
}

void ht_csv_out_abandon(ht_csv_out *out) {
    if (!is_stream(out)) {
        fclose(out->file);
        unlink(ht_text_get(&out->temporary));
    }
    destroy(out);
}

/* ---- cells ---- */

/* A text that a spreadsheet would run gets a '. So does one that already looks as if it had: the reader takes just one
 * away. */
static bool needs_escape(const char *text) {
    text += strspn(text, "'");
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static bool needs_quotes(const char *text) {
    size_t length = strlen(text);
    return length > 0 && (strpbrk(text, "\";\r\n\t") || text[0] == ' ' || text[length - 1] == ' ');
}

void ht_csv_out_text(ht_csv_out *out, const char *text) {
    bool quoted = needs_quotes(text);
    begin_cell(out);
    if (quoted)
        put(out, "\"", 1);
    if (needs_escape(text))
        put(out, "'", 1);
    for (const char *mark; quoted && (mark = strchr(text, '"')) != NULL; text = mark + 1) {
        put(out, text, (size_t)(mark - text) + 1);
        put(out, "\"", 1);
    }
    put(out, text, strlen(text));
    if (quoted)
        put(out, "\"", 1);
}

void ht_csv_out_number(ht_csv_out *out, const char *number) {
    begin_cell(out);
    put(out, number, strlen(number));
}

void ht_csv_out_end_row(ht_csv_out *out) {
    put(out, "\r\n", 2);
    out->in_row = false;
}

/* ---- a table ---- */

/* Words and texts may be of somebody else's making; the rest is printed by our own number printer. */
static bool is_number(ht_column_type type) {
    switch (type) {
    case HT_COL_DATE:
    case HT_COL_TIME:
    case HT_COL_FROM:
    case HT_COL_TO:
    case HT_COL_INT:
    case HT_COL_DECIMAL:
        return true;
    default:
        return false;
    }
}

static void write_header(ht_csv_out *out, const ht_table *table, ht_words_in words) {
    for (int32_t i = 0; i < table->count; i++)
        ht_csv_out_text(out, words == HT_SWEDISH ? table->columns[i].swedish : table->columns[i].name);
    ht_csv_out_end_row(out);
}

static bool write_row(ht_csv_out *out, const ht_table *table, const ht_dataset *data, const void *row,
                      ht_words_in words) {
    char cell[CELL_ROOM];
    for (int32_t i = 0; i < table->count; i++) {
        const ht_column *column = &table->columns[i];
        if (!ht_cell_print(column, ht_row_get(row, column), &data->text, words, cell, sizeof cell))
            return false;
        if (is_number(column->type))
            ht_csv_out_number(out, cell);
        else
            ht_csv_out_text(out, cell);
    }
    ht_csv_out_end_row(out);
    return true;
}

ht_status ht_csv_write_table(const char *folder, const ht_table *table, const ht_dataset *data, ht_words_in words,
                             ht_err *err) {
    char name[64];
    snprintf(name, sizeof name, "%s.csv", table->name);
    ht_csv_out *out = ht_csv_out_open(folder, name, err);
    if (!out)
        return err->status;
    write_header(out, table, words);
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++)
        if (!write_row(out, table, data, ht_array_at(&data->table[table->id], i), words)) {
            ht_csv_out_abandon(out);
            return ht_fail(err, HT_EINTERNAL, _("%s/%s: row %d has a cell that cannot be printed"), folder, name,
                           (int)i + 1);
        }
    return ht_csv_out_close(out, err);
}
