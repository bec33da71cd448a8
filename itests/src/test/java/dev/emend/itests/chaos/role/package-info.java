/**
 * The parts of Emend as processes of their own: a main class each, with a line protocol over the
 * standard streams. Must not know who starts or kills them, nor why.
 */
@NullMarked
package dev.emend.itests.chaos.role;

import org.jspecify.annotations.NullMarked;
