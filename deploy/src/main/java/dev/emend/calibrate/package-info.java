/**
 * Measures windows of a grid of sizes and stocks as a worker edits them, fits the scheduler's
 * models to them, and draws the three plots. Knows neither broker nor stream.
 */
@NullMarked
package dev.emend.calibrate;

import org.jspecify.annotations.NullMarked;
