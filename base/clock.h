/* base/clock.h: how long things take. The only place that reads a clock.
 *
 * Units: seconds as double, from an arbitrary start.
 */
#ifndef HT_BASE_CLOCK_H
#define HT_BASE_CLOCK_H

double ht_clock_wall(void); /* monotonic */
double ht_clock_cpu(void);  /* of the whole process, all threads */

#endif
