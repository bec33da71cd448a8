package dev.emend.delta;

import dev.emend.event.WeightLayout;
import java.util.Objects;

/**
 * An update meant for a named tensor.
 *
 * @param name tensor name as in the safetensors file
 * @param layout which side of the stored matrix is the output
 * @param update what changes
 */
public record TensorEdit(String name, WeightLayout layout, TensorUpdate update) {
  /** Refuses null. */
  public TensorEdit {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(update, "update");
  }
}
