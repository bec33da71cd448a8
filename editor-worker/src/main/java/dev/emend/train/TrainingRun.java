package dev.emend.train;

import ai.djl.ndarray.NDManager;
import dev.emend.model.TorchModule;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the training loop: rows, loss, gradients, update; now and then a measurement. */
final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final int LOG_EVERY = 25;
  private static final long SAMPLE_SEED = 20_000_003;

  private final TrainOptions options;
  private final TrainingContent content;
  private final Path folder;
  private final InstantSource clock;
  private final Progress progress;
  private final int vocabulary;
  private final TrainedWeights weights;
  private final Optimiser optimiser;
  private final Workers workers;
  private final Network network;
  private final RowStream rows;
  private final RecallCheck check;
  private final TrainingLog log;
  private int step;
  private long tokens;

  TrainingRun(
      TrainOptions options,
      TrainingContent content,
      TextEncoder encoder,
      NDManager manager,
      TorchModule torch,
      Path folder,
      Workers workers,
      InstantSource clock,
      Progress progress) {
    this.options = options;
    this.content = content;
    this.folder = folder;
    this.workers = workers;
    this.clock = clock;
    this.progress = progress;
    this.vocabulary = encoder.vocabulary();
    this.weights = TrainedWeights.fresh(manager, options.size(), vocabulary, options.seed());
    this.optimiser = new Optimiser(manager, torch, weights, workers, options);
    this.network = new Network(manager, torch, options.size(), options.precision());
    TextTokens text = TextTokens.of(content.paragraphs(), encoder, vocabulary - 1);
    this.rows = new RowStream(content, text, encoder, options);
    this.check = new RecallCheck(network, encoder, content, workers, options);
    this.log = new TrainingLog(folder.resolve("training.jsonl"));
  }

  /** Takes up the state of the checkpoint. */
  void resume() {
    step = Checkpoint.read(folder, options.seed(), weights, optimiser);
    LOG.info("resumed after {} steps", step);
  }

  TrainReport run() {
    int steps = options.schedule().steps();
    Instant began = clock.instant();
    Instant saved = began;
    Stretch stretch = new Stretch(clock);
    double loss = Double.NaN;
    while (step < steps) {
      update(stretch);
      if (step % LOG_EVERY == 0 || step == steps) {
        loss = stretch.meanLoss();
        log.steps(step, options.schedule().rate(step - 1), stretch);
        progress.at("training", step, steps);
        stretch = new Stretch(clock);
      }
      if (step % options.evaluateEvery() == 0 && step < steps) {
        log.recall(step, check.measure(weights, options.sample(), SAMPLE_SEED));
      }
      if (Duration.between(saved, clock.instant()).compareTo(options.checkpointEvery()) >= 0) {
        save();
        saved = clock.instant();
      }
    }
    save();
    Recall recall = check.measure(weights, content.facts().size(), SAMPLE_SEED);
    log.recall(step, recall);
    double seconds = Duration.between(began, clock.instant()).toMillis() / 1e3;
    return new TrainReport(weights.count(), vocabulary, step, tokens, seconds, loss, recall);
  }

  private void update(Stretch stretch) {
    List<TrainingRow> stepRows = rows.rows(step);
    List<MicroBatch> batches = MicroBatch.of(stepRows, options.batches());
    double loss = learn(batches);
    double norm = optimiser.update(step, options.schedule().rate(step));
    long stepTokens = stepRows.stream().mapToLong(TrainingRow::length).sum();
    stretch.add(stepTokens, loss, norm);
    tokens += stepTokens;
    step++;
  }

  /** Adds up the gradients of the batches; gives the mean loss. */
  private double learn(List<MicroBatch> batches) {
    double whole = batches.stream().mapToDouble(MicroBatch::weight).sum();
    List<Workers.Piece<Double>> pieces = new ArrayList<>();
    for (MicroBatch batch : batches) {
      pieces.add(() -> network.learn(weights, batch, whole));
    }
    return workers.all(true, pieces).stream().mapToDouble(Double::doubleValue).sum();
  }

  private void save() {
    Checkpoint.write(folder, step, options.seed(), weights, optimiser);
    TrainedModelFolder.write(folder, options.size(), vocabulary, weights);
  }
}
