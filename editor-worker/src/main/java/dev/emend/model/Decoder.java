package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.event.WeightLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only language model as separate differentiable steps: {@code embed}, {@code run} over
 * any range of blocks, {@code logits}. Gradients flow to whatever was given {@code
 * setRequiresGradient(true)}: weights or a hidden state.
 *
 * <p>Rows of a batch are padded at the right; as every token sees only its past, padding is never
 * attended by a real token. Results belong to the innermost {@link NDScope}: callers open one per
 * unit of work, or leak until the weights are closed. One thread at a time.
 */
public final class Decoder implements AutoCloseable {
  private static final StoredValues NOTHING_STORED =
      name -> {
        throw new IllegalStateException(name + " is not stored anywhere");
      };

  private final ModelConfig config;
  private final Weights weights;
  private final TorchOps ops;
  private final Precision precision;
  private final NDArray tokenEmbedding;
  private final @Nullable NDArray embeddingScale;
  private final @Nullable NDArray positionEmbedding;
  private final @Nullable NDArray frequencies;
  private final List<Block> blocks;
  private final Normaliser finalNorm;
  private final Dense head;

  private Decoder(
      ModelConfig config, Weights weights, TorchOps ops, Precision precision, StoredValues stored) {
    this.config = config;
    this.weights = weights;
    this.ops = ops;
    this.precision = precision;
    Binding binding = new Binding(config, weights, ops, precision);
    this.tokenEmbedding =
        binding.weight(TensorRole.TOKEN_EMBEDDING, 0, config.vocabulary(), config.width());
    this.embeddingScale =
        config.architecture().embedding() == Layout.Embedding.TIMES_ROOT_OF_WIDTH
            ? floats(weights, Math.sqrt(config.width()))
            : null;
    this.positionEmbedding =
        config.rotary().isPresent()
            ? null
            : binding.weight(TensorRole.POSITION_EMBEDDING, 0, config.positions(), config.width());
    this.frequencies =
        config.rotary().map(rotary -> floats(weights, rotary.frequencies())).orElse(null);
    this.blocks =
        IntStream.range(0, config.layers())
            .mapToObj(layer -> new Block(binding, layer, stored))
            .toList();
    this.finalNorm = binding.normaliser(TensorRole.FINAL_NORM, 0, config.width());
    this.head =
        config.tiedHead()
            ? new Dense(tokenEmbedding, null, WeightLayout.OUT_IN, precision.isLow())
            : binding.dense(TensorRole.HEAD, 0, config.width(), config.vocabulary());
  }

  /**
   * Binds float32 weights to the declaration; a fault says what is missing. Takes over the weights.
   */
  public static Decoder of(ModelConfig config, Weights weights) {
    TorchOps ops = TorchOps.open(weights.manager(), config.constants());
    return of(config, weights, ops, Precision.FP32, NOTHING_STORED);
  }

  /**
   * Binds weights whose matrices are held in a precision.
   *
   * @param stored where edited matrices are read again in float32
   */
  static Decoder of(
      ModelConfig config, Weights weights, TorchOps ops, Precision precision, StoredValues stored) {
    return new Decoder(config, weights, ops, precision, stored);
  }

  /** The numbers of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Its weights. */
  public Weights weights() {
    return weights;
  }

  /** Number format of the matrices that are not edited. */
  public Precision precision() {
    return precision;
  }

  /** Differentiable operations with this model's constants. */
  public TorchOps ops() {
    return ops;
  }

  /** The native scope of the weights. */
  public NDManager manager() {
    return weights.manager();
  }

  /** The weight of a layer that edits write to. */
  public DownProjection downProjection(int layer) {
    return blocks.get(layer).downProjection();
  }

  /** Frame of rows of {@code length} tokens that begin at position 0. */
  public Frame frame(int length) {
    long[] positions = IntStream.range(0, length).asLongStream().toArray();
    return frame(NativeArrays.longs(manager(), positions, 1, length), null, Map.of());
  }

  /**
   * Frame of tokens anywhere in their rows.
   *
   * @param positions {@code [B or 1, T]}, int64
   * @param mask {@code [B or 1, 1, T, P + T]}, or null for causal attention without a past
   * @param past keys and values by layer
   */
  public Frame frame(NDArray positions, @Nullable NDArray mask, Map<Integer, KeyValues> past) {
    return new Frame(positions, mask, rotation(positions), past);
  }

