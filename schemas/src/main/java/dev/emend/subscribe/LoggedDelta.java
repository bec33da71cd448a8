package dev.emend.subscribe;

import dev.emend.delta.PayloadSource;
import dev.emend.event.ModelDelta;

/**
 * A delta as found in the log, with everything that is needed to apply it.
 *
 * @param delta the record
 * @param place topic, partition and offset, for messages
 * @param payloads its payloads
 * @param after where reading goes on
 */
record LoggedDelta(ModelDelta delta, String place, PayloadSource payloads, LogPosition after) {}
