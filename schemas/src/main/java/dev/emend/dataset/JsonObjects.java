package dev.emend.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON objects of a file, one after another. */
interface JsonObjects extends Closeable {
  /**
   * A value and the line on which it starts.
   *
   * @param line from 1
   * @param node the value
   */
  record Located(long line, JsonNode node) {}

  /** The next value, or null at the end. */
  @Nullable Located next() throws IOException;

  /** The line to name if {@link #next} fails. */
  long line();
}
