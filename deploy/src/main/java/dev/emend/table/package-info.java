/** Tables of plain text for people to read. Knows what it shows, but not where it comes from. */
@NullMarked
package dev.emend.table;

import org.jspecify.annotations.NullMarked;
