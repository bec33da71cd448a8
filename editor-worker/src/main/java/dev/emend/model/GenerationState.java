package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows under generation: their keys and values, what was added, and which have ended. */
final class GenerationState implements AutoCloseable {
  private final Decoder decoder;
  private final TokenBatch prompts;
  private final NDManager manager;
  private final Map<Integer, KeyValues> past = new HashMap<>();
  private final List<List<Integer>> added = new ArrayList<>();
  private final boolean[] ended;
  private long[] newest = {};
  private int steps;

  GenerationState(Decoder decoder, TokenBatch prompts) {
    this.decoder = decoder;
    this.prompts = prompts;
    this.manager = decoder.manager().newSubManager();
    this.ended = new boolean[prompts.size()];
    prompts.rows().forEach(row -> added.add(new ArrayList<>()));
  }

  boolean finished() {
    for (boolean end : ended) {
      if (!end) {
        return false;
      }
    }
    return true;
  }

  /** Adds one token to every row that has not ended. */
  void advance() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      newest = decoder.ops().argmax(steps == 0 ? readPrompts() : readNewest()).toLongArray();
    }
    steps++;
    for (int row = 0; row < ended.length; row++) {
      int id = Math.toIntExact(newest[row]);
      ended[row] |= decoder.config().endTokens().contains(id);
      if (!ended[row]) {
        added.get(row).add(id);
      }
    }
  }

  List<TokenIds> continuations() {
    return added.stream()
        .map(ids -> TokenIds.of(ids.stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  private NDArray readPrompts() {
    Frame frame = decoder.frame(prompts.length());
    NDArray h = decoder.embed(prompts.ids(decoder.manager()), frame);
    h = decoder.run(h, 0, decoder.config().layers(), frame, new Memory());
    List<Integer> lasts = prompts.rows().stream().map(row -> row.length() - 1).toList();
    return decoder.logitsAt(h, prompts.flat(decoder.manager(), lasts));
  }

  private NDArray readNewest() {
    int rows = prompts.size();
    long[] places = new long[rows];
    List<Integer> visible = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      places[row] = prompts.rows().get(row).length() + steps - 1L;
      visible.add(prompts.rows().get(row).length());
    }
    NDManager scratch = decoder.manager();
    NDArray mask = AttentionMask.afterPrompts(scratch, visible, prompts.length(), steps - 1);
    Frame frame = decoder.frame(NativeArrays.longs(scratch, places, rows, 1), mask, past);
    NDArray h = decoder.embed(NativeArrays.longs(scratch, newest, rows, 1), frame);
    h = decoder.run(h, 0, decoder.config().layers(), frame, new Memory());
    return decoder.logits(h.reshape(rows, decoder.config().width()));
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Appends what each layer reads to what it has read before. */
  private final class Memory implements BlockTap {
    @Override
    public void keysAndValues(int layer, NDArray keys, NDArray values) {
      KeyValues before = past.get(layer);
      if (before == null) {
        past.put(layer, new KeyValues(keep(copy(keys)), keep(copy(values))));
        return;
      }
      TorchOps ops = decoder.ops();
      past.put(
          layer,
          new KeyValues(
              keep(ops.call("append", before.keys(), keys)),
              keep(ops.call("append", before.values(), values))));
    }

    private NDArray copy(NDArray array) {
      return decoder.ops().copy(array);
    }

    private NDArray keep(NDArray array) {
      NDScope.unregister(array);
      array.attach(manager);
      return array;
    }
  }
}
