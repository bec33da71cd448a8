/** Rules that hold for the whole module. */
@NullMarked
package dev.emend;

import org.jspecify.annotations.NullMarked;
