package dev.emend.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.emend.model.NativeArrays;
import dev.emend.model.TorchModule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The forward pass of a GPT-2 type model in training. The last block and the head are computed at
 * the targets only: most tokens of a stated fact are read, not learnt. Thread-safe.
 */
final class Network {
  private final TorchModule torch;
  private final NDManager manager;
  private final ModelSize size;
  private final String suffix;
  private final NDArray one;
  private final Map<Integer, NDArray> plain = new ConcurrentHashMap<>();

  Network(NDManager manager, TorchModule torch, ModelSize size, Precision precision) {
    this.manager = manager;
    this.torch = torch;
    this.size = size;
    this.suffix = precision.suffix();
    this.one = NativeArrays.scalar(manager, 1);
    NDScope.unregister(one);
  }

  /**
   * The sum of -log p(target), each by its share of {@code whole}: a scalar that gradients flow
   * through.
   */
  private NDArray loss(TrainedWeights weights, MicroBatch batch, double whole) {
    NDArray wanted = NativeArrays.longs(manager, batch.wanted(), batch.targets());
    NDArray weight = NativeArrays.floats(manager, batch.shares(whole), batch.targets());
    return head("loss", weights, states(weights, batch), wanted, weight);
  }

  /** Adds the gradients of {@link #loss} to those of the weights; gives the loss. */
  double learn(TrainedWeights weights, MicroBatch batch, double whole) {
    NDArray loss = loss(weights, batch, whole);
    JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    return loss.getFloat();
  }

  /** Log p(target), then 1 where the target is the most probable token: {@code [2, targets]}. */
  NDArray scores(TrainedWeights weights, MicroBatch batch) {
    NDArray wanted = NativeArrays.longs(manager, batch.wanted(), batch.targets());
    return head("score", weights, states(weights, batch), wanted);
  }

  private NDArray head(String method, TrainedWeights weights, NDArray states, NDArray... targets) {
    Stream<NDArray> fixed =
        Stream.of(
            states,
            weights.get(TrainedWeights.FINAL_NORM + "weight"),
            weights.get(TrainedWeights.FINAL_NORM + "bias"),
            weights.get(TrainedWeights.EMBEDDING));
    return torch.call(
        method + suffix, Stream.concat(fixed, Stream.of(targets)).toArray(NDArray[]::new));
  }

  /** The states behind the last block at the targets, {@code [targets, width]}. */
  private NDArray states(TrainedWeights weights, MicroBatch batch) {
    NDArray tokens = NativeArrays.longs(manager, batch.tokens(), batch.rows(), batch.width());
    NDArray places = NativeArrays.longs(manager, batch.places(), batch.targets());
    AttentionMasks masks = masks(batch);
    NDArray x =
        torch.call(
            "embed",
            weights.get(TrainedWeights.EMBEDDING),
            weights.get(TrainedWeights.POSITIONS),
            tokens);
    for (int i = 0; i + 1 < size.layers(); i++) {
      x = torch.call("block" + suffix, operands(x, masks.of(i), weights.block(i)));
    }
    int end = size.layers() - 1;
    NDArray[] last = operands(x, masks.of(end), weights.block(end), places);
    return torch.call("last_block" + suffix, last);
  }

  private static NDArray[] operands(NDArray x, NDArray mask, NDArray[] block, NDArray... more) {
    return Stream.of(Stream.of(x, mask), Stream.of(block), Stream.of(more))
        .flatMap(part -> part)
        .toArray(NDArray[]::new);
  }

  private AttentionMasks masks(MicroBatch batch) {
    if (!batch.hidesSubjects()) {
      return AttentionMasks.same(plain.computeIfAbsent(batch.width(), this::plainMask));
    }
    return AttentionMasks.throughSubjects(manager, batch, size.layers());
  }

  private NDArray plainMask(int width) {
    NDArray mask = AttentionMasks.causal(manager, width);
    NDScope.unregister(mask);
    return mask;
  }
}
