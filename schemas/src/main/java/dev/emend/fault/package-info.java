/**
 * What can go wrong, with a code for each: the one line that a person reads, and the reason that
 * travels with a dead letter. Knows nothing of who raises or handles a fault.
 */
@NullMarked
package dev.emend.fault;

import org.jspecify.annotations.NullMarked;
