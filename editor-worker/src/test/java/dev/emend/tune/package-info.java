/** Tests of the search for a model's numbers. */
@NullMarked
package dev.emend.tune;

import org.jspecify.annotations.NullMarked;
