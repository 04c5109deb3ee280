#include "app/generate_folder.h"

#include <unistd.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "io/csv_write.h"

/* Travel times follow from the coordinates, settings and series are the user's: these files are not ours. */
static const ht_table_id FILES[] = {HT_TEAMS,    HT_CLIENTS, HT_STAFF,     HT_SKILLS,   HT_ROSTER,
                                    HT_ABSENCES, HT_VISITS,  HT_RELATIONS, HT_PERFORMED};
enum { FILE_COUNT = sizeof FILES / sizeof FILES[0], DIGITS = 4 };

/* ---- whose folder it is ---- */

static ht_status is_there(const char *folder, const char *name, bool *there, ht_err *err) {
    ht_text path;
    ht_text_init(&path, &ht_allocator_system);
    ht_text_addf(&path, "%s/%s", folder, name);
    ht_status status = path.failed ? ht_fail_memory(err) : HT_OK;
    *there = !status && access(ht_text_get(&path), F_OK) == 0;
    ht_text_release(&path);
    return status;
}

/* Data that this program did not make up may be somebody's only copy. */
static ht_status refuse_others(const char *folder, ht_err *err) {
    bool there = false;
    ht_status status = is_there(folder, HT_GENERATE_NOTE, &there, err);
    if (status || there)
        return status;
    for (int32_t i = 0; i < FILE_COUNT; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.csv", ht_table_get(FILES[i])->name);
        status = is_there(folder, name, &there, err);
        if (status)
            return status;
        if (there)
            return ht_fail(err, HT_EINPUT,
                           _("%s/%s is not made up by this program (there is no %s beside it): give "
                             "another folder"),
                           folder, name, HT_GENERATE_NOTE);
    }
    return HT_OK;
}

/* ---- the note ---- */

/* " --sick-rate" of "sick_rate". */
static void add_option(ht_text *text, const char *name) {
    ht_text_addf(text, " --");
    for (; *name != '\0'; name++)
        ht_text_add(text, *name == '_' ? "-" : name, 1);
}

/* Teams and staff that were not asked for are 0. */
static void add_int(ht_text *text, const char *name, int64_t value) {
    if (value == 0 && (strcmp(name, "teams") == 0 || strcmp(name, "staff") == 0))
        return;
    add_option(text, name);
    ht_text_addf(text, " %lld", (long long)value);
}

static void add_share(ht_text *text, const char *name, int64_t value) {
    char share[32];
    ht_decimal_print(value, HT_SHARE_ONE, DIGITS, '.', share, sizeof share);
    add_option(text, name);
    ht_text_addf(text, " %s", share);
}

static void add_date(ht_text *text, const char *name, int64_t value) {
    char date[HT_DATE_TEXT];
    ht_date_print((int32_t)value, date, sizeof date);
    add_option(text, name);
    ht_text_addf(text, " %s", date);
}

/* The command that makes the same files again. */
static void add_command(ht_text *text, const ht_generate_options *options) {
    ht_text_addf(text, "hemtur generate");
#define INT add_int
#define SHARE add_share
#define DATE add_date
#define X(name, kind, argument, standard, min, max, unit, help) kind(text, #name, options->name);
    HT_GENERATE_OPTIONS(X)
#undef X
#undef INT
#undef SHARE
#undef DATE
}

static ht_status write_note(const ht_generate_job *job, ht_file_batch *batch, ht_err *err) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    add_command(&text, &job->options);
    ht_text_addf(&text, "\n\nMade up: there are no such people, places or visits.\n");
    ht_whole_file *file = text.failed ? NULL : ht_whole_file_open(job->folder, HT_GENERATE_NOTE, err);
    ht_status status = text.failed ? ht_fail_memory(err) : file == NULL ? err->status : HT_OK;
    if (file != NULL) {
        ht_whole_file_put(file, ht_text_get(&text), text.length);
        status = ht_whole_file_hand_over(file, batch, err);
    }
    ht_text_release(&text);
    return status;
}

/* ---- the files ---- */

static bool stopped(const ht_generate_job *job, ht_generate_summary *summary) {
    summary->stopped = job->stop != NULL && atomic_load(job->stop) != 0;
    return summary->stopped;
}

static ht_status write_table(const ht_generate_job *job, ht_table_id id, const ht_dataset *data, ht_file_batch *batch,
                             ht_generate_summary *summary, ht_err *err) {
    ht_csv_out *out = ht_csv_out_open_table(job->folder, ht_table_get(id), data, job->words, err);
    if (out == NULL)
        return err->status;
    summary->written[id] = true;
    summary->rows[id] = ht_dataset_count(data, id);
    return ht_csv_out_hand_over(out, batch, err);
}

/* The note is placed first: what is left of a run that was killed is known as ours. */
static ht_status write_files(const ht_generate_job *job, const ht_dataset *data, ht_generate_summary *summary,
                             ht_err *err) {
    ht_file_batch batch;
    ht_file_batch_init(&batch);
    ht_status status = ht_file_batch_folder(&batch, job->folder, err);
    if (!status)
        status = write_note(job, &batch, err);
    for (int32_t i = 0; i < FILE_COUNT && !status && !stopped(job, summary); i++)
        status = write_table(job, FILES[i], data, &batch, summary, err);
    if (!status && !stopped(job, summary))
        status = ht_file_batch_place(&batch, err);
    ht_file_batch_release(&batch);
    return status;
}

ht_status ht_generate_folder(const ht_generate_job *job, ht_generate_summary *summary, ht_err *err) {
    *summary = (ht_generate_summary){.stopped = false};
    ht_dataset data;
    bool made = ht_dataset_init(&data, &ht_allocator_system);
    ht_status status = made ? refuse_others(job->folder, err) : ht_fail_memory(err);
    if (!status)
        status = ht_generate(&job->options, &data, err);
    if (!status)
        status = write_files(job, &data, summary, err);
    ht_dataset_release(&data);
    return status;
}
