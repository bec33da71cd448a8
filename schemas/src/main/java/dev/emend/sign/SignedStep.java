package dev.emend.sign;

import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.event.VersionFact;
import dev.emend.weights.Digest32;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * What is signed of a delta: enough to say which step of which chain it is, and a digest of all the
 * rest that decides the weights or says what they hold. Where a payload lies is left out, since its
 * SHA-256 is in; so are scores, seconds and the recipe, which say how the step was made.
 *
 * @param model name of the model
 * @param version version after the step
 * @param parent version before
 * @param kind what produced it
 * @param baseDigest model digest of version 0, hexadecimal like the others
 * @param parentDigest model digest before
 * @param resultDigest model digest after
 * @param chainHash chain hash after
 * @param createdAt when it was made
 * @param content digest over window, tensors, facts and events
 */
record SignedStep(
    String model,
    long version,
    long parent,
    String kind,
    String baseDigest,
    String parentDigest,
    String resultDigest,
    String chainHash,
    Instant createdAt,
    String content) {
  private static final String FORM = "emend.signed.version.1";
  private static final String CONTENT_FORM = "emend.signed.content.1";

  static SignedStep of(ModelDelta delta) {
    return new SignedStep(
        delta.getModel(),
        delta.getVersion(),
        delta.getParent(),
        delta.getKind().name(),
        Statement.hex(delta.getBaseDigest()),
        Statement.hex(delta.getParentDigest()),
        Statement.hex(delta.getResultDigest()),
        Statement.hex(delta.getChainHash()),
        delta.getCreatedAt(),
        content(delta).hex());
  }

  private static Digest32 content(ModelDelta delta) {
    Statement content = new Statement(CONTENT_FORM).addNullable(delta.getBatchId());
    content.add(delta.getTensors().size());
    delta.getTensors().forEach(tensor -> add(content, tensor));
    content.add(delta.getFactIds()).add(delta.getEventIds());
    content.add(delta.getFacts().size());
    delta.getFacts().forEach(fact -> add(content, fact));
    content.addNullable(delta.getRolledBackTo()).add(delta.getUndoneEventIds());
    return content.digest();
  }

  private static void add(Statement content, VersionFact fact) {
    content.add(fact.getFactId()).addNullable(fact.getEventId());
    content.add(fact.getSubject()).add(fact.getRelation()).add(fact.getPrompt());
    content.addNullable(fact.getObject()).add(fact.getSource());
    content.addNullable(fact.getValidFrom()).addNullable(fact.getValidTo());
  }

  private static void add(Statement content, TensorDelta tensor) {
    String shape = tensor.getShape().stream().map(String::valueOf).collect(Collectors.joining(","));
    content.add(tensor.getName()).add(shape).add(tensor.getLayout().name());
    content.add(tensor.getEncoding().name()).add(tensor.getRank()).add(tensor.getLength());
    content.add(tensor.getSha256());
    content.add(tensor.getBeforeSha256()).add(tensor.getAfterSha256());
  }

  Statement statement() {
    return new Statement(FORM)
        .add(model)
        .add(version)
        .add(parent)
        .add(kind)
        .add(baseDigest)
        .add(parentDigest)
        .add(resultDigest)
        .add(chainHash)
        .add(createdAt.toEpochMilli())
        .add(content);
  }

  /** Whether the step ends with this version of this chain. */
  boolean endsWith(String name, Digest32 base, ModelVersion result) {
    return model.equals(name)
        && baseDigest.equals(base.hex())
        && version == result.version()
        && resultDigest.equals(result.digest().hex())
        && chainHash.equals(result.chainHash().hex());
  }
}
