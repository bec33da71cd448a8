/**
 * How facts get into the stream: the rules that a change must obey and the client that sends it.
 * Knows nothing of windows, models or what happens later.
 */
@NullMarked
package dev.emend.publish;

import org.jspecify.annotations.NullMarked;
