/**
 * Decides when a window closes and what goes into it. Pure: it knows neither Kafka nor the wire,
 * only the word for why a window closed; time comes in as an argument, so that a simulator can
 * drive it as well as a processor.
 */
@NullMarked
package dev.emend.schedule;

import org.jspecify.annotations.NullMarked;
