/**
 * Which fact holds which key and value in the weights: the memory that overwriting, retracting and
 * consolidating work from. Knows the record on the wire; knows neither how it travels nor the
 * mathematics that uses it.
 */
@NullMarked
package dev.emend.ledger;

import org.jspecify.annotations.NullMarked;
