package dev.emend.train;

import ai.djl.ndarray.NDManager;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.TorchModule;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a GPT-2 type model from nothing on a table of facts and writes it as a Hugging Face
 * folder.
 *
 * <p>The output folder holds {@code config.json}, {@code model.safetensors} (float16), the
 * tokenizer's files, {@code training.jsonl} (loss, speed and recall over the steps) and {@code
 * checkpoint/state.safetensors}. With one thread and equal options, content and processor type two
 * runs give equal bytes. One training at a time in a process: the engine records gradients for one.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainOptions options;
  private final TrainingContent content;
  private final InstantSource clock;
  private final Progress progress;

  /** A trainer; {@code clock} times checkpoints and speed, not results. */
  public Trainer(
      TrainOptions options, TrainingContent content, InstantSource clock, Progress progress) {
    this.options = options;
    this.content = content;
    this.clock = clock;
    this.progress = progress;
  }

  /** Trains and writes the folder. */
  public TrainReport train(Path folder) {
    boolean resumed = options.resume() && Files.exists(Checkpoint.file(folder));
    if (!resumed) {
      learnVocabulary(folder);
    }
    try (TextEncoder encoder = TextEncoder.open(folder);
        NDManager manager = NDManager.newBaseManager();
        TorchModule torch = TorchModule.load(manager, NetworkSource.of(options.size()));
        Workers workers = new Workers(options.threads())) {
      TrainingRun run =
          new TrainingRun(
              options, content, encoder, manager, torch, folder, workers, clock, progress);
      if (resumed) {
        run.resume();
      }
      return run.run();
    }
  }

  private void learnVocabulary(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot create " + folder, e);
    }
    BytePairs pairs =
        BytePairTrainer.learn(content.corpus(options.seed()), options.size().vocabulary());
    TokenizerFolder.write(folder, pairs, options.size().positions());
    LOG.info("learnt a vocabulary of {} tokens", pairs.size());
  }
}
