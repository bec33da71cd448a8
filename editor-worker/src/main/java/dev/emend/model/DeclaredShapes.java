package dev.emend.model;

import dev.emend.event.WeightLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors that a declaration implies for a model's numbers. */
public final class DeclaredShapes {
  private DeclaredShapes() {}

  /**
   * Names as a whole model stores them, optional biases included, and shapes in stored order.
   *
   * @param config numbers of the model
   */
  public static Map<String, long[]> of(ModelConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Architecture architecture = config.architecture();
    for (TensorRole role : architecture.names().keySet()) {
      if (role == TensorRole.HEAD && config.tiedHead()) {
        continue;
      }
      for (int layer = 0; layer < (role.perBlock() ? config.layers() : 1); layer++) {
        String name = architecture.name(role, layer, true);
        long[] size = shape(config, role);
        boolean turned = role.perBlock() && architecture.layout() == WeightLayout.IN_OUT;
        boolean matrix = size.length == 2 && turned;
        shapes.put(name + ".weight", matrix ? new long[] {size[1], size[0]} : size);
        if (architecture.bias(role) != Presence.NEVER) {
          shapes.put(name + ".bias", new long[] {size[0]});
        }
      }
    }
    return shapes;
  }

  /** Shape of a role's weight, outputs first. */
  private static long[] shape(ModelConfig config, TensorRole role) {
    long d = config.width();
    long all = (long) config.heads() * config.headWidth();
    long shared = (long) config.keyHeads() * config.headWidth();
    return switch (role) {
      case TOKEN_EMBEDDING, HEAD -> new long[] {config.vocabulary(), d};
      case POSITION_EMBEDDING -> new long[] {config.positions(), d};
      case FIRST_NORM, SECOND_NORM, FINAL_NORM -> new long[] {d};
      case QUERY_NORM, KEY_NORM -> new long[] {config.headWidth()};
      case FUSED_QKV -> new long[] {all + 2 * shared, d};
      case QUERY -> new long[] {all, d};
      case KEY, VALUE -> new long[] {shared, d};
      case ATTENTION_OUT -> new long[] {d, all};
      case GATE, UP -> new long[] {config.innerWidth(), d};
      case FUSED_GATE_UP -> new long[] {2L * config.innerWidth(), d};
      case DOWN -> new long[] {d, config.innerWidth()};
    };
  }
}
