package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.emend.linalg.Matrix;
import dev.emend.model.BlockTap;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.MicroBatches;
import dev.emend.model.NativeArrays;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects {@code sum of k k^T} over all tokens of a corpus: products in fp32 a batch, sums in
 * fp64. One forward pass as far as the highest layer serves all layers. One thread.
 */
public final class StatisticsCollector implements AutoCloseable {
  private final Decoder decoder;
  private final NDManager manager;
  private final SortedMap<Integer, NDArray> sums = new TreeMap<>();
  private final MessageDigest corpus = Digest32.newSha256();
  private final int highest;
  private long tokens;

  /** A collector for some layers of a model. */
  public StatisticsCollector(Decoder decoder, Collection<Integer> layers) {
    this.decoder = decoder;
    this.manager = decoder.manager().newSubManager();
    this.highest = Collections.max(layers);
    int size = decoder.config().innerWidth();
    for (int layer : layers) {
      NDArray sum = manager.zeros(new Shape(size, size), DataType.FLOAT64);
      NDScope.unregister(sum);
      sums.put(layer, sum);
    }
  }

  /** Number of tokens read so far. */
  public long tokens() {
    return tokens;
  }

  /** Reads rows of tokens; every token gives one key a layer. */
  public void add(List<TokenIds> rows, MicroBatches batches) {
    for (TokenIds row : rows) {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (row.length() + 1));
      bytes.putInt(row.length());
      row.stream().forEach(bytes::putInt);
      corpus.update(bytes.flip());
      tokens += row.length();
    }
    batches.forEach(rows, (indices, batch) -> add(batch));
  }

  private void add(TokenBatch batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray real = realTokens(batch);
      Frame frame = decoder.frame(batch.length());
      BlockTap tap =
          new BlockTap() {
            @Override
            public void downInput(int layer, NDArray input) {
              add(layer, decoder.ops().selectTokens(input, real));
            }
          };
      NDArray hidden = decoder.embed(batch.ids(decoder.manager()), frame);
      hidden = decoder.run(hidden, 0, highest, frame, tap);
      add(highest, decoder.downInput(highest, hidden, frame, real));
    }
  }

  private void add(int layer, NDArray keys) {
    NDArray sum = sums.get(layer);
    if (sum != null) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        sum.addi(keys.transpose().matMul(keys).toType(DataType.FLOAT64, false));
      }
    }
  }

  private NDArray realTokens(TokenBatch batch) {
    int count = batch.rows().stream().mapToInt(TokenIds::length).sum();
    long[] flat = new long[count];
    int at = 0;
    for (int row = 0; row < batch.size(); row++) {
      for (int position = 0; position < batch.rows().get(row).length(); position++) {
        flat[at++] = batch.flat(row, position);
      }
    }
    return NativeArrays.longs(decoder.manager(), flat, flat.length);
  }

  /**
   * The statistics of all that was read.
   *
   * @param modelDigest digest of the model, hexadecimal
   */
  public KeyStatistics finish(String modelDigest) {
    Map<Integer, Matrix> moments = new TreeMap<>();
    try {
      sums.forEach((layer, sum) -> moments.put(layer, mean(sum)));
      String digest = Digest32.finish(corpus).hex();
      return KeyStatistics.of(new KeyStatistics.Origin(tokens, digest, modelDigest), moments);
    } finally {
      moments.values().forEach(Matrix::close);
    }
  }

  private Matrix mean(NDArray sum) {
    int size = decoder.config().innerWidth();
    Matrix mean = Matrix.ofColumnMajor(size, size, sum.toDoubleArray());
    mean.scale(1.0 / tokens);
    return mean;
  }

  @Override
  public void close() {
    manager.close();
  }
}
