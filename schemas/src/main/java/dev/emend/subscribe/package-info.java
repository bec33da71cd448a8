/**
 * How a copy of a model follows the versions: read, verify, stage, swap, tell. Needs no machine
 * learning library. Knows nothing of how versions come about.
 */
@NullMarked
package dev.emend.subscribe;

import org.jspecify.annotations.NullMarked;
