/**
 * What a model was told over its versions: which fact stood from which version to which, by whom,
 * and what lies between two versions. Computed from what versions say of themselves; must not know
 * where that was read.
 */
@NullMarked
package dev.emend.history;

import org.jspecify.annotations.NullMarked;
