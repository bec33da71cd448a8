/**
 * A simulated stream and worker for the scheduler: seeded arrivals, a worker whose times follow a
 * calibration, and policies of fixed size and time to compare with. Discrete events, no threads, no
 * clock. Knows the scheduler and nothing of the topology.
 */
@NullMarked
package dev.emend.schedule.simulate;

import org.jspecify.annotations.NullMarked;
