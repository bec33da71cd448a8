/**
 * Finds the numbers with which a model is edited best, by trying: layers by successive halving on
 * growing windows, then weight of the statistics, clamp and step length one after the other. Knows
 * the editor and the scores; must not know Kafka.
 */
@NullMarked
package dev.emend.tune;

import org.jspecify.annotations.NullMarked;
