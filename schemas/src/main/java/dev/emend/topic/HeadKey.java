package dev.emend.topic;

import java.util.List;
import java.util.Objects;

/** Key of {@code emend.heads}. Text form {@code model|alias}, escaped as {@link FactKey}. */
public record HeadKey(String model, String alias) {
  /** The alias of the newest published version. */
  public static final String CANARY = "canary";

  /** The alias that readers follow if they name none: the newest version that has proved itself. */
  public static final String LIVE = "live";

  /**
   * Where rebuilding a model begins: deltas up to there may be gone, and a copy that is behind it
   * starts from a snapshot.
   */
  public static final String RETAINED = "retained";

  /** Refuses null parts. */
  public HeadKey {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(alias, "alias");
  }

  /** Reads the text form; {@link IllegalArgumentException} if it is none. */
  public static HeadKey parse(String text) {
    List<String> parts = KeyText.split(text, 2);
    return new HeadKey(parts.get(0), parts.get(1));
  }

  /** The text form. */
  public String text() {
    return KeyText.join(model, alias);
  }
}
