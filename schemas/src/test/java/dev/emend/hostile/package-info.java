/** Broken and hostile input, made from a seed, for the tests of everything that reads bytes. */
@NullMarked
package dev.emend.hostile;

import org.jspecify.annotations.NullMarked;
