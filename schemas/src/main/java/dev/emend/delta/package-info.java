/**
 * How one version of a model becomes the next, exactly: low-rank updates, their bytes on the wire,
 * the chain that binds versions together, and the state that follows it. Knows nothing of how a
 * delta was computed or how it travels.
 */
@NullMarked
package dev.emend.delta;

import org.jspecify.annotations.NullMarked;
