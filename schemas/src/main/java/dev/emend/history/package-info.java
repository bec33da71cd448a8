/**
 * What a model was told over its versions: which fact stood from which version to which, by whom,
 * and what lies between two versions. Must not know how weights are made.
 */
@NullMarked
package dev.emend.history;

import org.jspecify.annotations.NullMarked;
