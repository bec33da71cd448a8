/** Offline work on tiny models, and parity with figures of our own making. */
@NullMarked
package dev.emend.evaluate;

import org.jspecify.annotations.NullMarked;
