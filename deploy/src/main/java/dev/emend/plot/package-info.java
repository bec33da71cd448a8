/**
 * Pictures of what was measured, as PNG files. Knows the reports that it draws; must not know how
 * they were measured, nor who asks.
 */
@NullMarked
package dev.emend.plot;

import org.jspecify.annotations.NullMarked;
