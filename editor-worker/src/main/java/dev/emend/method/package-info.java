/**
 * Other published ways to edit a model, in the same frame as ours: the same model, facts, target
 * search, statistics and scores, so that a table compares methods and nothing else. Each is a small
 * class that names its paper and equation. For {@code emend eval --method}; must not know Kafka,
 * data sets or scores, and nothing of the stream may use it.
 */
@NullMarked
package dev.emend.method;

import org.jspecify.annotations.NullMarked;
