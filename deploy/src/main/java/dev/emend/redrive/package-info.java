/**
 * Sends dead letters back into the stream after a fix. Knows the headers of a dead letter and the
 * topics, but nothing of what a fact change says unless a key must be made anew.
 */
@NullMarked
package dev.emend.redrive;

import org.jspecify.annotations.NullMarked;
