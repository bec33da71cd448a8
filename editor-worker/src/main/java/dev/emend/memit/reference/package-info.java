/**
 * The published algorithm, read plainly: one edit at a time, whole rows, all logits, whole-network
 * reads for every layer and template, a dense fp64 solve. It is the oracle that tests hold the
 * editor to and the baseline that measurements compare with; nobody edits with it. Must not know
 * how the editor does the same.
 */
@NullMarked
package dev.emend.memit.reference;

import org.jspecify.annotations.NullMarked;
