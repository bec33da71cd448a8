/**
 * The topics: names, keys, how long they keep what, who creates them, and how a client reaches
 * them. Knows the records on the wire but not what is done with them.
 */
@NullMarked
package dev.emend.topic;

import org.jspecify.annotations.NullMarked;
