package dev.emend.stream;

import dev.emend.event.CanaryScores;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.PhaseSeconds;

/** A worker whose windows cost what a formula says, and which reports it. */
final class MeasuringWorker {
  private final TestStream stream;
  private long facts;

  MeasuringWorker(TestStream stream) {
    this.stream = stream;
  }

  static double seconds(int facts) {
    return 1 + 0.5 * facts;
  }

  static long bytes(int facts) {
    return 1_000_000_000L + 50_000_000L * facts;
  }

  /** Says that the window is written, and what it took. */
  void finish(EditBatch batch) {
    int items = batch.getItems().size();
    facts += items;
    double all = seconds(items);
    stream.report(
        report(batch)
            .setItems(items)
            .setPromptTokens(10L * items)
            .setLongestPrompt(10)
            .setSeconds(new PhaseSeconds(0.1, all / 2, all / 4, all / 4, 0d, 0d, all))
            .setPeakBytes(bytes(items))
            .setCanary(
                CanaryScores.newBuilder()
                    .setEfficacy(0.96)
                    .setParaphrase(0.9)
                    .setLocality(0.92)
                    .setPrompts(items * 30)
                    .setOwnPrompts(items * 10)
                    .setParaphrasePrompts(items * 10)
                    .setNeighbourPrompts(items * 10)
                    .build())
            .build());
  }

  /** Says that the model was derived anew. */
  void consolidated(EditBatch request) {
    stream.report(
        report(request)
            .setSeconds(new PhaseSeconds(0d, 0d, 0d, 0d, 0d, 0d, 1d))
            .setConsolidated(true)
            .build());
  }

  private EditFeedback.Builder report(EditBatch batch) {
    return EditFeedback.newBuilder()
        .setModel(batch.getModel())
        .setBatchId(batch.getBatchId())
        .setSequence(batch.getSequence())
        .setFactsInModel(facts)
        .setFinishedAt(stream.now());
  }
}
