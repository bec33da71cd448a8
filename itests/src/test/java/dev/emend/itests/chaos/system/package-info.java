/**
 * The embedded stack and all parts of Emend as processes that are started, watched, killed, paused
 * and started again. Must not know what is published nor what is checked.
 */
@NullMarked
package dev.emend.itests.chaos.system;

import org.jspecify.annotations.NullMarked;
