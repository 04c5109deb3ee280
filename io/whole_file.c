#include "io/whole_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/words.h"

enum { NAMES_TRIED = 100 };

/* Where a file is, and where it is to be. */
typedef struct places {
    ht_text folder, path, temporary;
} places;

struct ht_whole_file {
    FILE *file;
    places at;
    int error; /* the first errno, 0 while all is well */
};

static void places_release(places *at) {
    ht_text_release(&at->folder);
    ht_text_release(&at->path);
    ht_text_release(&at->temporary);
}

static bool places_init(places *at, const char *folder, const char *name) {
    ht_text_init(&at->folder, &ht_allocator_system);
    ht_text_init(&at->path, &ht_allocator_system);
    ht_text_init(&at->temporary, &ht_allocator_system);
    ht_text_addf(&at->folder, "%s", folder);
    ht_text_addf(&at->path, "%s/%s", folder, name);
    return !at->folder.failed && !at->path.failed;
}

static void keep_error(ht_whole_file *file) {
    if (file->error == 0)
        file->error = errno != 0 ? errno : EIO;
}

static void destroy(ht_whole_file *file) {
    places_release(&file->at);
    ht_allocator_system.release(ht_allocator_system.context, file);
}

static ht_status fail(const char *path, int error, ht_err *err) {
    return ht_fail(err, HT_ESYSTEM, _("%s: cannot be written: %s"), path, ht_error_text(error));
}

/* ---- one file ---- */

/* A name that is taken is passed over. */
int ht_temporary_open(const char *folder, const char *name, ht_text *path) {
    int descriptor = -1;
    for (int32_t i = 0; i < NAMES_TRIED && descriptor < 0; i++) {
        ht_text_empty(path);
        ht_text_addf(path, "%s/.%s.%ld-%d.tmp", folder, name, (long)getpid(), (int)i);
        if (path->failed)
            return -1;
        descriptor = open(ht_text_get(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor < 0 && errno != EEXIST)
            return -1;
    }
    return descriptor;
}

static ht_status open_file(ht_whole_file *file, const char *name, ht_err *err) {
    int descriptor = ht_temporary_open(ht_text_get(&file->at.folder), name, &file->at.temporary);
    if (file->at.temporary.failed)
        return ht_fail_memory(err);
    if (descriptor < 0)
        return fail(ht_text_get(&file->at.path), errno, err);
    file->file = fdopen(descriptor, "wb");
    if (file->file)
        return HT_OK;
    ht_status status = fail(ht_text_get(&file->at.path), errno, err);
    close(descriptor);
    unlink(ht_text_get(&file->at.temporary));
    return status;
}

ht_whole_file *ht_whole_file_open(const char *folder, const char *name, ht_err *err) {
    ht_whole_file *file = ht_allocator_system.resize(ht_allocator_system.context, NULL, sizeof *file);
    if (!file) {
        ht_fail_memory(err);
        return NULL;
    }
    *file = (ht_whole_file){0};
    ht_status status = places_init(&file->at, folder, name) ? open_file(file, name, err) : ht_fail_memory(err);
    if (status == HT_OK)
        return file;
    destroy(file);
    return NULL;
}

/* HT_OK where nothing stands at the path, or a file that may be replaced. */
static ht_status check_replaced(const char *path, const char *source, ht_err *err) {
    struct stat there, read;
    if (stat(path, &there) != 0)
        return HT_OK;
    if (S_ISDIR(there.st_mode))
        return fail(path, EISDIR, err);
    if (!S_ISREG(there.st_mode))
        return ht_fail(err, HT_ESYSTEM, _("%s: cannot be written: it is no file"), path);
    if (stat(source, &read) == 0 && read.st_dev == there.st_dev && read.st_ino == there.st_ino)
        return ht_fail(err, HT_ESYSTEM, _("%s: cannot be written: it is the file that is read"), path);
    return HT_OK;
}

ht_whole_file *ht_whole_file_open_beside(const char *path, const char *source, ht_err *err) {
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    if (check_replaced(path, source, err))
        return NULL;
    ht_text folder;
    ht_text_init(&folder, &ht_allocator_system);
    ht_text_add(&folder, slash == NULL ? "." : path, slash == NULL ? 1 : (size_t)(slash - path) + (slash == path));
    ht_whole_file *file = NULL;
    if (folder.failed) {
        ht_fail_memory(err);
    } else {
        ht_whole_file_sweep(ht_text_get(&folder));
        file = ht_whole_file_open(ht_text_get(&folder), name, err);
    }
    ht_text_release(&folder);
    return file;
}

void ht_whole_file_put(ht_whole_file *file, const char *bytes, size_t length) {
    if (file->error == 0 && fwrite(bytes, 1, length, file->file) != length)
        keep_error(file);
}

/* Makes the new names last through a power cut. Some file systems cannot sync a folder (EINVAL): there is nothing more
 * to do there. Returns an errno. */
static int sync_folder(const char *folder) {
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL) ? errno : 0;
    if (descriptor >= 0)
        close(descriptor);
    return error;
}

/* All of it on the disk, under its temporary name. */
static void finish(ht_whole_file *file) {
    if (fflush(file->file) != 0 || (file->error == 0 && fsync(fileno(file->file)) != 0))
        keep_error(file);
    if (fclose(file->file) != 0)
        keep_error(file);
    if (file->error != 0)
        unlink(ht_text_get(&file->at.temporary));
}

/* Returns an errno. */
static int put_in_place(const places *at) {
    if (rename(ht_text_get(&at->temporary), ht_text_get(&at->path)) == 0)
        return 0;
    int error = errno;
    unlink(ht_text_get(&at->temporary));
    return error;
}

