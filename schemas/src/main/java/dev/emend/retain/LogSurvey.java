package dev.emend.retain;

import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.subscribe.LogReader;
import dev.emend.topic.HeadKey;
import dev.emend.topic.Topics;
import dev.emend.weights.Digest32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the log holds at one moment, as far as keeping it is concerned.
 *
 * @param versions the model's, ascending
 * @param chainHashes their chain hashes
 * @param foreignBlobs payloads that other models name
 * @param named versions that the model's aliases point to
 * @param starts of each model the version up to which deltas may go, as it was announced
 */
record LogSurvey(
    List<KeptVersion> versions,
    Map<Long, Digest32> chainHashes,
    Set<String> foreignBlobs,
    Set<Long> named,
    Map<String, Long> starts) {

  static LogSurvey of(LogReader log, Topics topics, String model) {
    List<KeptVersion> versions = new ArrayList<>();
    Map<Long, Digest32> chainHashes = new HashMap<>();
    Set<String> foreign = new HashSet<>();
    log.deltas(
        topics.deltas(),
        delta -> {
          if (delta.getModel().equals(model)) {
            versions.add(version(delta));
            chainHashes.put(delta.getVersion(), Digest32.of(delta.getChainHash()));
          } else {
            foreign.addAll(blobs(delta));
          }
        });
    Map<String, Long> named = new HashMap<>();
    Map<String, Long> starts = new HashMap<>();
    log.heads(
        topics.heads(),
        (key, head) -> {
          if (key.alias().equals(HeadKey.RETAINED)) {
            head.ifPresent(h -> starts.put(key.model(), h.getVersion()));
          } else if (key.model().equals(model)) {
            // Only the last position of an alias counts; earlier ones may not be compacted yet.
            head.ifPresentOrElse(
                h -> named.put(key.alias(), h.getVersion()), () -> named.remove(key.alias()));
          }
        });
    return new LogSurvey(versions, chainHashes, foreign, Set.copyOf(named.values()), starts);
  }

  private static KeptVersion version(ModelDelta delta) {
    return new KeptVersion(
        delta.getVersion(),
        delta.getCreatedAt(),
        delta.getTensors().stream().mapToLong(TensorDelta::getLength).sum(),
        blobs(delta));
  }

  private static Set<String> blobs(ModelDelta delta) {
    return delta.getTensors().stream()
        .flatMap(tensor -> Optional.ofNullable(tensor.getBlob()).stream())
        .collect(Collectors.toSet());
  }

  /** Up to which version the deltas of a model may go. */
  long start(String model) {
    return Objects.requireNonNull(starts.getOrDefault(model, 0L));
  }
}
