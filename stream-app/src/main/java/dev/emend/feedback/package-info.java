/**
 * Turns what a worker reports into what the scheduler learns from, and keeps what was learned in a
 * file. Stands between the wire and {@code dev.emend.schedule}; knows neither the topology nor how
 * a window is measured.
 */
@NullMarked
package dev.emend.feedback;

import org.jspecify.annotations.NullMarked;
