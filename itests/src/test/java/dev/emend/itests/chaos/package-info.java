/**
 * Emend as a whole under {@code kill -9}, pauses and cut-off commits: what is published, killed and
 * checked follows from a seed. The rooms: {@code role} are the processes, {@code system} starts and
 * kills them, {@code load} says what is published and what must come of it, {@code check} looks for
 * what is lost, doubled or forked.
 */
@NullMarked
package dev.emend.itests.chaos;

import org.jspecify.annotations.NullMarked;
