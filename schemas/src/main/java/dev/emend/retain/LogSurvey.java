package dev.emend.retain;

import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.sign.Trust;
import dev.emend.subscribe.LogReader;
import dev.emend.subscribe.ModelSources;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(LogSurvey.class);

  /**
   * Reads the log.
   *
   * @throws dev.emend.fault.Fault if the model's versions or aliases are signed by nobody who is
   *     believed; what other models announce so is passed over, and costs space only
   */
  static LogSurvey of(LogReader log, Topics topics, ModelSources sources) {
    String model = sources.model();
    List<KeptVersion> versions = new ArrayList<>();
    Map<Long, Digest32> chainHashes = new HashMap<>();
    Set<String> foreign = new HashSet<>();
    log.deltas(
        topics.deltas(),
        delta -> {
          if (delta.getModel().equals(model)) {
            sources.trust().ifPresent(trust -> trust.require(delta));
            versions.add(version(delta));
            chainHashes.put(delta.getVersion(), Digest32.of(delta.getChainHash()));
          } else {
            foreign.addAll(blobs(delta));
          }
        });
    Map<HeadKey, ModelHead> heads = new HashMap<>();
    // Only the last position of an alias counts; earlier ones may not be compacted yet.
    log.heads(
        topics.heads(),
        (key, head) -> head.ifPresentOrElse(h -> heads.put(key, h), () -> heads.remove(key)));
    Set<Long> named = new HashSet<>();
    Map<String, Long> starts = new HashMap<>();
    heads.forEach(
        (key, head) -> {
          if (key.alias().equals(HeadKey.RETAINED)) {
            if (isBelieved(head, sources.trust())) {
              starts.put(key.model(), head.getVersion());
            }
          } else if (key.model().equals(model)) {
            sources.trust().ifPresent(trust -> trust.require(head));
            named.add(head.getVersion());
          }
        });
    return new LogSurvey(versions, chainHashes, foreign, named, starts);
  }

  private static boolean isBelieved(ModelHead head, Optional<Trust> trust) {
    try {
      trust.ifPresent(believed -> believed.require(head));
      return true;
    } catch (Fault e) {
      LOG.warn("{} of {} is not believed: {}", head.getAlias(), head.getModel(), e.getMessage());
      return false;
    }
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
