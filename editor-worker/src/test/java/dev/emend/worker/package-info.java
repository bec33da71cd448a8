/** Tests of the room. */
@NullMarked
package dev.emend.worker;

import org.jspecify.annotations.NullMarked;
