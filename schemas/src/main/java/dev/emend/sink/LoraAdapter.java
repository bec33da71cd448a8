package dev.emend.sink;

import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference between a base model and one of its versions as a LoRA adapter: for each edited
 * matrix two factors of one rank, and how much they miss. Immutable.
 *
 * @param version what it brings the base model to
 * @param layout how the base model stores its matrices
 * @param modules the edited matrices, by name; none for the base model itself
 */
public record LoraAdapter(ModelVersion version, WeightLayout layout, List<LoraModule> modules) {
  /** Copies the list. */
  public LoraAdapter {
    modules = List.copyOf(modules);
  }

  /**
   * Works out an adapter.
   *
   * @param base the base model's folder
   * @param digest the base model's digest
   * @throws Fault MODEL_INCOMPLETE if a tensor differs that an adapter cannot change
   */
  static LoraAdapter between(
      ModelFolder base, ModelDigest digest, ModelState state, AdapterRank rank) {
    AdapterFamily family = AdapterFamily.of(base);
    List<LoraModule> modules = new ArrayList<>();
    for (String name : base.names()) {
      if (!state.digest().tensor(name).equals(digest.tensor(name))) {
        modules.add(module(base, state, family, name, rank));
      }
    }
    return new LoraAdapter(state.version(), family.layout(), modules);
  }

  private static LoraModule module(
      ModelFolder base, ModelState state, AdapterFamily family, String name, AdapterRank rank) {
    TensorInfo info = base.info(name);
    if (info.shape().size() != 2 || !name.endsWith(".weight") || name.contains("emb")) {
      throw new Fault(
          FaultCode.MODEL_INCOMPLETE,
          state + " differs from its base in " + name + ", which a LoRA adapter cannot change");
    }
    MatrixShape shape = MatrixShape.of(family.layout(), info.shape());
    RowMatrix difference = difference(base.floats(name), state.floats(name), shape);
    LowRankFactors factors = SubspaceFit.of(difference, rank);
    return new LoraModule(family.module(name), factors, SubspaceFit.error(difference, factors));
  }

  /** As out x in, whatever the layout. */
  private static RowMatrix difference(float[] before, float[] after, MatrixShape shape) {
    RowMatrix difference = new RowMatrix(shape.rows(), shape.columns());
    for (int row = 0; row < shape.rows(); row++) {
      for (int column = 0; column < shape.columns(); column++) {
        int at = row * shape.columns() + column;
        difference.set(row, column, (double) after[at] - before[at]);
      }
    }
    return shape.layout() == WeightLayout.OUT_IN ? difference : difference.transpose();
  }

  /** The rank of the adapter: that of the module that needs most, at least 1. */
  public int rank() {
    return modules.stream().mapToInt(module -> module.factors().rank()).max().orElse(1);
  }

  /** The largest error of a module. */
  public double error() {
    return modules.stream().mapToDouble(LoraModule::error).max().orElse(0);
  }

  /**
   * Writes the folder that PEFT and model servers load; it appears whole, by a rename.
   *
   * @param folder a new one
   * @param baseName what the adapter is to name as its base model, a folder or a hub's name
   */
  public void write(Path folder, String baseName) {
    new LoraFolder(this, baseName).write(folder);
  }
}
