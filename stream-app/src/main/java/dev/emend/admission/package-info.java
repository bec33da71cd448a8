/**
 * Who may say what, and how much of it: a file that an operator writes, and the rules that follow
 * from it. Must know neither Kafka nor where a change comes from; time is an argument.
 */
@NullMarked
package dev.emend.admission;

import org.jspecify.annotations.NullMarked;
