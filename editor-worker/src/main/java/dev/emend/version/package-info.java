/**
 * Turns a staged version into the records that publish it: the delta and its chunks; and decides
 * which version the aliases point to. Knows the records and keys; must not know how the version was
 * computed, judged or sent.
 */
@NullMarked
package dev.emend.version;

import org.jspecify.annotations.NullMarked;
