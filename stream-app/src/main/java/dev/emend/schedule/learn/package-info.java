/**
 * What the scheduler learns from finished windows: how long one takes, what memory it needs, what
 * it does to the model. Small Bayesian regressions that forget, each with its interval. Must know
 * neither Kafka nor the wire nor when a window closes; a window is a handful of numbers here.
 */
@NullMarked
package dev.emend.schedule.learn;

import org.jspecify.annotations.NullMarked;
