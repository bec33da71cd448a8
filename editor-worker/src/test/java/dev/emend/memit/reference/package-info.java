/**
 * The oracle: a plain reading of the published algorithm, one edit at a time, whole rows, all
 * logits, dense solves in plain arrays. Slow, and written without a look at the fast one.
 */
@NullMarked
package dev.emend.memit.reference;

import org.jspecify.annotations.NullMarked;
