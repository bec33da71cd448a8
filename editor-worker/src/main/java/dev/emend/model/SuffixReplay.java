package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays the blocks above a layer from a changed hidden state, again and again. A change at
 * position {@code p} of block {@code layer} leaves everything before {@code p} as it was, so the
 * keys and values of earlier positions are computed once and each replay reads only the suffix from
 * {@code p} on: exact up to rounding.
 *
 * <p>The suffixes of all rows have the same width S, padded at the right. Native memory is held
 * until {@link #close}. One thread at a time.
 */
public final class SuffixReplay implements AutoCloseable {
  private final Decoder decoder;
  private final TokenBatch batch;
  private final int layer;
  private final List<Integer> starts;
  private final int length;
  private final NDManager manager;
  private final Map<Integer, KeyValues> past = new HashMap<>();
  private final NDArray hidden;
  private final Frame frame;

  /**
   * Reads a batch and keeps what replays need.
   *
   * @param layer the block whose output will be changed
   * @param starts first position of each row that may change
   */
  public SuffixReplay(Decoder decoder, TokenBatch batch, int layer, List<Integer> starts) {
    this.decoder = decoder;
    this.batch = batch;
    this.layer = layer;
    this.starts = List.copyOf(starts);
    this.length = suffixLength(batch, this.starts);
    this.manager = decoder.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      this.hidden = keep(read());
      this.frame = suffixFrame();
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /** Width of the suffixes, S. */
  public int length() {
    return length;
  }

  /** State after the layer at the suffixes' positions as first read, {@code [B, S, d]}. */
  public NDArray hidden() {
    return hidden;
  }

  /** {@link #hidden} with {@code delta [B, d]} added at the first position of each suffix. */
  public NDArray shifted(NDArray delta) {
    return decoder.ops().addToFirst(hidden, delta);
  }

  /** State after the last block, {@code [B, S, d]}, of a state after the layer; differentiable. */
  public NDArray replay(NDArray state) {
    int layers = decoder.config().layers();
    return decoder.run(state, layer + 1, layers, frame);
  }

  /**
   * Where a token of the batch is in the flattened suffixes: {@code row * S + position - start}.
   */
  public long flat(int row, int position) {
    int offset = position - starts.get(row);
    if (offset < 0 || position >= batch.rows().get(row).length()) {
      throw new IndexOutOfBoundsException(position + " is not in the suffix of row " + row);
    }
    return (long) row * length + offset;
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Fills the past of the layers above and gives the state after the layer. */
  private NDArray read() {
    int last = decoder.config().layers() - 1;
    Frame whole = decoder.frame(batch.length());
    NDArray h = decoder.embed(batch.ids(decoder.manager()), whole);
    h = decoder.run(h, 0, layer + 1, whole);
    NDArray suffix = decoder.ops().selectTokens(h, suffixIndex());
    int prefix = Collections.max(starts);
    if (layer < last && prefix > 0) {
      BlockTap tap = new PrefixTap(prefix);
      NDArray below = decoder.run(h, layer + 1, last, whole, tap);
      decoder.keysAndValues(last, below, whole, tap);
    }
    return suffix.reshape(batch.size(), length, decoder.config().width());
  }

  private NDArray suffixIndex() {
    long[] index = new long[batch.size() * length];
    for (int row = 0; row < batch.size(); row++) {
      for (int offset = 0; offset < length; offset++) {
        int position = Math.min(starts.get(row) + offset, batch.length() - 1);
        index[row * length + offset] = (long) row * batch.length() + position;
      }
    }
    return NativeArrays.longs(manager, index, index.length);
  }

  private Frame suffixFrame() {
    int limit = decoder.config().positions() - 1;
    long[] positions = new long[batch.size() * length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = Math.min(starts.get(i / length) + i % length, limit);
    }
    NDArray places = keep(NativeArrays.longs(manager, positions, batch.size(), length));
    NDArray mask = keep(AttentionMask.of(manager, starts, Collections.max(starts), length));
    Frame made = decoder.frame(places, mask, past);
    Frame.Rotation rotation = made.rotation();
    if (rotation != null) {
      keep(rotation.cos());
      keep(rotation.sin());
    }
    return made;
  }

  private NDArray keep(NDArray array) {
    NDScope.unregister(array);
    array.attach(manager);
    return array;
  }

  private static int suffixLength(TokenBatch batch, List<Integer> starts) {
    if (starts.size() != batch.size()) {
      throw new IllegalArgumentException(starts.size() + " starts for " + batch.size() + " rows");
    }
    int longest = 0;
    for (int row = 0; row < starts.size(); row++) {
      int left = batch.rows().get(row).length() - starts.get(row);
      if (starts.get(row) < 0 || left < 1) {
        throw new IndexOutOfBoundsException("start " + starts.get(row) + " of row " + row);
      }
      longest = Math.max(longest, left);
    }
    return longest;
  }

  /** Keeps copies of the first columns of keys and values. */
  private final class PrefixTap implements BlockTap {
    private final NDIndex columns;

    PrefixTap(int prefix) {
      this.columns = new NDIndex(":, :, :" + prefix);
    }

    @Override
    public void keysAndValues(int block, NDArray keys, NDArray values) {
      past.put(block, new KeyValues(prefix(keys), prefix(values)));
    }

    private NDArray prefix(NDArray array) {
      return keep(decoder.ops().copy(array.get(columns)));
    }
  }
}