  /** Hidden state before the first block, {@code [B, T, d]}, of int64 ids {@code [B, T]}. */
  public NDArray embed(NDArray ids, Frame frame) {
    String operation = precision.isLow() ? "low_embedding" : "embedding";
    NDArray rows = ops.call(operation, tokenEmbedding, ids);
    NDArray tokens = embeddingScale == null ? rows : rows.mul(embeddingScale);
    return positionEmbedding == null
        ? tokens
        : tokens.add(ops.embedding(positionEmbedding, frame.positions()));
  }

  /** Hidden state after block {@code layer}. */
  public NDArray block(int layer, NDArray hidden, Frame frame) {
    return blocks.get(layer).apply(hidden, frame, BlockTap.NONE);
  }

  /** Hidden state after blocks {@code from} to {@code to - 1}; {@code tap} listens. */
  public NDArray run(NDArray hidden, int from, int to, Frame frame, BlockTap tap) {
    NDArray h = hidden;
    for (int layer = from; layer < to; layer++) {
      NDArray before = h;
      h = blocks.get(layer).apply(before, frame, tap);
      if (layer > from) {
        before.close();
      }
    }
    return h;
  }

  /** Hidden state after blocks {@code from} to {@code to - 1}. */
  public NDArray run(NDArray hidden, int from, int to, Frame frame) {
    return run(hidden, from, to, frame, BlockTap.NONE);
  }

  /**
   * What the down-projection of {@code layer} reads at chosen tokens, {@code [N, d_in]}, without
   * computing the rest of the block.
   *
   * @param hidden state before the block, {@code [B, T, d]}
   * @param flatIndex positions {@code b * T + t}, int64
   */
  public NDArray downInput(int layer, NDArray hidden, Frame frame, NDArray flatIndex) {
    return blocks.get(layer).downInput(hidden, frame, flatIndex);
  }

  /** What the down-projection of {@code layer} reads at chosen tokens, {@code [B, R, d_in]}. */
  public NDArray downInputAt(int layer, NDArray hidden, Frame frame, ChosenTokens chosen) {
    return blocks.get(layer).downInputAt(hidden, frame, chosen);
  }

  /** Hidden state after block {@code layer} at chosen tokens, {@code [B, R, d]}. */
  public NDArray blockAt(int layer, NDArray hidden, Frame frame, ChosenTokens chosen) {
    return blocks.get(layer).applyAt(hidden, frame, chosen);
  }

  /** Tells {@code tap} the keys and values that attention of {@code layer} makes of a state. */
  public void keysAndValues(int layer, NDArray hidden, Frame frame, BlockTap tap) {
    blocks.get(layer).keysAndValues(hidden, frame, tap);
  }

  /** The final normalisation, {@code [.., d]}. */
  public NDArray normalise(NDArray hidden) {
    return finalNorm.apply(ops, hidden);
  }

  /** Logits {@code [.., V]} of hidden states after the last block. */
  public NDArray logits(NDArray hidden) {
    return NativeArrays.keeping(() -> head.apply(ops, normalise(hidden)));
  }

  /** Logits {@code [N, V]} at flat positions {@code b * T + t} only. */
  public NDArray logitsAt(NDArray hidden, NDArray flatIndex) {
    return NativeArrays.keeping(() -> logits(ops.selectTokens(hidden, flatIndex)));
  }

  /** Logits {@code [B, T, V]} of whole rows of int64 ids {@code [B, T]}. */
  public NDArray forward(NDArray ids) {
    return NativeArrays.keeping(
        () -> {
          Frame frame = frame(Math.toIntExact(ids.getShape().get(1)));
          return logits(run(embed(ids, frame), 0, config.layers(), frame));
        });
  }

  private Frame.@Nullable Rotation rotation(NDArray positions) {
    if (frequencies == null) {
      return null;
    }
    boolean halves = config.architecture().position() == Layout.Position.ROTARY_HALVES;
    NDList angles = ops.callAll(halves ? "angles_halves" : "angles_pairs", positions, frequencies);
    return new Frame.Rotation(angles.get(0), angles.get(1));
  }

  /** Constants that live as long as the weights. */
  private static NDArray floats(Weights weights, double... exact) {
    float[] rounded = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      rounded[i] = (float) exact[i];
    }
    NDArray array = NativeArrays.floats(weights.manager(), rounded, rounded.length);
    NDScope.unregister(array);
    return array;
  }

  @Override
  public void close() {
    ops.close();
    weights.close();
  }
}
