package dev.emend.version;

import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelHead;
import dev.emend.topic.HeadKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes down how aliases moved. Stateless, hence thread-safe. */
public final class AliasRecords {
  private AliasRecords() {}

  /** One record for each alias that {@code after} differs in from {@code before}. */
  public static List<ModelHead> moved(
      String model, Aliases before, Aliases after, HeadCause cause, Instant now) {
    List<ModelHead> heads = new ArrayList<>();
    if (!after.canary().equals(before.canary())) {
      heads.add(head(model, HeadKey.CANARY, after.canary(), HeadCause.PUBLISHED, null, now));
    }
    boolean heldOtherwise = !Objects.equals(after.hold(), before.hold());
    if (!after.live().equals(before.live()) || heldOtherwise) {
      String held = after.hold().map(Hold::reason).orElse(null);
      heads.add(head(model, HeadKey.LIVE, after.live(), cause, held, now));
    }
    return List.copyOf(heads);
  }

  private static ModelHead head(
      String model,
      String alias,
      ModelVersion version,
      HeadCause cause,
      @Nullable String held,
      Instant now) {
    return ModelHead.newBuilder()
        .setModel(model)
        .setAlias(alias)
        .setVersion(version.version())
        .setDigest(version.digest().buffer())
        .setChainHash(version.chainHash().buffer())
        .setMovedAt(now)
        .setCause(cause.name())
        .setHeld(held)
        .build();
  }
}
