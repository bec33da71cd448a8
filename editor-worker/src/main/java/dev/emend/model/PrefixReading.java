package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The one pass that a {@link SuffixReplay} begins with: the state of the suffixes after a layer,
 * and the keys and values of what lies before them in the layers above. Rows that begin alike are
 * read together, and what they share once.
 */
final class PrefixReading {
  private final Decoder decoder;
  private final TokenBatch batch;
  private final int layer;
  private final SuffixPlan plan;

  PrefixReading(Decoder decoder, TokenBatch batch, int layer, SuffixPlan plan) {
    this.decoder = decoder;
    this.batch = batch;
    this.layer = layer;
    this.plan = plan;
  }

  /**
   * What was read.
   *
   * @param hidden {@code [B, S, d]}
   * @param past by layer, {@code [B, key heads, P, dh]}; empty if no row has a prefix
   */
  record Result(NDArray hidden, Map<Integer, KeyValues> past) {}

  Result read() {
    // At least one token of its own must remain before a row's suffix.
    List<Integer> limits = plan.starts().stream().map(start -> Math.max(0, start - 1)).toList();
    List<CommonStarts.Cluster> clusters = CommonStarts.of(batch.rows(), limits);
    List<Result> parts = clusters.stream().map(this::read).toList();
    NDArray order = order(clusters);
    NDArray hidden = joined(parts.stream().map(Result::hidden).toList(), order);
    Map<Integer, KeyValues> past = new HashMap<>();
    for (int above : layersAbove()) {
      List<KeyValues> pairs = new ArrayList<>();
      parts.forEach(part -> pairs.add(Objects.requireNonNull(part.past().get(above))));
      NDArray keys = joined(pairs.stream().map(KeyValues::keys).toList(), order);
      NDArray values = joined(pairs.stream().map(KeyValues::values).toList(), order);
      past.put(above, new KeyValues(keys, values));
    }
    return new Result(hidden, past);
  }

  /** The layers whose past a replay needs. */
  private List<Integer> layersAbove() {
    return plan.prefix() == 0
        ? List.of()
        : IntStream.range(layer + 1, decoder.config().layers()).boxed().toList();
  }

  private Result read(CommonStarts.Cluster cluster) {
    List<TokenIds> rows = cluster.rows().stream().map(batch.rows()::get).toList();
    RowsState state = RowsState.embedded(decoder, rows, cluster.shared()).run(0, layer + 1);
    NDArray suffixes =
        state.select(suffixes(state, cluster)).reshape(rows.size(), plan.length(), -1);
    return new Result(suffixes, past(state, cluster));
  }

  private long[] suffixes(RowsState state, CommonStarts.Cluster cluster) {
    int length = plan.length();
    long[] flat = new long[cluster.rows().size() * length];
    for (int i = 0; i < flat.length; i++) {
      int start = plan.starts().get(cluster.rows().get(i / length));
      flat[i] = state.flat(i / length, start + i % length);
    }
    return flat;
  }

  private Map<Integer, KeyValues> past(RowsState state, CommonStarts.Cluster cluster) {
    int last = decoder.config().layers() - 1;
    int prefix =
        cluster.rows().stream().mapToInt(row -> plan.starts().get(row)).max().orElseThrow();
    Map<Integer, KeyValues> found =
        layersAbove().isEmpty() || prefix == 0
            ? Map.of()
            : state.keysAndValues(layer + 1, last, prefix);
    Map<Integer, KeyValues> past = new HashMap<>();
    for (int above : layersAbove()) {
      KeyValues pair = found.get(above);
      int rows = cluster.rows().size();
      past.put(above, pair == null ? nothing(rows, plan.prefix()) : widened(pair, rows, prefix));
    }
    return past;
  }

  /** Columns of nothing at the end, up to the width of all rows' past; masks hide them. */
  private KeyValues widened(KeyValues pair, int rows, int prefix) {
    if (prefix == plan.prefix()) {
      return pair;
    }
    KeyValues rest = nothing(rows, plan.prefix() - prefix);
    return new KeyValues(
        decoder.ops().call("append", pair.keys(), rest.keys()),
        decoder.ops().call("append", pair.values(), rest.values()));
  }

  private KeyValues nothing(int rows, int columns) {
    ModelConfig config = decoder.config();
    NDArray zeros =
        decoder.manager().zeros(new Shape(rows, config.keyHeads(), columns, config.headWidth()));
    return new KeyValues(zeros, zeros);
  }

  /** From the order of the clusters' rows to that of the batch. */
  private NDArray order(List<CommonStarts.Cluster> clusters) {
    long[] order = new long[batch.size()];
    int at = 0;
    for (CommonStarts.Cluster cluster : clusters) {
      for (int row : cluster.rows()) {
        order[row] = at++;
      }
    }
    return NativeArrays.longs(decoder.manager(), order, order.length);
  }

  private NDArray joined(List<NDArray> parts, NDArray order) {
    NDArray all = parts.size() == 1 ? parts.get(0) : NDArrays.concat(new NDList(parts), 0);
    return decoder.ops().select(all, order);
  }
}
