/**
 * Measurements of the editor on this machine: the published algorithm against ours, dense solves
 * against the stored inverse. Knows neither Kafka nor the command line.
 */
@NullMarked
package dev.emend.bench;

import org.jspecify.annotations.NullMarked;
