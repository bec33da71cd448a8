package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import dev.emend.token.TokenIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hidden state of rows between two blocks. The first {@code shared} tokens, which all rows have
 * in common, are computed once. Its arrays belong to the scope in which it was made. One thread.
 */
public final class RowsState {
  private final Decoder decoder;
  private final int shared;
  private final @Nullable NDArray common;
  private final NDArray own;

  private RowsState(Decoder decoder, int shared, @Nullable NDArray common, NDArray own) {
    this.decoder = decoder;
    this.shared = shared;
    this.common = common;
    this.own = own;
  }

  /** Rows before the first block; each must be longer than what they share. */
  public static RowsState embedded(Decoder decoder, List<TokenIds> rows, int shared) {
    TokenBatch tails =
        new TokenBatch(rows.stream().map(row -> row.slice(shared, row.length())).toList());
    NDArray own =
        decoder.embed(
            tails.ids(decoder.manager()),
            decoder.frame(positions(decoder, shared, tails.length()), null, Map.of()));
    if (shared == 0) {
      return new RowsState(decoder, 0, null, own);
    }
    TokenBatch start = TokenBatch.of(rows.get(0).slice(0, shared));
    NDArray common = decoder.embed(start.ids(decoder.manager()), decoder.frame(shared));
    return new RowsState(decoder, shared, common, own);
  }

  private static NDArray positions(Decoder decoder, int first, int count) {
    long[] positions = IntStream.range(first, first + count).asLongStream().toArray();
    return NativeArrays.longs(decoder.manager(), positions, 1, count);
  }

  /** Tokens in common. */
  public int shared() {
    return shared;
  }

  /** Its arrays: what a caller keeps, moves or frees. */
  public NDList arrays() {
    return common == null ? new NDList(own) : new NDList(own, common);
  }

  /** State after blocks {@code from} to {@code to - 1}. */
  public RowsState run(int from, int to) {
    return run(from, to, BlockTap.NONE, BlockTap.NONE);
  }

  private RowsState run(int from, int to, BlockTap commonTap, BlockTap ownTap) {
    RowsState state = this;
    for (int layer = from; layer < to; layer++) {
      RowsState before = state;
      state = state.block(layer, commonTap, ownTap);
      if (layer > from) {
        before.arrays().close();
      }
    }
    return state;
  }

  private RowsState block(int layer, BlockTap commonTap, BlockTap ownTap) {
    NDArray start = common;
    if (start == null) {
      NDArray next = decoder.run(own, layer, layer + 1, frame(Map.of()), ownTap);
      return new RowsState(decoder, 0, null, next);
    }
    NDArray[] next = new NDArray[2];
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      KeyValueTap past = new KeyValueTap(decoder.ops());
      next[0] = decoder.run(start, layer, layer + 1, decoder.frame(shared), both(past, commonTap));
      next[1] = decoder.run(own, layer, layer + 1, frame(past.take()), ownTap);
      NDScope.unregister(next[0]);
      NDScope.unregister(next[1]);
    }
    NDScope.register(next[0]);
    NDScope.register(next[1]);
    return new RowsState(decoder, shared, next[0], next[1]);
  }

  private static BlockTap both(BlockTap first, BlockTap second) {
    return new BlockTap() {
      @Override
      public void keysAndValues(int layer, NDArray keys, NDArray values) {
        first.keysAndValues(layer, keys, values);
        second.keysAndValues(layer, keys, values);
      }
    };
  }

  /** Frame of the rows' own tokens. */
  private Frame frame(Map<Integer, KeyValues> past) {
    int width = width();
    NDArray mask = shared == 0 ? null : AttentionMask.afterShared(decoder.manager(), shared, width);
    return decoder.frame(positions(decoder, shared, width), mask, past);
  }

  private int width() {
    return Math.toIntExact(own.getShape().get(1));
  }

  /** What the down-projection of {@code layer} reads at one token a row, {@code [B, d_in]}. */
  public NDArray downInputAt(int layer, List<Integer> positions) {
    return NativeArrays.keeping(
        () -> decoder.downInputAt(layer, own, attending(layer), chosen(positions)).squeeze(1));
  }

  /** The hidden state after block {@code layer}, the next one, at one token a row, [B, d]. */
  public NDArray blockAt(int layer, List<Integer> positions) {
    return NativeArrays.keeping(
        () -> decoder.blockAt(layer, own, attending(layer), chosen(positions)).squeeze(1));
  }

  private Frame attending(int layer) {
    if (common == null) {
      return frame(Map.of());
    }
    KeyValueTap past = new KeyValueTap(decoder.ops());
    decoder.keysAndValues(layer, common, decoder.frame(shared), past);
    return frame(past.take());
  }

  private ChosenTokens chosen(List<Integer> positions) {
    List<Integer> offsets = positions.stream().map(position -> position - shared).toList();
    return ChosenTokens.one(decoder.manager(), offsets, shared, width());
  }

  /** Token vectors at flat positions {@code row * T + position - shared}, {@code [N, d]}. */
  NDArray select(long[] rowsOfOwn) {
    NDArray index = NativeArrays.longs(decoder.manager(), rowsOfOwn, rowsOfOwn.length);
    return decoder.ops().selectTokens(own, index);
  }

  /** Flat place of a token among the rows' own ones; beyond the end the last one. */
  long flat(int row, int position) {
    return (long) row * width() + Math.min(position - shared, width() - 1);
  }

  /**
   * Keys and values of the first {@code prefix} tokens in blocks {@code from} to {@code last}, the
   * next ones; prefix must be above {@link #shared()}.
   */
  Map<Integer, KeyValues> keysAndValues(int from, int last, int prefix) {
    KeyValueTap commonTap = new KeyValueTap(decoder.ops());
    KeyValueTap ownTap = new KeyValueTap(decoder.ops());
    NDArray cut = own.get(new NDIndex(":, :" + (prefix - shared)));
    RowsState state = new RowsState(decoder, shared, common, cut);
    for (int layer = from; layer < last; layer++) {
      state = state.block(layer, commonTap, ownTap);
    }
    decoder.keysAndValues(last, state.own, state.attending(last), ownTap);
    if (state.common != null) {
      decoder.keysAndValues(last, state.common, decoder.frame(shared), commonTap);
    }
    Map<Integer, KeyValues> starts = commonTap.take();
    Map<Integer, KeyValues> all = new HashMap<>(ownTap.take());
    starts.forEach((layer, start) -> all.computeIfPresent(layer, (l, rest) -> joined(start, rest)));
    return all;
  }

  private KeyValues joined(KeyValues start, KeyValues rest) {
    TorchOps ops = decoder.ops();
    return new KeyValues(
        ops.call("append", start.keys(), rest.keys()),
        ops.call("append", start.values(), rest.values()));
  }
}
