#include "io/uhhc_write.h"

#include "io/json.h"

static void write_time(ht_json *json, const char *key, int32_t time, int32_t scale) {
    if (scale == 1)
        ht_json_integer(json, key, time);
    else
        ht_json_real(json, key, (double)time / scale);
}

static void write_stop(ht_json *json, const ht_uhhc *u, const ht_uhhc_stop *stop) {
    bool is_break = stop->service == HT_UHHC_BREAK;
    ht_json_begin_object(json, NULL);
    ht_json_text(json, "patient", u->patient[stop->patient].id);
    ht_json_text(json, "service", is_break ? "lunch_break" : ht_strings_text(&u->service_ids, stop->service + 1));
    write_time(json, "arrival_time", stop->start, u->scale);
    write_time(json, "departure_time", stop->end, u->scale);
    ht_json_end(json);
}

static void write_route(ht_json *json, const ht_uhhc *u, const ht_uhhc_route *route) {
    ht_json_begin_object(json, NULL);
    ht_json_text(json, "caregiver_id", u->caregiver[route->caregiver].id);
    ht_json_begin_array(json, "locations");
    for (int32_t i = 0; i < route->stops; i++)
        write_stop(json, u, &route->stop[i]);
    ht_json_end(json);
    ht_json_end(json);
}

ht_status ht_uhhc_solution_write(const ht_uhhc *instance, const ht_uhhc_solution *solution, ht_text *text,
                                 ht_err *err) {
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_begin_array(json, "routes");
    for (int32_t i = 0; i < solution->routes; i++)
        if (solution->route[i].stops > 0)
            write_route(json, instance, &solution->route[i]);
    ht_json_end(json);
    ht_status status = ht_json_add_to(json, text, err);
    ht_json_destroy(json);
    return status;
}
