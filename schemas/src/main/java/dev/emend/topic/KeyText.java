package dev.emend.topic;

import java.util.ArrayList;
import java.util.List;

/** Parts of a key joined by {@code |}; a backslash protects {@code |} and itself within a part. */
final class KeyText {
  private static final char SEPARATOR = '|';
  private static final char ESCAPE = '\\';

  private KeyText() {}

  static String join(String... parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        text.append(SEPARATOR);
      }
      append(text, parts[i]);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    if (part.indexOf(SEPARATOR) < 0 && part.indexOf(ESCAPE) < 0) {
      text.append(part); // as nearly all are
      return;
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == SEPARATOR || c == ESCAPE) {
        text.append(ESCAPE);
      }
      text.append(c);
    }
  }

  /** Undoes {@link #join}; refuses a text that it cannot have made. */
  static List<String> split(String text, int wanted) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == SEPARATOR) {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == ESCAPE) {
        i++;
        part.append(escaped(text, i));
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    if (parts.size() != wanted) {
      throw malformed(text);
    }
    return parts;
  }

  private static char escaped(String text, int at) {
    if (at < text.length() && (text.charAt(at) == SEPARATOR || text.charAt(at) == ESCAPE)) {
      return text.charAt(at);
    }
    throw malformed(text);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("'" + text + "' is no key of this kind");
  }
}
