package dev.emend.worker;

import dev.emend.delta.StagedTensor;
import dev.emend.delta.StagedVersion;

/** How much a staged version changes the weights. */
final class ChangeNorm {
  private ChangeNorm() {}

  /**
   * The largest {@code |W' - W| / |W|} (Frobenius) of the tensors that it changes; infinite if one
   * was zero.
   */
  static double of(StagedVersion version) {
    return version.tensors().stream()
        .map(StagedTensor::edit)
        .mapToDouble(
            edit ->
                relative(
                    version.parent().floats(edit.name()), version.result().floats(edit.name())))
        .max()
        .orElse(0);
  }

  private static double relative(float[] before, float[] after) {
    double change = 0;
    double size = 0;
    for (int i = 0; i < before.length; i++) {
      double difference = (double) after[i] - before[i];
      change += difference * difference;
      size += (double) before[i] * before[i];
    }
    return change == 0 ? 0 : Math.sqrt(change / size);
  }
}
