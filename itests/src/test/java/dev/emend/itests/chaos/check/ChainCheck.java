package dev.emend.itests.chaos.check;

import dev.emend.delta.ChainHash;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.TensorDelta;
import dev.emend.itests.chaos.check.Finding.Kind;
import dev.emend.topic.HeadKey;
import dev.emend.weights.Digest32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a model are contiguous, each follows the one before it, and the head is the last.
 */
final class ChainCheck {
  private final String model;
  private final List<ModelDelta> chain;
  private final List<Finding> findings = new ArrayList<>();

  private ChainCheck(String model, List<ModelDelta> chain) {
    this.model = model;
    this.chain = chain;
  }

  static List<Finding> of(RunLog log) {
    List<Finding> findings = new ArrayList<>();
    log.deltas()
        .forEach(
            (model, chain) -> {
              ChainCheck check = new ChainCheck(model, chain);
              check.walk();
              check.head(log.heads().get(new HeadKey(model, HeadKey.LIVE).text()));
              findings.addAll(check.findings);
            });
    return findings;
  }

  private void walk() {
    if (chain.isEmpty()) {
      return;
    }
    Digest32 base = Digest32.of(chain.get(0).getBaseDigest());
    Digest32 digest = base;
    Digest32 hash = ChainHash.ofBase(base);
    long version = 0;
    for (ModelDelta delta : chain) {
      if (delta.getVersion() <= version) {
        add(Kind.FORK, delta, "comes after version " + version);
        continue;
      }
      if (delta.getVersion() > version + 1) {
        add(Kind.GAP, delta, "comes after version " + version);
      } else {
        require(delta, Digest32.of(delta.getBaseDigest()).equals(base), "has another base");
        require(delta, Digest32.of(delta.getParentDigest()).equals(digest), "has another parent");
        require(
            delta, Digest32.of(delta.getChainHash()).equals(hash(hash, delta)), "breaks the chain");
      }
      if (delta.getParent() != delta.getVersion() - 1) {
        add(Kind.FORK, delta, "states version " + delta.getParent() + " as its parent");
      }
      version = delta.getVersion();
      digest = Digest32.of(delta.getResultDigest());
      hash = Digest32.of(delta.getChainHash());
    }
  }

  private static Digest32 hash(Digest32 parent, ModelDelta delta) {
    Map<String, Digest32> changed =
        delta.getTensors().stream()
            .collect(Collectors.toMap(TensorDelta::getName, t -> Digest32.of(t.getAfterSha256())));
    return ChainHash.of(
        parent,
        delta.getVersion(),
        delta.getKind(),
        Digest32.of(delta.getBaseDigest()),
        Digest32.of(delta.getResultDigest()),
        changed);
  }

  private void head(@Nullable ModelHead head) {
    if (chain.isEmpty()) {
      return;
    }
    ModelDelta last = chain.get(chain.size() - 1);
    if (head == null) {
      findings.add(new Finding(Kind.LOST, "no head of " + model));
    } else if (head.getVersion() != last.getVersion()
        || !Digest32.of(head.getDigest()).equals(Digest32.of(last.getResultDigest()))) {
      findings.add(
          new Finding(
              Kind.WRONG_DIGEST,
              "the head of %s is version %d, not the last version %d"
                  .formatted(model, head.getVersion(), last.getVersion())));
    }
  }

  private void require(ModelDelta delta, boolean condition, String what) {
    if (!condition) {
      add(Kind.WRONG_DIGEST, delta, what);
    }
  }

  private void add(Kind kind, ModelDelta delta, String what) {
    findings.add(
        new Finding(kind, "version %d of %s %s".formatted(delta.getVersion(), model, what)));
  }
}
