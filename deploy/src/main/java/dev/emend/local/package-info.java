/**
 * The local stack: a real KRaft broker inside this JVM and a real schema registry beside it, on
 * free ports of the loopback interface, with their data in one folder. Must not know facts, models
 * or what else travels through the broker.
 */
@NullMarked
package dev.emend.local;

import org.jspecify.annotations.NullMarked;
