package dev.emend.memory;

import dev.emend.size.ByteSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much more memory a piece of work will need, part by part.
 *
 * @param parts bytes by what they are for, in the order in which they are told
 */
public record MemoryNeed(Map<String, ByteSize> parts) {
  /** Nothing. */
  public static final MemoryNeed NONE = new MemoryNeed(Map.of());

  /** Copies the map, keeping its order. */
  public MemoryNeed {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** This and one part more; a part of the same name grows. */
  public MemoryNeed and(String part, long bytes) {
    Map<String, ByteSize> more = new LinkedHashMap<>(parts);
    more.merge(part, new ByteSize(bytes), (a, b) -> new ByteSize(a.bytes() + b.bytes()));
    return new MemoryNeed(more);
  }

  /** Sum of the parts. */
  public ByteSize total() {
    return new ByteSize(parts.values().stream().mapToLong(ByteSize::bytes).sum());
  }

  /** The parts, for example {@code weights 26.2 MB, logits 4.0 MB}. */
  @Override
  public String toString() {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + " " + part.getValue())
        .collect(Collectors.joining(", "));
  }
}
