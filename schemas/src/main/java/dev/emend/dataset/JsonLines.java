package dev.emend.dataset;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON value a line; empty lines are skipped. */
final class JsonLines implements JsonObjects {
  private static final int MAX_LINE_BYTES = 16 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final InputStream input;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private long line;

  /** Reads from a buffered stream that stands behind a byte order mark, if there is one. */
  JsonLines(InputStream input) {
    this.input = input;
  }

  @Override
  public @Nullable Located next() throws IOException {
    while (true) {
      String text = readLine();
      if (text == null) {
        return null;
      }
      if (!text.isBlank()) {
        return new Located(line, JSON.readTree(text));
      }
    }
  }

  @Override
  public long line() {
    return line;
  }

  private @Nullable String readLine() throws IOException {
    line++;
    buffer.reset();
    int next = input.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = input.read()) {
      if (buffer.size() == MAX_LINE_BYTES) {
        throw new IOException("longer than 16 MB");
      }
      buffer.write(next);
    }
    return decode(buffer.toByteArray());
  }

  private static String decode(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
