/**
 * Says what is wrong with a log: what was lost, doubled, left out or forked, and which copies of a
 * model differ. Must not know how the log came about.
 */
@NullMarked
package dev.emend.itests.chaos.check;

import org.jspecify.annotations.NullMarked;
