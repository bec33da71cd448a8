/**
 * Judges staged weights before anybody sees them: do the window's facts hold, do neighbours and
 * older facts stay? Knows prompts and answers; knows neither how weights are changed nor Kafka.
 */
@NullMarked
package dev.emend.canary;

import org.jspecify.annotations.NullMarked;
