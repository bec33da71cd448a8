/** Tests of the trainer; the naive algorithms are the oracles. */
@NullMarked
package dev.emend.train;

import org.jspecify.annotations.NullMarked;
