/**
 * The worker's loop: poll a window, stage its edit, judge it, commit everything in one Kafka
 * transaction, swap. Knows the topics and the order of things; must not know the mathematics of an
 * edit, which it reaches only through {@link dev.emend.worker.WindowEditor}.
 */
@NullMarked
package dev.emend.worker;

import org.jspecify.annotations.NullMarked;
