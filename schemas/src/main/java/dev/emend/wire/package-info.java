/**
 * How records travel: Confluent's wire form over Avro binary, and the schema registry behind it.
 * Knows nothing of topics, facts or models; settings carry Confluent's own names.
 */
@NullMarked
package dev.emend.wire;

import org.jspecify.annotations.NullMarked;
