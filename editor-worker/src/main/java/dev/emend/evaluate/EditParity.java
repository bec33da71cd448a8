package dev.emend.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.delta.LowRankFactors;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.linalg.Matrix;
import dev.emend.memit.EditRequest;
import dev.emend.memit.EditedFact;
import dev.emend.memit.Editor;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactReader;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StagedWindow;
import dev.emend.memit.StatisticsCollector;
import dev.emend.memit.TargetJoin;
import dev.emend.memit.WindowResult;
import dev.emend.model.LanguageModel;
import dev.emend.model.MicroBatches;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The edit's part of a fixture: one MEMIT update of its requests as one window. */
final class EditParity {
  private static final double STATISTICS = 1e-5;
  private static final double TARGET = 2e-5;
  private static final double KEY = 2e-5;
  private static final double FACTOR = 1e-4;
  private static final double WEIGHT = 1e-4;

  private final LanguageModel model;
  private final ParityFixture fixture;
  private final HyperParameters numbers;
  private final List<Quantity> quantities = new ArrayList<>();

  private EditParity(LanguageModel model, ParityFixture fixture) {
    this.model = model;
    this.fixture = fixture;
    this.numbers = fixture.numbers();
  }

  static List<Quantity> check(LanguageModel model, ParityFixture fixture) {
    EditParity parity = new EditParity(model, fixture);
    parity.run();
    return parity.quantities;
  }

  private void run() {
    KeyStatistics statistics = statistics();
    List<TokenIds> prompts =
        fixture.requests().stream().map(r -> ParityFixture.ids(r.path("prompt_ids"))).toList();
    next("next_logits_before", prompts);
    EditorSettings settings = new EditorSettings(numbers, fixture.templates()).searchingAlone();
    FactReader reader =
        FactReader.of(model.tokenizer(), settings, model.config().positions(), TargetJoin.TEXT);
    try (Editor editor = Editor.of(model.decoder(), reader, settings, statistics)) {
      List<float[]> before =
          numbers.layers().stream().map(l -> model.decoder().downProjection(l).values()).toList();
      try (StagedWindow window = editor.stage(requests(), Progress.NONE)) {
        compare(window.result());
        weights(before);
        next("next_logits_after", prompts);
      }
    }
  }

  private KeyStatistics statistics() {
    try (StatisticsCollector collector =
        new StatisticsCollector(model.decoder(), numbers.layers())) {
      collector.add(fixture.statisticsRows(), MicroBatches.of(model.config()));
      KeyStatistics statistics = collector.finish("fixture");
      for (int layer : numbers.layers()) {
        try (Matrix moment = statistics.secondMoment(layer)) {
          relative("C." + layer, moment.toColumnMajor(), STATISTICS);
        }
      }
      return statistics;
    }
  }

  private List<EditRequest> requests() {
    List<EditRequest> requests = new ArrayList<>();
    for (JsonNode request : fixture.requests()) {
      requests.add(
          new EditRequest.Assert(
              "fact-" + requests.size(),
              request.path("prompt").asText(),
              request.path("subject").asText(),
              request.path("target_new").asText()));
    }
    return requests;
  }

  private void compare(WindowResult result) {
    if (!result.rejected().isEmpty()) {
      throw new Fault(FaultCode.FACT_INVALID, fixture.folder() + ": rejected " + result.rejected());
    }
    double[][] z =
        result.written().stream()
            .map(fact -> Distance.wide(fact.target().z().toArray()))
            .toArray(double[][]::new);
    relative("z", flat(z), TARGET);
    for (int i = 0; i < numbers.layers().size(); i++) {
      int layer = numbers.layers().get(i);
      relative("K." + layer, flat(transposed(keys(result.written(), i))), KEY);
      if (result.tensors().get(i).update() instanceof LowRankFactors factors) {
        relative("adj." + layer, stored(factors.adj(), factors.rank()), FACTOR);
        relative("resid." + layer, stored(factors.resid(), factors.rank()), FACTOR);
      }
    }
  }

  private static double[][] keys(List<EditedFact> facts, int layerIndex) {
    return facts.stream()
        .map(fact -> Distance.wide(fact.layers().get(layerIndex).key().toArray()))
        .toArray(double[][]::new);
  }

  private void weights(List<float[]> before) {
    for (int i = 0; i < before.size(); i++) {
      int layer = numbers.layers().get(i);
      double error =
          Distance.relative(
              Distance.wide(model.decoder().downProjection(layer).values()),
              fixture.expected().doubles("W." + layer),
              Distance.wide(before.get(i)));
      quantities.add(Quantity.of("W." + layer, error, WEIGHT));
    }
  }

  private void next(String name, List<TokenIds> prompts) {
    float[] logits = ModelParity.nextLogits(model.decoder(), prompts);
    double error = Distance.largest(logits, fixture.expected().floats(name));
    quantities.add(Quantity.of(name, error, ModelParity.LOGITS));
  }

  private void relative(String name, double[] actual, double tolerance) {
    double error = Distance.relative(actual, fixture.expected().doubles(name));
    quantities.add(Quantity.of(name, error, tolerance));
  }

  /** Factors {@code [rank][n]} in the fixture's order, {@code [n][rank]}. */
  private static double[] stored(FloatBuffer factors, int rank) {
    int size = factors.remaining() / rank;
    double[] values = new double[factors.remaining()];
    for (int r = 0; r < rank; r++) {
      for (int i = 0; i < size; i++) {
        values[i * rank + r] = factors.get(r * size + i);
      }
    }
    return values;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] flipped = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[0].length; j++) {
        flipped[j][i] = rows[i][j];
      }
    }
    return flipped;
  }

  private static double[] flat(double[][] rows) {
    double[] values = new double[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
    }
    return values;
  }
}
