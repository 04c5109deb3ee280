/* solver/stream.h: one seeded stream of search: ruin, recreate, accept by simulated annealing.
 *
 * Ownership: a stream has an arena of its own; the problem, what is looked up of it and the weights are borrowed.
 * Threads:   one thread runs a stream at a time; between segments anyone may look at it.
 * Source:    SISR: Christiaens and Vanden Berghe (2020), Transportation Science 54(2):417-433.
 */
#ifndef HT_SOLVER_STREAM_H
#define HT_SOLVER_STREAM_H

#include <stdatomic.h>

#include "solver/insertion.h"
#include "solver/route_pool.h"
#include "solver/ruin.h"

/* From this part of the run on an unplanned visit weighs its whole weight at least. */
#define HT_INSIST 0.5

/* The part of the run that is spent between hot and warm, where who comes is settled; the rest settles the journeys. */
#define HT_KNEE 0.8

typedef struct ht_stream_options {
    ht_ruin_options ruin;
    double blink;
    double hot_rises, cold_rises; /* not 0: temperatures are so many times what an iteration usually costs more */
    double hot, warm, cold;       /* temperature at the start, at HT_KNEE and at the end of the run, in ht_cost */
    double fill_hot, fill_cold;   /* the same while the first full plan is looked for */
    double penalty_part;          /* of an unplanned visit's weight, when a phase begins; the whole from HT_INSIST on */
    double penalty_growth,
        fill_penalty_growth; /* in each iteration that it stays so, as part of the hottest temperature */
} ht_stream_options;

/* What a segment of the run is for. */
typedef enum ht_phase { HT_PHASE_FILL, HT_PHASE_ANNEAL } ht_phase;

/* How far a segment goes, and where it lies in its phase: the temperature follows from it. A fill segment ends when all
 * is planned. */
typedef struct ht_segment {
    ht_phase phase;
    int64_t work;    /* iterations; INT64_MAX: until the clock */
    double deadline; /* ht_clock_wall(); 0: no clock is read */
    double from, to; /* parts of the phase, 0 .. 1 */
    double begin;    /* clock at the segment's start */
    const atomic_int *stop;
} ht_segment;

/* What streams look up of a problem: made once, for all of them. */
typedef struct ht_lookup {
    ht_takers takers;
    ht_neighbours neighbours;
    const int32_t *travel_to[HT_MODES];
    int32_t *least_points; /* of each visit: what the person who suits its client best would count */
} ht_lookup;

/* False when memory is out. */
bool ht_lookup_init(ht_lookup *lookup, const ht_problem *problem, ht_arena *arena);

typedef struct ht_stream {
    ht_arena arena;
    const ht_lookup *lookup;
    ht_rng rng;
    ht_routes *routes;
    ht_inserter inserter;
    ht_ruiner ruiner;
    ht_stream_options options;
    ht_snapshot best;   /* by the objective's levels */
    ht_snapshot elite;  /* by the search's sum, of this phase: what others go on from */
    ht_route_pool pool; /* routes met while it anneals */
    int64_t work;
    double temperature;
    double full_at;   /* clock when the fewest unplanned were reached; 0 where no clock was read */
    ht_cost *penalty; /* of each visit while it is absent, in the search's eyes: grows as long as it is */
    ht_cost penalty_growth;
    bool leaves_out;      /* in this phase: a visit that costs more than it weighs stays absent */
    int32_t *order, *key; /* of the absent visits, while they are put back */
} ht_stream;

/* All visits unplanned; borrows the problem, what is looked up of it and the weights. NULL when memory is out. */
ht_stream *ht_stream_create(const ht_problem *problem, const ht_lookup *lookup, const ht_weights *weights,
                            const ht_stream_options *options, ht_rng rng, const ht_allocator *allocator);
void ht_stream_destroy(ht_stream *stream);

/* Makes the first plan: every visit put in where it is cheapest. Of a large problem what is left when the deadline (0: no
 * clock is read) or a stop comes stays unplanned. */
void ht_stream_construct(ht_stream *stream, double deadline, const atomic_int *stop);

/* Begins a phase: its weights, and unplanned visits weigh little again. */
void ht_stream_begin_phase(ht_stream *stream, ht_phase phase, const ht_weights *weights);

/* Sets the temperatures by what an iteration usually costs more: goes downhill for so many iterations, or until the
 * deadline (0: no clock is read) or a stop. */
void ht_stream_take_heat(ht_stream *stream, int32_t iterations, double deadline, const atomic_int *stop);

/* Searches one segment. */
void ht_stream_run(ht_stream *stream, const ht_segment *segment);

/* Goes on from another plan; it becomes the best where it is better. */
void ht_stream_adopt(ht_stream *stream, const ht_snapshot *plan);

#endif
