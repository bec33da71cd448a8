package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digest of all that a key memory's inverses depend on: layers, lambda, where the statistics
 * come from, and the keys of the standing facts by id. Stateless.
 */
final class MemoryKey {
  private MemoryKey() {}

  /**
   * The digest, hexadecimal.
   *
   * @param standing by layer, the pairs of the standing facts
   */
  static String of(
      HyperParameters numbers,
      KeyStatistics statistics,
      Map<Integer, Map<String, LayerPair>> standing) {
    MessageDigest sha = MemoryFile.sha256();
    text(sha, numbers.layers() + " " + numbers.lambda() + " " + statistics.size());
    KeyStatistics.Origin origin = statistics.origin();
    text(sha, origin.tokens() + " " + origin.corpusDigest() + " " + origin.modelDigest());
    new TreeMap<>(standing)
        .forEach(
            (layer, pairs) -> {
              text(sha, "layer " + layer);
              new TreeMap<>(pairs)
                  .forEach(
                      (factId, pair) -> {
                        text(sha, factId);
                        sha.update(pair.key().toBytes());
                      });
            });
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void text(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
  }
}
