/** Tests of the room. */
@NullMarked
package dev.emend.version;

import org.jspecify.annotations.NullMarked;
