/** Emend as a whole, on a real broker and a real registry. */
@NullMarked
package dev.emend.itests;

import org.jspecify.annotations.NullMarked;
