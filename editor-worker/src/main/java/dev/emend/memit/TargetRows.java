package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.emend.model.Decoder;
import dev.emend.model.NativeArrays;
import dev.emend.model.SuffixReplay;
import dev.emend.model.TokenBatch;
import dev.emend.model.TorchOps;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a group of facts, read once and replayed with a delta at each subject: E facts, R
 * rows a fact with its target, and one essence row a fact. Owns native memory until {@link
 * #close()}; one thread.
 */
final class TargetRows implements AutoCloseable {
  private final Decoder decoder;
  private final List<EditTokens> facts;
  private final SuffixReplay prompts;
  private final SuffixReplay essences;
  private final TargetLoss loss;
  private final long[] owners;
  private final float[] essenceBefore;

  private TargetRows(
      Decoder decoder,
      List<EditTokens> facts,
      SuffixReplay prompts,
      SuffixReplay essences,
      float[] essenceBefore) {
    this.decoder = decoder;
    this.facts = facts;
    this.prompts = prompts;
    this.essences = essences;
    this.loss = new TargetLoss(facts, prompts);
    this.owners = owners(facts);
    this.essenceBefore = essenceBefore;
  }

  /** Reads the rows of some facts. */
  static TargetRows read(Decoder decoder, int layer, List<EditTokens> facts) {
    List<LocatedPrompt> rows = facts.stream().flatMap(fact -> fact.rows().stream()).toList();
    int longest =
        facts.stream()
            .flatMap(fact -> fact.targets().stream())
            .mapToInt(TokenIds::length)
            .max()
            .orElseThrow();
    List<LocatedPrompt> subjects =
        facts.stream().map(fact -> EditTokens.upToSubject(fact.essence())).toList();
    SuffixReplay prompts = replay(decoder, layer, rows, longest);
    SuffixReplay essences = replay(decoder, layer, subjects, 1);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray nothing = decoder.manager().zeros(new Shape(facts.size(), decoder.config().width()));
      float[] before = essence(decoder, essences, nothing).toFloatArray();
      return new TargetRows(decoder, facts, prompts, essences, before);
    }
  }

  private static SuffixReplay replay(
      Decoder decoder, int layer, List<LocatedPrompt> rows, int readings) {
    TokenBatch batch = new TokenBatch(rows.stream().map(LocatedPrompt::ids).toList());
    List<Integer> starts = rows.stream().map(LocatedPrompt::lastSubjectToken).toList();
    return new SuffixReplay(decoder, batch, layer, starts, readings);
  }

  /** The rows of some of the facts, by index, without reading them anew. */
  TargetRows only(List<Integer> kept) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < owners.length; row++) {
      if (kept.contains((int) owners[row])) {
        rows.add(row);
      }
    }
    int vocabulary = decoder.config().vocabulary();
    float[] before = new float[kept.size() * vocabulary];
    for (int i = 0; i < kept.size(); i++) {
      System.arraycopy(essenceBefore, kept.get(i) * vocabulary, before, i * vocabulary, vocabulary);
    }
    return new TargetRows(
        decoder,
        kept.stream().map(facts::get).toList(),
        prompts.only(rows),
        essences.only(kept),
        before);
  }

  private static long[] owners(List<EditTokens> facts) {
    List<Long> owners = new ArrayList<>();
    for (int fact = 0; fact < facts.size(); fact++) {
      for (int row = 0; row < facts.get(fact).prompts().size(); row++) {
        owners.add((long) fact);
      }
    }
    return owners.stream().mapToLong(Long::longValue).toArray();
  }

  /** h0 of each fact: the hidden state at the subject of its plain row, d values. */
  List<float[]> starts() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int width = decoder.config().width();
      float[] all = prompts.hidden().get(":, 0").toFloatArray();
      List<float[]> starts = new ArrayList<>();
      int row = 0;
      for (EditTokens fact : facts) {
        starts.add(Arrays.copyOfRange(all, row * width, (row + 1) * width));
        row += fact.prompts().size();
      }
      return starts;
    }
  }

  /**
   * One evaluation as a graph.
   *
   * @param total what to differentiate: the sum of all facts' losses without weight decay
   * @param targets log-probabilities of the targets
   * @param drift KL divergence of each fact's essence
   */
  record Reading(NDArray total, NDArray targets, NDArray drift) {}

  /** Reads all rows with {@code delta [E, d]} added. */
  Reading read(NDArray delta, double klFactor) {
    TorchOps ops = decoder.ops();
    NDArray rows = ops.select(delta, NativeArrays.longs(decoder.manager(), owners, owners.length));
    NDArray hidden = prompts.replay(prompts.shifted(rows));
    NDArray targets =
        ops.logProbability(
            decoder.logitsAt(hidden, loss.where(decoder.manager())),
            loss.targets(decoder.manager()));
    NDArray before =
        NativeArrays.floats(
            decoder.manager(), essenceBefore, facts.size(), decoder.config().vocabulary());
    NDArray drift = ops.divergence(essence(decoder, essences, delta), before);
    NDArray kl = NativeArrays.scalar(decoder.manager(), klFactor);
    NDArray total = drift.sum().mul(kl).sub(targets.mul(loss.weights(decoder.manager())).sum());
    return new Reading(total, targets, drift);
  }

  /** Log-probabilities after each essence {@code [E, V]}. */
  private static NDArray essence(Decoder decoder, SuffixReplay essences, NDArray delta) {
    NDArray hidden = essences.replay(essences.shifted(delta));
    return decoder.ops().logSoftmax(decoder.logits(hidden.squeeze(1)));
  }

  /** Loss of each fact without weight decay. */
  double[] losses(Reading reading, double klFactor) {
    double[] losses = loss.losses(reading.targets().toFloatArray());
    float[] drift = reading.drift().toFloatArray();
    for (int i = 0; i < losses.length; i++) {
      losses[i] += klFactor * drift[i];
    }
    return losses;
  }

  @Override
  public void close() {
    prompts.close();
    essences.close();
  }
}
