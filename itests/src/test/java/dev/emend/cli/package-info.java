/** A door for tests into the command line: commands run in this JVM, as a person types them. */
@NullMarked
package dev.emend.cli;

import org.jspecify.annotations.NullMarked;