ht_status ht_whole_file_close(ht_whole_file *file, ht_err *err) {
    finish(file);
    if (file->error == 0)
        file->error = put_in_place(&file->at);
    if (file->error == 0)
        file->error = sync_folder(ht_text_get(&file->at.folder));
    ht_status status = file->error == 0 ? HT_OK : fail(ht_text_get(&file->at.path), file->error, err);
    destroy(file);
    return status;
}

void ht_whole_file_abandon(ht_whole_file *file) {
    fclose(file->file);
    unlink(ht_text_get(&file->at.temporary));
    destroy(file);
}

/* ---- what killed runs left ---- */

/* The digits that end at `end`, as a number, and where they begin; 0 where there are none. */
static long number_before(const char *text, const char **end) {
    long value = 0, place = 1;
    const char *at = *end;
    for (; at > text && at[-1] >= '0' && at[-1] <= '9' && place < 1000000000; at--, place *= 10)
        value += place * (at[-1] - '0');
    bool digits = at < *end;
    *end = at;
    return digits ? value : -1;
}

static bool takes_end(size_t *length, const char *entry, const char *end) {
    size_t tail = strlen(end);
    if (*length < tail || strncmp(entry + *length - tail, end, tail) != 0)
        return false;
    *length -= tail;
    return true;
}

/* The process that a temporary name (ht_temporary_open()) belongs to, or the journal that SQLite keeps beside it while it
 * writes a copy of a store there; 0 where the entry is no such name. */
static long owner_of(const char *entry) {
    size_t length = strlen(entry);
    takes_end(&length, entry, "-journal");
    if (entry[0] != '.' || !takes_end(&length, entry, ".tmp"))
        return 0;
    const char *at = entry + length;
    if (number_before(entry, &at) < 0 || at == entry || *--at != '-')
        return 0;
    long owner = number_before(entry, &at);
    return owner > 0 && at > entry + 2 && at[-1] == '.' ? owner : 0;
}

void ht_whole_file_sweep(const char *folder) {
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        long owner = owner_of(entry->d_name);
        if (owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries)
        closedir(entries);
}

/* ---- a batch ---- */

void ht_file_batch_init(ht_file_batch *batch) {
    ht_array_init(&batch->waiting, sizeof(places), &ht_allocator_system);
    ht_array_init(&batch->folders, sizeof(ht_text), &ht_allocator_system);
}

/* The record comes first: a folder that was made is never forgotten. */
ht_status ht_file_batch_folder(ht_file_batch *batch, const char *path, ht_err *err) {
    ht_text *folder = ht_array_push(&batch->folders);
    if (!folder)
        return ht_fail_memory(err);
    ht_text_init(folder, &ht_allocator_system);
    ht_text_addf(folder, "%s", path);
    ht_status status = folder->failed ? ht_fail_memory(err) : HT_OK;
    bool made = !status && mkdir(path, S_IRWXU) == 0;
    if (!status && !made && errno != EEXIST)
        status = ht_fail(err, HT_ESYSTEM, _("cannot make the folder %s: %s"), path, ht_error_text(errno));
    if (!made) {
        ht_text_release(folder);
        ht_array_shrink(&batch->folders, batch->folders.count - 1);
    }
    if (!status)
        ht_whole_file_sweep(path);
    return status;
}

ht_status ht_whole_file_hand_over(ht_whole_file *file, ht_file_batch *batch, ht_err *err) {
    finish(file);
    if (file->error != 0) {
        ht_status status = fail(ht_text_get(&file->at.path), file->error, err);
        destroy(file);
        return status;
    }
    places *at = ht_array_push(&batch->waiting);
    if (!at) {
        unlink(ht_text_get(&file->at.temporary));
        destroy(file);
        return ht_fail_memory(err);
    }
    *at = file->at; /* owns its texts from here on */
    ht_allocator_system.release(ht_allocator_system.context, file);
    return HT_OK;
}

/* A folder is synced once: after the last of the files that stand side by side for it. */
static ht_status sync_folders(const places *at, int32_t count, ht_err *err) {
    for (int32_t i = 0; i < count; i++) {
        const char *folder = ht_text_get(&at[i].folder);
        if (i + 1 < count && strcmp(folder, ht_text_get(&at[i + 1].folder)) == 0)
            continue;
        int error = sync_folder(folder);
        if (error != 0)
            return fail(ht_text_get(&at[i].path), error, err);
    }
    return HT_OK;
}

static void forget(ht_file_batch *batch) {
    places *at = batch->waiting.items;
    ht_text *folder = batch->folders.items;
    for (int32_t i = 0; i < batch->waiting.count; i++)
        places_release(&at[i]);
    for (int32_t i = 0; i < batch->folders.count; i++)
        ht_text_release(&folder[i]);
    ht_array_empty(&batch->waiting);
    ht_array_empty(&batch->folders);
}

ht_status ht_file_batch_place(ht_file_batch *batch, ht_err *err) {
    const places *at = batch->waiting.items;
    for (int32_t i = 0; i < batch->waiting.count; i++) {
        int error = put_in_place(&at[i]);
        if (error != 0)
            return fail(ht_text_get(&at[i].path), error, err);
    }
    ht_status status = sync_folders(at, batch->waiting.count, err);
    forget(batch);
    return status;
}

void ht_file_batch_release(ht_file_batch *batch) {
    const places *at = batch->waiting.items;
    const ht_text *folder = batch->folders.items;
    for (int32_t i = 0; i < batch->waiting.count; i++)
        unlink(ht_text_get(&at[i].temporary));
    for (int32_t i = batch->folders.count; i-- > 0;)
        rmdir(ht_text_get(&folder[i])); /* those that hold something stay */
    forget(batch);
    ht_array_release(&batch->waiting);
    ht_array_release(&batch->folders);
}
