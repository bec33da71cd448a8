package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsFile;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key statistics as a safetensors file: one fp32 tensor {@code C.<layer>} a layer, the lower
 * triangle column by column, and the origin in the metadata.
 */
public final class StatisticsFile {
  private static final String FORMAT = "emend.key-statistics.1";
  private static final Pattern NAME = Pattern.compile("C\\.(\\d{1,6})");

  private StatisticsFile() {}

  /** Writes a file; an existing one is replaced only when the new one is complete. */
  public static void write(KeyStatistics statistics, Path target) {
    List<TensorInfo> tensors =
        statistics.layers().stream()
            .map(layer -> TensorInfo.f32(name(layer), shape(statistics.size())))
            .toList();
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(target, tensors, metadata(statistics))) {
      for (int layer : statistics.layers()) {
        writer.write(name(layer), FloatBlocks.of(statistics.packed(layer)));
      }
      writer.commit();
    }
  }

  private static Map<String, String> metadata(KeyStatistics statistics) {
    KeyStatistics.Origin origin = statistics.origin();
    return Map.of(
        "emend_format", FORMAT,
        "size", Integer.toString(statistics.size()),
        "tokens", Long.toString(origin.tokens()),
        "corpus_sha256", origin.corpusDigest(),
        "model_digest", origin.modelDigest());
  }

  /**
   * Reads a file.
   *
   * @throws Fault with code STATISTICS_INVALID if it is not one of ours
   */
  public static KeyStatistics read(Path source) {
    SafetensorsFile file = SafetensorsFile.open(source);
    Map<String, String> metadata = file.metadata();
    if (!FORMAT.equals(metadata.get("emend_format"))) {
      throw invalid(source, "it holds no key statistics");
    }
    try {
      int size = Integer.parseInt(metadata.getOrDefault("size", ""));
      KeyStatistics.Origin origin =
          new KeyStatistics.Origin(
              Long.parseLong(metadata.getOrDefault("tokens", "")),
              metadata.getOrDefault("corpus_sha256", ""),
              metadata.getOrDefault("model_digest", ""));
      return new KeyStatistics(origin, size, tensors(file));
    } catch (IllegalArgumentException e) {
      throw invalid(source, e.getMessage());
    }
  }

  private static Map<Integer, float[]> tensors(SafetensorsFile file) {
    Map<Integer, float[]> packed = new TreeMap<>();
    for (String name : file.names()) {
      Matcher match = NAME.matcher(name);
      if (!match.matches()) {
        throw new IllegalArgumentException("unknown tensor " + name);
      }
      packed.put(Integer.parseInt(match.group(1)), file.floats(name));
    }
    return packed;
  }

  private static List<Long> shape(int size) {
    return List.of((long) KeyStatistics.packedLength(size));
  }

  private static String name(int layer) {
    return "C." + layer;
  }

  private static Fault invalid(Path source, @org.jspecify.annotations.Nullable String why) {
    return new Fault(
        FaultCode.STATISTICS_INVALID, source + ": " + why + "; make statistics with 'emend stats'");
  }
}
