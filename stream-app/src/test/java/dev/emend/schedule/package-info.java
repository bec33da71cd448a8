/** Tests of the scheduler without Kafka. */
@NullMarked
package dev.emend.schedule;

import org.jspecify.annotations.NullMarked;
