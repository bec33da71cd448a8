package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
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
import java.util.Optional;

/**
 * The rows of a group of facts, read once and replayed with a delta at each subject: E facts, R
 * rows a fact with its target, and one essence row a fact if the loss counts it. Owns native memory
 * until {@link #close()}; one thread.
 */
final class TargetRows implements AutoCloseable {
  private final Decoder decoder;
  private final List<EditTokens> facts;
  private final SuffixReplay prompts;
  private final Optional<EssenceRows> essences;
  private final double klFactor;
  private final TargetLoss loss;
  private final long[] owners;

  private TargetRows(
      Decoder decoder,
      List<EditTokens> facts,
      SuffixReplay prompts,
      Optional<EssenceRows> essences,
      double klFactor) {
    this.decoder = decoder;
    this.facts = facts;
    this.prompts = prompts;
    this.essences = essences;
    this.klFactor = klFactor;
    this.loss = new TargetLoss(facts, prompts);
    this.owners = owners(facts);
  }

  /** Reads the rows of some facts at the numbers' target layer, for a loss with their factors. */
  static TargetRows read(Decoder decoder, HyperParameters numbers, List<EditTokens> facts) {
    List<LocatedPrompt> rows = facts.stream().flatMap(fact -> fact.rows().stream()).toList();
    int longest =
        facts.stream()
            .flatMap(fact -> fact.targets().stream())
            .mapToInt(TokenIds::length)
            .max()
            .orElseThrow();
    int layer = numbers.targetLayer();
    SuffixReplay prompts = replay(decoder, layer, rows, longest);
    Optional<EssenceRows> essences =
        numbers.klFactor() == 0
            ? Optional.empty()
            : Optional.of(EssenceRows.read(decoder, layer, facts));
    return new TargetRows(decoder, facts, prompts, essences, numbers.klFactor());
  }

  static SuffixReplay replay(Decoder decoder, int layer, List<LocatedPrompt> rows, int readings) {
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
    return new TargetRows(
        decoder,
        kept.stream().map(facts::get).toList(),
        prompts.only(rows),
        essences.map(all -> all.only(kept)),
        klFactor);
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
   * @param drift KL divergence of each fact's essence; empty if the loss does not count it
   */
  record Reading(NDArray total, NDArray targets, Optional<NDArray> drift) {}

  /** Reads all rows with {@code delta [E, d]} added. */
  Reading read(NDArray delta) {
    TorchOps ops = decoder.ops();
    NDArray rows = ops.select(delta, NativeArrays.longs(decoder.manager(), owners, owners.length));
    NDArray hidden = prompts.replay(prompts.shifted(rows));
    NDArray targets =
        ops.logProbability(
            decoder.logitsAt(hidden, loss.where(decoder.manager())),
            loss.targets(decoder.manager()));
    NDArray said = targets.mul(loss.weights(decoder.manager())).sum();
    if (essences.isEmpty()) {
      return new Reading(said.neg(), targets, Optional.empty());
    }
    NDArray drift = essences.get().drift(delta);
    NDArray kl = NativeArrays.scalar(decoder.manager(), klFactor);
    return new Reading(drift.sum().mul(kl).sub(said), targets, Optional.of(drift));
  }

  /** Loss of each fact without weight decay. */
  double[] losses(Reading reading) {
    double[] losses = loss.losses(reading.targets().toFloatArray());
    reading
        .drift()
        .ifPresent(
            drift -> {
              float[] each = drift.toFloatArray();
              for (int i = 0; i < losses.length; i++) {
                losses[i] += klFactor * each[i];
              }
            });
    return losses;
  }

  @Override
  public void close() {
    prompts.close();
    essences.ifPresent(EssenceRows::close);
  }
}
