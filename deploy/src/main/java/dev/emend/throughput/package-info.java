/**
 * Measures how many events a second the stream app takes, beside a topology that only passes them
 * through. Knows brokers and the records on the wire; a model is not needed, for the worker only
 * acknowledges.
 */
@NullMarked
package dev.emend.throughput;

import org.jspecify.annotations.NullMarked;
