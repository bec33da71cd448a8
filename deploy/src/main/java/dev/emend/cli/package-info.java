/**
 * The {@code emend} command: options in, a line or a report out, an exit code. One file a
 * subcommand. Must not know how anything is done: it wires the other rooms together.
 */
@NullMarked
package dev.emend.cli;

import org.jspecify.annotations.NullMarked;
