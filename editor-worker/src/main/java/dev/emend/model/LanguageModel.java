package dev.emend.model;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import dev.emend.memory.MemoryBudget;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import dev.emend.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;

/** A model folder opened for reading and editing: decoder, tokenizer and folder together. */
public final class LanguageModel implements AutoCloseable {
  private final ModelFolder folder;
  private final Decoder decoder;
  private final Tokenizer tokenizer;
  private final MemoryBudget budget;
  private final MicroBatches batches;
  private final Generator generator;
  private final ContinuationScorer scorer;

  private LanguageModel(
      ModelFolder folder, Decoder decoder, Tokenizer tokenizer, MemoryBudget budget) {
    this.folder = folder;
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.budget = budget;
    this.batches =
        MicroBatches.within(new PassMemory(decoder.config(), decoder.precision()), budget);
    this.generator = new Generator(decoder, batches);
    this.scorer = new ContinuationScorer(decoder, batches);
  }

  /**
   * Opens a Hugging Face folder; weights are held in the precision of the options, whatever they
   * are stored in.
   *
   * @throws dev.emend.fault.Fault if something is missing, malformed or not supported
   */
  public static LanguageModel open(Path path, ModelOptions options) {
    ModelFolder folder = ModelFolder.open(path);
    ModelConfig config = ConfigReader.read(folder);
    MemoryBudget budget = MemoryBudget.of(options.memory());
    budget.require(
        "the model in " + path,
        WeightLoader.need(folder, config, options.precision()),
        "allow more memory, or load it with --precision bf16");
    Tokenizer tokenizer = Tokenizer.open(path);
    try {
      Device device = options.device().resolve();
      Decoder decoder = WeightLoader.load(folder, config, options.precision(), device);
      options.threads().ifPresent(JniUtils::setNumThreads);
      return new LanguageModel(folder, decoder, tokenizer, budget);
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  /** The folder it was opened from. */
  public ModelFolder folder() {
    return folder;
  }

  /** Its numbers. */
  public ModelConfig config() {
    return decoder.config();
  }

  /** Its tensors. */
  public Decoder decoder() {
    return decoder;
  }

  /** Its tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** What the process may occupy. */
  public MemoryBudget budget() {
    return budget;
  }

  /** Batches that fit into the memory that is left. */
  public MicroBatches batches() {
    return batches;
  }

  /** Greedy continuation. */
  public Generator generator() {
    return generator;
  }

  /** Probabilities of given continuations. */
  public ContinuationScorer scorer() {
    return scorer;
  }

  /** The greedy continuation of a prompt of text, at most {@code limit} tokens. */
  public String answer(String prompt, int limit) {
    return answers(List.of(prompt), limit).get(0);
  }

  /** The greedy continuations of prompts of text, each at most {@code limit} tokens. */
  public List<String> answers(List<String> prompts, int limit) {
    List<TokenIds> rows = prompts.stream().map(text -> tokenizer.encode(text).ids()).toList();
    return generator.continuations(rows, limit).stream().map(tokenizer::decodePlain).toList();
  }

  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
  }
}
