/** Tests of the measurements. */
@NullMarked
package dev.emend.bench;

import org.jspecify.annotations.NullMarked;
