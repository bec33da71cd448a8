/**
 * Offline work on the editor of the stream: edits of a model folder, scores over data sets, key
 * statistics from text, and parity with the public implementations. Must not know Kafka.
 */
@NullMarked
package dev.emend.evaluate;

import org.jspecify.annotations.NullMarked;
