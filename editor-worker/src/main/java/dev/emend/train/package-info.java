/**
 * Trains a small language model on a table of facts: byte-level BPE, rendering of facts in many
 * wordings, the training loop, checkpoints, and the Hugging Face folder that comes out. Knows
 * tensors, text files and facts in wordings; must not know Kafka, events, windows, editing or
 * metrics.
 */
@NullMarked
package dev.emend.train;

import org.jspecify.annotations.NullMarked;
