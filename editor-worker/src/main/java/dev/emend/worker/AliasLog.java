package dev.emend.worker;

import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.HeadKey;
import dev.emend.version.Aliases;
import dev.emend.version.Hold;
import dev.emend.version.VersionMark;
import dev.emend.weights.Digest32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the log where the aliases of a model point, so that a soak goes on after a restart
 * as if nothing had happened: {@code live} and what holds it come from its head, and what soaks
 * from the deltas behind it. One instance a replay; not thread-safe.
 */
final class AliasLog {
  private final String model;
  private final @Nullable ModelHead live;
  private final List<VersionMark> behind = new ArrayList<>();

  private AliasLog(String model, @Nullable ModelHead live) {
    this.model = model;
    this.live = live;
  }

  /** Reads the head of {@code live}. */
  static AliasLog read(
      PartitionReader.Source readers, RecordCodec codec, String topic, String model) {
    String key = new HeadKey(model, HeadKey.LIVE).text();
    ModelHead last = null;
    try (PartitionReader heads = readers.open(topic, key)) {
      for (Optional<LogRecord> r = heads.next(); r.isPresent(); r = heads.next()) {
        if (key.equals(r.get().key())) {
          byte[] bytes = r.get().value();
          last =
              bytes == null ? null : codec.decode(ModelHead.class, topic, r.get().headers(), bytes);
        }
      }
    }
    return new AliasLog(model, last);
  }

  /** Notes a delta of the model; each one, in their order. */
  void passed(ModelDelta delta) {
    if (delta.getVersion() > (live == null ? 0 : live.getVersion())) {
      behind.add(
          new VersionMark(
              new ModelVersion(
                  delta.getVersion(),
                  Digest32.of(delta.getResultDigest()),
                  Digest32.of(delta.getChainHash())),
              delta.getCreatedAt()));
    }
  }

  /**
   * Where they point.
   *
   * @param base what {@code live} stands for before it points anywhere
   * @param newest the newest version in the log
   * @throws Fault VERSION_CHAIN if {@code live} points behind the end of the log
   */
  Aliases aliases(ModelVersion base, ModelVersion newest) {
    if (live == null) {
      return new Aliases(
          base,
          behind.stream().filter(mark -> mark.number() > base.version()).toList(),
          Optional.empty());
    }
    if (live.getVersion() > newest.version()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "live of %s points to version %d but the deltas end at %d; heads and deltas do not belong together"
              .formatted(model, live.getVersion(), newest.version()));
    }
    ModelVersion at =
        new ModelVersion(
            live.getVersion(), Digest32.of(live.getDigest()), Digest32.of(live.getChainHash()));
    Optional<Hold> hold =
        Optional.ofNullable(live.getHeld()).map(reason -> new Hold(reason, live.getMovedAt()));
    return new Aliases(at, behind, hold);
  }
}
