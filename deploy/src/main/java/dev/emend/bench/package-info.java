/**
 * Measurements of parts of Emend on the machine at hand, against what the machine can do. Knows the
 * parts, but not who asks.
 */
@NullMarked
package dev.emend.bench;

import org.jspecify.annotations.NullMarked;
