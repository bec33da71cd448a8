package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.train.ModelSize;
import dev.emend.train.Precision;
import dev.emend.train.Schedule;
import dev.emend.train.TrainOptions;
import dev.emend.train.TrainingMix;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a model is trained; what is not given is as it was for the shipped model. */
final class TrainNumbers {
  @Option(names = "--layers", paramLabel = "N", description = "Blocks of the model.")
  private Optional<Integer> layers = Optional.empty();

  @Option(names = "--width", paramLabel = "N", description = "Size of a hidden state.")
  private Optional<Integer> width = Optional.empty();

  @Option(names = "--heads", paramLabel = "N", description = "Attention heads of a block.")
  private Optional<Integer> heads = Optional.empty();

  @Option(
      names = "--inner",
      paramLabel = "N",
      description = "Width of a block's feed-forward layer.")
  private Optional<Integer> inner = Optional.empty();

  @Option(names = "--vocabulary", paramLabel = "N", description = "Tokens to learn at most.")
  private Optional<Integer> vocabulary = Optional.empty();

  @Option(names = "--positions", paramLabel = "N", description = "Longest text in tokens.")
  private Optional<Integer> positions = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Number of updates.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--lr", paramLabel = "X", description = "Highest learning rate.")
  private Optional<Double> learningRate = Optional.empty();

  @Option(names = "--sentences", paramLabel = "N", description = "Stated facts in an update.")
  private Optional<Integer> sentences = Optional.empty();

  @Option(
      names = "--emphasis",
      paramLabel = "RELATION=N",
      description = "States the facts of a relation N times a round; may be repeated.")
  private Map<String, Integer> emphasis = Map.of();

  @Option(names = "--precision", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}.")
  private Optional<Precision> precision = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Start of all random choices.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "Threads; 1 for equal bytes.")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--resume", description = "Go on from the checkpoint in the output folder.")
  private boolean resume;

  /** The options of the shipped model with what was given. */
  TrainOptions options() {
    TrainOptions shipped = TrainOptions.shipped();
    try {
      return new TrainOptions(
          size(shipped.size()),
          schedule(shipped.schedule()),
          mix(shipped.mix()),
          precision.orElse(shipped.precision()),
          shipped.batches(),
          shipped.weightDecay(),
          seed.orElse(shipped.seed()),
          threads.orElse(shipped.threads()),
          shipped.evaluateEvery(),
          shipped.sample(),
          shipped.checkpointEvery(),
          resume);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable numbers: " + e.getMessage(), e);
    }
  }

  private ModelSize size(ModelSize shipped) {
    return new ModelSize(
        layers.orElse(shipped.layers()),
        width.orElse(shipped.width()),
        heads.orElse(shipped.heads()),
        inner.orElse(shipped.inner()),
        vocabulary.orElse(shipped.vocabulary()),
        positions.orElse(shipped.positions()));
  }

  private Schedule schedule(Schedule shipped) {
    double peak = learningRate.orElse(shipped.peak());
    return steps
        .map(count -> Schedule.of(count, peak))
        .orElseGet(() -> new Schedule(shipped.steps(), shipped.warmup(), shipped.decay(), peak));
  }

  private TrainingMix mix(TrainingMix shipped) {
    TrainingMix mix =
        sentences
            .map(count -> TrainingMix.of(count).emphasising(shipped.emphasis()))
            .orElse(shipped);
    return emphasis.isEmpty() ? mix : mix.emphasising(emphasis);
  }
}
