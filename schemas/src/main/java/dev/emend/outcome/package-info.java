/**
 * Follows what becomes of published events. Knows the outcomes on the wire, but neither how they
 * come about nor what a caller makes of them.
 */
@NullMarked
package dev.emend.outcome;

import org.jspecify.annotations.NullMarked;
