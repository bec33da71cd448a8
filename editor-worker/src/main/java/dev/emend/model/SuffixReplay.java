package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Replays the blocks above a layer from a changed hidden state, again and again. A change at
 * position {@code p} of block {@code layer} leaves everything before {@code p} as it was, so the
 * keys and values of earlier positions are computed once and each replay reads only the suffix from
 * {@code p} on; of the last block only the tokens that are read: exact up to rounding.
 *
 * <p>The suffixes of all rows have the same width S, padded at the right; the last R tokens of each
 * are read. Native memory is held until {@link #close}. One thread at a time.
 */
public final class SuffixReplay implements AutoCloseable {
  private final Decoder decoder;
  private final int layer;
  private final SuffixPlan plan;
  private final NDManager manager;
  private final Map<Integer, KeyValues> past = new HashMap<>();
  private final NDArray hidden;
  private final Frame frame;
  private final ChosenTokens read;

  /**
   * Reads a batch and keeps what replays need.
   *
   * @param layer the block whose output will be changed
   * @param starts first position of each row that may change
   * @param readings R, how many tokens at the end of each row will be read
   */
  public SuffixReplay(
      Decoder decoder, TokenBatch batch, int layer, List<Integer> starts, int readings) {
    this(
        decoder,
        layer,
        SuffixPlan.of(batch, starts, readings),
        (d, plan) -> new PrefixReading(d, batch, layer, plan).read());
  }

  private interface Source {
    PrefixReading.Result of(Decoder decoder, SuffixPlan plan);
  }

  private SuffixReplay(Decoder decoder, int layer, SuffixPlan plan, Source source) {
    this.decoder = decoder;
    this.layer = layer;
    this.plan = plan;
    this.manager = decoder.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      PrefixReading.Result result = source.of(decoder, plan);
      this.hidden = keep(result.hidden());
      result
          .past()
          .forEach((l, kv) -> past.put(l, new KeyValues(keep(kv.keys()), keep(kv.values()))));
      this.frame = suffixFrame();
      this.read = chosen();
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /** A replay of some of the rows, in the given order, without reading them anew. */
  public SuffixReplay only(List<Integer> rows) {
    long[] index = rows.stream().mapToLong(Integer::longValue).toArray();
    return new SuffixReplay(
        decoder,
        layer,
        plan.only(rows),
        (d, cut) -> {
          NDArray chosen = NativeArrays.longs(d.manager(), index, index.length);
          NDArray state = cut(d.ops().select(hidden, chosen), ":, :" + cut.length());
          Map<Integer, KeyValues> kept = new HashMap<>();
          if (cut.prefix() > 0) {
            past.forEach((l, kv) -> kept.put(l, part(kv, chosen, ":, :, :" + cut.prefix())));
          }
          return new PrefixReading.Result(state, kept);
        });
  }

  private KeyValues part(KeyValues pair, NDArray rows, String columns) {
    return new KeyValues(
        cut(decoder.ops().select(pair.keys(), rows), columns),
        cut(decoder.ops().select(pair.values(), rows), columns));
  }

  private NDArray cut(NDArray array, String index) {
    return decoder.ops().copy(array.get(new NDIndex(index)));
  }

  /** Width of the suffixes, S. */
  public int length() {
    return plan.length();
  }

  /** State after the layer at the suffixes' positions as first read, {@code [B, S, d]}. */
  public NDArray hidden() {
    return hidden;
  }

  /** {@link #hidden} with {@code delta [B, d]} added at the first position of each suffix. */
  public NDArray shifted(NDArray delta) {
    return decoder.ops().addToFirst(hidden, delta);
  }

  /**
   * State after the last block at the tokens that are read, {@code [B, R, d]}, of a state after the
   * layer; differentiable.
   */
  public NDArray replay(NDArray state) {
    int last = decoder.config().layers() - 1;
    if (layer == last) {
      return read.select(decoder.ops(), state);
    }
    return decoder.blockAt(last, decoder.run(state, layer + 1, last, frame), frame, read);
  }

  /** Where a token that is read is in the flattened replay: row by row, R a row. */
  public long flat(int row, int position) {
    return plan.flat(row, position);
  }

  @Override
  public void close() {
    manager.close();
  }

  private Frame suffixFrame() {
    int limit = decoder.config().positions() - 1;
    int rows = plan.starts().size();
    long[] positions =
        IntStream.range(0, rows * plan.length())
            .mapToLong(
                i -> Math.min(plan.starts().get(i / plan.length()) + i % plan.length(), limit))
            .toArray();
    NDArray places = keep(NativeArrays.longs(manager, positions, rows, plan.length()));
    NDArray mask = keep(AttentionMask.of(manager, plan.starts(), plan.prefix(), plan.length()));
    Frame made = decoder.frame(places, mask, past);
    Frame.Rotation rotation = made.rotation();
    if (rotation != null) {
      keep(rotation.cos());
      keep(rotation.sin());
    }
    return made;
  }

  private ChosenTokens chosen() {
    int rows = plan.starts().size();
    long[] offsets = plan.readOffsets();
    NDArray places = NativeArrays.longs(manager, offsets, rows, plan.readings());
    NDArray all = AttentionMask.of(manager, plan.starts(), plan.prefix(), plan.length());
    NDArray mask = keep(decoder.ops().call("pick", all, places));
    ChosenTokens tokens = ChosenTokens.of(manager, offsets, rows, plan.length(), mask);
    keep(tokens.offsets());
    keep(tokens.flat());
    return tokens;
  }

  private NDArray keep(NDArray array) {
    NDScope.unregister(array);
    array.attach(manager);
    return array;
  }
}
