package dev.emend.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The elements of one large JSON array, read as they are asked for. */
final class JsonArray implements JsonObjects {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonParser parser;

  JsonArray(InputStream input) throws IOException {
    this.parser = JSON.createParser(input);
    parser.nextToken();
  }

  @Override
  public @Nullable Located next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      requireEnd();
      return null;
    }
    if (token == null) {
      // After the closing bracket was read; before it, the parser reports the truncation.
      return null;
    }
    long line = line();
    JsonNode node = JSON.readTree(parser);
    return new Located(line, node);
  }

  private void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw new IOException("there is more after the end of the list");
    }
  }

  @Override
  public long line() {
    return parser.currentTokenLocation().getLineNr();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
