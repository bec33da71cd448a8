/**
 * Sources of dated facts: replays a timeline into the stream in the order of its dates. Knows how
 * to publish, but nothing of the topology that reads it.
 */
@NullMarked
package dev.emend.timeline;

import org.jspecify.annotations.NullMarked;
