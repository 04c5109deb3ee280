#include "base/status.h"

#include <stdarg.h>

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

ht_status ht_err_context(ht_err *err, const char *format, ...) {
    char context[HT_ERR_TEXT] = "";
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(context, sizeof(context), format, arguments);
    va_end(arguments);
    mark_cut(context, sizeof(context), wanted);
    return ht_fail(err, err->status, "%s: %s", context, err->text);
}
