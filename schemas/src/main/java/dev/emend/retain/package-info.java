/**
 * What of a model's log may be deleted, so that every version that is promised can still be
 * rebuilt: the plan, which is pure, and its execution in an order that a crash does not harm.
 */
@NullMarked
package dev.emend.retain;

import org.jspecify.annotations.NullMarked;
