package dev.emend.memit;

import dev.emend.linalg.Matrix;
import dev.emend.memit.EditRequest.Assert;
import dev.emend.model.Continuation;
import dev.emend.model.Decoder;
import dev.emend.model.PassMemory;
import dev.emend.progress.Progress;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what edits are made of (targets, keys, hidden states) from a decoder as it stands, for
 * methods other than MEMIT-MASS that are to work in the same frame. Changes nothing. Uses the
 * decoder, hence one thread at a time.
 */
public final class FactProbe {
  private final Decoder decoder;
  private final FactReader reader;
  private final EditorSettings settings;

  /** A probe that reads facts as an editor with these settings would. */
  public FactProbe(Decoder decoder, FactReader reader, EditorSettings settings) {
    this.decoder = decoder;
    this.reader = reader;
    this.settings = settings;
  }

  /** The settings that facts are read with. */
  public EditorSettings settings() {
    return settings;
  }

  /** Whether a fact can be edited at all. */
  public boolean reads(Assert fact) {
    return reader.read(fact) instanceof ReadFact.Usable;
  }

  /**
   * Z, d x u: the hidden states after block {@code numbers.targetLayer()} that make the decoder
   * answer as asked. Facts that cannot be read are the caller's fault.
   *
   * @param numbers in place of those of the settings
   */
  public Matrix targets(List<Assert> facts, HyperParameters numbers, Progress progress) {
    List<EditTokens> tokens = tokens(facts);
    TargetOptimiser optimiser = new TargetOptimiser(decoder, numbers, pass(tokens, numbers));
    return Matrix.ofColumns(
        optimiser.optimise(tokens, progress).stream().map(t -> t.z().toArray()).toList());
  }

  /** The largest pass that the memory allows; refuses what it does not allow at all. */
  private int pass(List<EditTokens> tokens, HyperParameters numbers) {
    PassMemory pass = new PassMemory(decoder.config(), decoder.precision());
    WindowMemory memory = new WindowMemory(pass, numbers);
    return new PassSize(settings.budget(), memory, settings.tokensPerPass()).of(tokens);
  }

  /** K, d_in x u: half the key in the plain prompt, half the mean over the prefixed ones. */
  public Matrix keys(List<Assert> facts, int layer) {
    return read(facts, layer, WindowReader::keys);
  }

  /** Keys in the plain prompt alone, d_in x u. */
  public Matrix plainKeys(List<Assert> facts, int layer) {
    List<EditTokens> tokens = tokens(facts).stream().map(EditTokens::plainAlone).toList();
    return readTokens(tokens, layer, WindowReader::keys);
  }

  /** H, d x u: hidden states after block {@code layer} in the plain prompt. */
  public Matrix hidden(List<Assert> facts, int layer) {
    List<EditTokens> tokens = tokens(facts).stream().map(EditTokens::plainAlone).toList();
    return readTokens(tokens, layer, window -> window.hiddenAfter(layer));
  }

  /** What the model is to say: each plain prompt and its object. */
  public List<Continuation> statements(List<Assert> facts) {
    return tokens(facts).stream()
        .map(fact -> new Continuation(fact.plain().ids(), fact.target()))
        .toList();
  }

  private Matrix read(List<Assert> facts, int layer, Function<WindowReader, List<float[]>> what) {
    return readTokens(tokens(facts), layer, what);
  }

  private Matrix readTokens(
      List<EditTokens> tokens, int layer, Function<WindowReader, List<float[]>> what) {
    try (WindowReader window = WindowReader.of(decoder, tokens, pass(tokens, settings.numbers()))) {
      window.advanceTo(layer);
      return Matrix.ofColumns(what.apply(window));
    }
  }

  private List<EditTokens> tokens(List<Assert> facts) {
    return facts.stream().map(this::tokens).toList();
  }

  private EditTokens tokens(Assert fact) {
    ReadFact read = reader.read(fact);
    if (read instanceof ReadFact.Usable usable) {
      return usable.tokens();
    }
    throw new IllegalArgumentException(fact.factId() + " cannot be read: " + read);
  }
}
