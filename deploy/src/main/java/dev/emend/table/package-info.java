/** Tables of plain text for people to read. Knows nothing of what stands in them. */
@NullMarked
package dev.emend.table;

import org.jspecify.annotations.NullMarked;
