/**
 * What is published in a chaos run, and what must have become of it. Must not know processes or
 * kills.
 */
@NullMarked
package dev.emend.itests.chaos.load;

import org.jspecify.annotations.NullMarked;
