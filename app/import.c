#include "app/import.h"

#include "base/words.h"
#include "model/validate.h"

static ht_status refuse(const ht_issues *issues, ht_err *err) {
    if (issues->failed)
        return ht_fail_memory(err);
    return ht_fail(err, HT_EINPUT,
                   HT_PLURAL("%d problem; nothing is stored", "%d problems; nothing is stored", issues->count),
                   issues->count);
}

/* Judges the rows that could be read, also where others could not: all faults are told at once. */
static ht_status validate(ht_dataset *data, ht_issues *issues, ht_err *err) {
    if (!ht_validate(data, issues))
        return ht_fail_memory(err);
    return issues->count > 0 || issues->failed ? refuse(issues, err) : HT_OK;
}

static void cover(ht_import_summary *summary, int32_t date) {
    if (summary->from == HT_BLANK || date < summary->from)
        summary->from = date;
    if (summary->to == HT_BLANK || date > summary->to)
        summary->to = date;
}

static void summarise(const ht_dataset *data, const ht_folder *folder, ht_import_summary *summary) {
    *summary = (ht_import_summary){.from = HT_BLANK, .to = HT_BLANK};
    for (int32_t i = 0; i < HT_TABLES; i++) {
        summary->listed[i] = folder->listed[i];
        summary->rows[i] = ht_dataset_count(data, (ht_table_id)i);
    }
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_VISITS); i++)
        cover(summary, visit[i].date);
    const ht_roster_row *roster = ht_dataset_rows(data, HT_ROSTER);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_ROSTER); i++)
        cover(summary, roster[i].date);
}

/* Files that leave parts out say nothing of what they do not list. */
static ht_unlisted_series unlisted_series(const ht_import_job *job) {
    return job->mode == HT_FOLDER_WHOLE ? HT_SERIES_GO : HT_SERIES_STAY;
}

static ht_status write_rows(const ht_import_job *job, ht_store *store, ht_dataset *data, ht_issues *issues,
                            ht_store_changes *done, ht_err *err) {
    ht_status status = ht_store_begin(store, err);
    if (!status)
        status = ht_store_read_kept(store, unlisted_series(job), data, err);
    if (!status)
        status = validate(data, issues, err);
    if (!status)
        status = ht_store_write(store, unlisted_series(job), data, done, err);
    if (!status)
        status = ht_store_commit(store, err);
    if (status)
        ht_store_rollback(store);
    return status;
}

/* A store that was made for rows that turn out to be wrong goes again when it is closed. */
static ht_status store_rows(const ht_import_job *job, ht_dataset *data, ht_issues *issues, ht_store_changes *done,
                            ht_err *err) {
    ht_store *store = ht_store_open(job->db, HT_STORE_CREATE, err);
    if (store == NULL)
        return err->status;
    ht_status status = write_rows(job, store, data, issues, done, err);
    ht_store_close(store);
    return status;
}

/* Reads the folder, with the mapping where there is one; what is wrong with a mapping is told before any file. */
static ht_status read_folder(const ht_import_job *job, ht_csv_map *map, ht_dataset *data, ht_folder *folder,
                             ht_issues *issues, ht_err *err) {
    ht_status status = job->map == NULL ? HT_OK : ht_csv_map_read(job->map, map, issues, err);
    if (!status && issues->count > 0)
        status = refuse(issues, err);
    if (!status)
        status =
            ht_folder_read_mapped(job->folder, job->mode, job->map == NULL ? NULL : map, data, folder, issues, err);
    return !status && issues->failed ? ht_fail_memory(err) : status;
}

ht_status ht_import(const ht_import_job *job, ht_issues *issues, ht_import_summary *summary, ht_err *err) {
    ht_dataset data;
    ht_csv_map map;
    ht_folder folder = {{false}};
    if (!ht_dataset_init(&data, &ht_allocator_system))
        return ht_fail_memory(err);
    ht_csv_map_init(&map, &ht_allocator_system);
    ht_status status = read_folder(job, &map, &data, &folder, issues, err);
    if (!status) {
        summarise(&data, &folder, summary);
        status = store_rows(job, &data, issues, &summary->done, err);
    }
    ht_csv_map_release(&map);
    ht_dataset_release(&data);
    return status;
}
