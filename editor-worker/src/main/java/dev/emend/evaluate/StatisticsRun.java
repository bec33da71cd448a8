package dev.emend.evaluate;

import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsCollector;
import dev.emend.memory.MemoryNeed;
import dev.emend.model.LanguageModel;
import dev.emend.model.MicroBatches;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import dev.emend.weights.ModelDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes key statistics of a model from text, with progress. */
public final class StatisticsRun {
  private static final int TOKENS_A_PART = 8192;

  private StatisticsRun() {}

  /** Statistics of some layers over all tokens of a corpus. */
  public static KeyStatistics of(
      LanguageModel model, Collection<Integer> layers, Corpus corpus, Progress progress) {
    List<TokenIds> rows = corpus.rows(model.tokenizer(), model.config().positions());
    long total = rows.stream().mapToLong(TokenIds::length).sum();
    MicroBatches batches = model.batches();
    model.budget().require("key statistics", need(model, layers.size()), "allow more memory");
    try (StatisticsCollector collector = new StatisticsCollector(model.decoder(), layers)) {
      progress.at("statistics", 0, total);
      List<TokenIds> part = new ArrayList<>();
      long waiting = 0;
      for (TokenIds row : rows) {
        part.add(row);
        waiting += row.length();
        if (waiting >= TOKENS_A_PART || collector.tokens() + waiting == total) {
          collector.add(List.copyOf(part), batches);
          progress.at("statistics", collector.tokens(), total);
          part.clear();
          waiting = 0;
        }
      }
      return collector.finish(ModelDigest.of(model.folder()).value().hex());
    }
  }

  /** Sums in fp64, a product and its fp64 form while it is added, and the matrices at the end. */
  private static MemoryNeed need(LanguageModel model, int layers) {
    long square = (long) model.config().innerWidth() * model.config().innerWidth();
    return MemoryNeed.NONE
        .and("sums in fp64", layers * square * Double.BYTES)
        .and("a product", square * (Float.BYTES + Double.BYTES))
        .and("means", (layers + 2) * square * Double.BYTES + layers * square * Float.BYTES / 2);
  }
}
