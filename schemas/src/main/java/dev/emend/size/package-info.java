/** Amounts of memory and storage, as people write them. */
@NullMarked
package dev.emend.size;

import org.jspecify.annotations.NullMarked;
