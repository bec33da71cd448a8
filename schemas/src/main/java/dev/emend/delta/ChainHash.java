package dev.emend.delta;

import dev.emend.event.DeltaKind;
import dev.emend.weights.Digest32;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Binds a version to everything before it. Version 0 has the SHA-256 of {@code "emend.chain.1" LF
 * base LF}; version n the SHA-256 of {@code "emend.chain.1" LF parent-hash LF version LF kind LF
 * base LF result LF}, then one line {@code name TAB digest LF} for each changed tensor, sorted by
 * name. Digests are lower-case hexadecimal, numbers decimal, the text ASCII. The bytes of a payload
 * do not enter, so a step may travel in another encoding without another identity.
 */
public final class ChainHash {
  private static final String FORMAT = "emend.chain.1\n";

  private ChainHash() {}

  /** The chain hash of version 0. */
  public static Digest32 ofBase(Digest32 base) {
    return sha256(FORMAT + base.hex() + '\n');
  }

  /**
   * The chain hash of a step's result.
   *
   * @param parent chain hash of the version before
   * @param version version after the step
   * @param base model digest of version 0
   * @param result model digest after the step
   * @param changed digests after the step of the changed tensors, by name
   */
  public static Digest32 of(
      Digest32 parent,
      long version,
      DeltaKind kind,
      Digest32 base,
      Digest32 result,
      Map<String, Digest32> changed) {
    StringBuilder text = new StringBuilder(FORMAT);
    text.append(parent.hex()).append('\n').append(version).append('\n').append(kind).append('\n');
    text.append(base.hex()).append('\n').append(result.hex()).append('\n');
    SortedMap<String, Digest32> sorted = new TreeMap<>(changed);
    sorted.forEach((name, d) -> text.append(name).append('\t').append(d.hex()).append('\n'));
    return sha256(text.toString());
  }

  private static Digest32 sha256(String text) {
    return Digest32.sha256(text.getBytes(StandardCharsets.US_ASCII));
  }
}
