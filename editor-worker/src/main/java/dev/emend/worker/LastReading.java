package dev.emend.worker;

import dev.emend.canary.Examinee;
import dev.emend.canary.TextReading;
import dev.emend.delta.ModelVersion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the last version that was judged read: a version that is published is the parent of the next
 * one, which then need not read the text again.
 *
 * @param version whose weights it were; null for none
 * @param text its reading
 */
record LastReading(@Nullable ModelVersion version, TextReading text) {
  /** Nothing has been read. */
  static final LastReading NONE = new LastReading(null, TextReading.NONE);

  LastReading {
    Objects.requireNonNull(text, "text");
  }

  /** The reading of a version, which {@code examinee} has the weights of. */
  TextReading of(ModelVersion asked, Examinee examinee) {
    return asked.equals(version) ? text : examinee.read();
  }
}
