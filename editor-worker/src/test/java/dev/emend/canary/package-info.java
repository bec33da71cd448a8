/** Tests of the room, with models that answer from a table. */
@NullMarked
package dev.emend.canary;

import org.jspecify.annotations.NullMarked;
