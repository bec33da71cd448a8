/**
 * The topology, one processor a file, in the order in which a fact walks through it: decode,
 * validate, deduplicate, calendar, settle, hand over. Knows Kafka Streams but nothing of how a
 * model is edited; when a window closes is decided in {@code dev.emend.schedule}.
 */
@NullMarked
package dev.emend.stream;

import org.jspecify.annotations.NullMarked;
