/**
 * Tells a new base model everything that stands in another one. Knows publishers and outcomes; must
 * not know how a fact is edited.
 */
@NullMarked
package dev.emend.rebase;

import org.jspecify.annotations.NullMarked;
