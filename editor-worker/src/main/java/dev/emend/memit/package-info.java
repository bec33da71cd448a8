/**
 * The mathematics of MEMIT-MASS: targets for a whole window at once, keys, key statistics, the
 * closed-form update layer by layer, and the memory of keys over all windows (Meng et al., Mass-
 * Editing Memory in a Transformer, 2023). Must not know Kafka, metrics, versions or who asks for an
 * edit.
 */
@NullMarked
package dev.emend.memit;

import org.jspecify.annotations.NullMarked;
