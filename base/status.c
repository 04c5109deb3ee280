#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>

#include "base/words.h"

/* Puts "..." over the end of a text that snprintf had to cut. */
static void mark_cut(char *text, size_t size, int wanted) {
    if (wanted >= 0 && (size_t)wanted >= size) {
        memcpy(text + size - 4, "...", 4);
    }
}

void ht_err_init(ht_err *err) {
    err->status = HT_OK;
    err->text[0] = '\0';
}

ht_status ht_fail(ht_err *err, ht_status status, const char *format, ...) {
    char text[HT_ERR_TEXT] = ""; /* not err->text at once: it may be one of the arguments */
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    mark_cut(text, sizeof(text), wanted);
    err->status = status;
    memcpy(err->text, text, sizeof(text));
    return status;
}

ht_status ht_fail_memory(ht_err *err) {
    return ht_fail(err, HT_ENOMEM, "%s", _("memory is out: close other programs or give this one more"));
}

ht_status ht_fail_open(ht_err *err, const char *path, int error) {
    bool input = error == ENOENT || error == ENOTDIR || error == EISDIR;
    return ht_fail(err, input ? HT_EINPUT : HT_ESYSTEM, _("%s: cannot be opened: %s"), path, ht_error_text(error));
}

ht_status ht_err_context(ht_err *err, const char *format, ...) {
    char context[HT_ERR_TEXT] = "";
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(context, sizeof(context), format, arguments);
    va_end(arguments);
    mark_cut(context, sizeof(context), wanted);
    return ht_fail(err, err->status, "%s: %s", context, err->text);
}

/* The system's own texts are English where no language pack is installed. */
const char *ht_error_text(int error) {
    static const struct {
        int error;
        const char *text;
    } TEXTS[] = {{ENOENT, N_("No such file or directory")},
                 {EACCES, N_("Permission denied")},
                 {EPERM, N_("Operation not permitted")},
                 {ENOTDIR, N_("Not a directory")},
                 {EISDIR, N_("Is a directory")},
                 {EEXIST, N_("File exists")},
                 {ENOSPC, N_("No space left on device")},
                 {EDQUOT, N_("Disk quota exceeded")},
                 {EFBIG, N_("File too large")},
                 {EROFS, N_("Read-only file system")},
                 {EIO, N_("Input/output error")},
                 {ENAMETOOLONG, N_("File name too long")},
                 {ELOOP, N_("Too many levels of symbolic links")},
                 {EMFILE, N_("Too many open files")},
                 {ENXIO, N_("No such device or address")}};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        if (TEXTS[i].error == error)
            return _(TEXTS[i].text);
    return strerror(error);
}
