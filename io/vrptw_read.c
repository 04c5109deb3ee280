#include "io/vrptw_read.h"

#include "base/array.h"
#include "base/words.h"
#include "io/word_read.h"

enum { VEHICLES_MAX = 100000, CAPACITY_MAX = 1000000, PLACES_MAX = 10001, SIDE_MAX = 1000000, TIME_MAX = 10000000 };

static ht_status read_place(ht_word_file *file, int32_t number, ht_vrptw_place *p) {
    int32_t id;
    ht_status status = ht_word_number(file, 1, number, number, &id);
    if (!status)
        status = ht_word_number(file, 1, -SIDE_MAX, SIDE_MAX, &p->x);
    if (!status)
        status = ht_word_number(file, 1, -SIDE_MAX, SIDE_MAX, &p->y);
    if (!status)
        status = ht_word_number(file, 1, 0, number == 0 ? 0 : CAPACITY_MAX, &p->demand); /* nothing at the depot */
    if (!status)
        status = ht_word_number(file, HT_VRPTW_SCALE, 0, TIME_MAX, &p->ready);
    if (!status)
        status = ht_word_number(file, HT_VRPTW_SCALE, 0, TIME_MAX, &p->due);
    if (!status && p->due < p->ready)
        status = ht_word_bad(file, _("a due date that is not before the ready time"));
    return status ? status : ht_word_number(file, HT_VRPTW_SCALE, 0, TIME_MAX, &p->service);
}

static ht_status read_places(ht_word_file *file, ht_vrptw *v, ht_err *err) {
    ht_array places;
    ht_array_init(&places, sizeof(ht_vrptw_place), &ht_allocator_system);
    ht_status status = HT_OK;
    while (!status && ht_word_number_is_next(file)) {
        ht_vrptw_place *place = ht_array_push(&places);
        status = place == NULL               ? ht_fail_memory(err)
                 : places.count > PLACES_MAX ? ht_word_bad(file, _("fewer customers"))
                                             : read_place(file, places.count - 1, place);
    }
    if (!status && places.count < 2)
        status = ht_word_bad(file, _("a depot and customers"));
    ht_vrptw_place *kept = status ? NULL : HT_ARENA_NEW(&v->arena, places.count, ht_vrptw_place);
    if (!status && kept == NULL)
        status = ht_fail_memory(err);
    if (!status) {
        memcpy(kept, places.items, (size_t)places.count * sizeof *kept);
        v->place = kept;
        v->places = places.count;
    }
    ht_array_release(&places);
    return status;
}

static ht_status read_instance(ht_word_file *file, ht_vrptw *v, ht_err *err) {
    static const char *const HEAD[] = {"VEHICLE", "NUMBER", "CAPACITY"};
    ht_word_next(file);
    snprintf(v->name, sizeof v->name, "%.31s", file->word);
    ht_status status = HT_OK;
    for (size_t i = 0; !status && i < sizeof HEAD / sizeof HEAD[0]; i++)
        status = ht_word_expect(file, HEAD[i]);
    if (!status)
        status = ht_word_number(file, 1, 1, VEHICLES_MAX, &v->vehicles);
    if (!status)
        status = ht_word_number(file, 1, 0, CAPACITY_MAX, &v->capacity);
    if (!status)
        status = ht_word_expect(file, "CUSTOMER");
    if (status)
        return status;
    ht_word_skip_line(file);
    ht_word_next(file);
    ht_word_skip_line(file); /* the heads of the columns */
    status = read_places(file, v, err);
    return status ? status : ht_word_expect_end(file);
}

ht_status ht_vrptw_read(const char *path, ht_vrptw *instance, ht_err *err) {
    ht_word_file file;
    *instance = (ht_vrptw){.places = 0};
    ht_arena_init(&instance->arena, &ht_allocator_system);
    ht_status status = ht_word_read(&file, path, err);
    if (!status)
        status = read_instance(&file, instance, err);
    ht_word_read_end(&file);
    if (status)
        ht_vrptw_release(instance);
    return status;
}

/* ---- solutions ---- */

typedef struct routes {
    ht_array first, stop; /* of int32_t */
} routes;

static bool push(ht_array *numbers, int32_t number) {
    int32_t *item = ht_array_push(numbers);
    if (item != NULL)
        *item = number;
    return item != NULL;
}

static ht_status read_routes(ht_word_file *file, const ht_vrptw *v, routes *all, ht_err *err) {
    ht_status status = HT_OK;
    while (!status && ht_word_is_next(file, "Route")) {
        ht_word_next(file);
        ht_word_next(file); /* "#1:" */
        if (!push(&all->first, all->stop.count))
            status = ht_fail_memory(err);
        while (!status && ht_word_number_is_next(file)) {
            int32_t customer = 0;
            status = ht_word_number(file, 1, 1, v->places - 1, &customer);
            if (!status && !push(&all->stop, customer))
                status = ht_fail_memory(err);
        }
    }
    if (!status && all->first.count == 0)
        status = ht_word_bad(file, "Route #1: ...");
    return status || push(&all->first, all->stop.count) ? status : ht_fail_memory(err);
}

/* The numbers in arena; NULL when memory is out. */
static const int32_t *keep(const ht_array *numbers, ht_arena *arena) {
    int32_t *kept = HT_ARENA_NEW(arena, numbers->count, int32_t);
    if (kept != NULL && numbers->count > 0)
        memcpy(kept, numbers->items, (size_t)numbers->count * sizeof *kept);
    return kept;
}

ht_status ht_vrptw_solution_read(const char *path, const ht_vrptw *instance, ht_arena *arena,
                                 ht_vrptw_solution *solution, ht_err *err) {
    ht_word_file file;
    routes all;
    ht_array_init(&all.first, sizeof(int32_t), &ht_allocator_system);
    ht_array_init(&all.stop, sizeof(int32_t), &ht_allocator_system);
    ht_status status = ht_word_read(&file, path, err);
    if (!status)
        status = read_routes(&file, instance, &all, err);
    if (!status) {
        *solution = (ht_vrptw_solution){all.first.count - 1, keep(&all.first, arena), keep(&all.stop, arena)};
        if (solution->first == NULL || solution->stop == NULL)
            status = ht_fail_memory(err);
    }
    ht_array_release(&all.first);
    ht_array_release(&all.stop);
    ht_word_read_end(&file);
    return status;
}
