package dev.emend.method;

import dev.emend.memit.EditorSettings;
import dev.emend.memory.MemoryNeed;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelConfig;
import dev.emend.model.PassMemory;
import java.util.List;

/**
 * Predicts what a method holds of its own, beside the passes that read facts, which are held
 * against the budget when they are made. Stateless.
 */
final class MethodMemory {
  /** Start, values and the two moments of Adam, the gradient there and here, and its product. */
  private static final int DESCENT_ARRAYS = 7;

  private MethodMemory() {}

  /** Of a method that is about to be opened; MEMIT's own editor asks for itself. */
  static MemoryNeed of(MethodName name, LanguageModel model, EditorSettings settings) {
    ModelConfig config = model.config();
    long layers = settings.numbers().layers().size();
    long square = (long) config.innerWidth() * config.innerWidth() * Double.BYTES;
    long weight = (long) config.innerWidth() * config.width() * Float.BYTES;
    return switch (name) {
      case MEMIT_MASS, MEMIT_SEQUENTIAL -> MemoryNeed.NONE;
      case ROME -> MemoryNeed.NONE.and("key statistics and their factor", 2 * square);
      case ALPHAEDIT ->
          MemoryNeed.NONE
              .and("null spaces and inverses in them", layers * 2 * square)
              .and("eigenvectors of a layer", 4 * square);
      case FINETUNE ->
          MemoryNeed.NONE
              .and("weights, gradients and moments", layers * DESCENT_ARRAYS * weight)
              .and("a pass with gradients", pass(model, settings.tokensPerPass()));
    };
  }

  /** All blocks of a pass are alive until its gradient is read. */
  private static long pass(LanguageModel model, int tokens) {
    PassMemory pass = new PassMemory(model.config(), model.decoder().precision());
    return tokens * (model.config().layers() * pass.block() + pass.logits());
  }

  /** All names that need something of their own, for the words of an error. */
  static String advice(List<Integer> layers) {
    return layers.size() > 1 ? "edit fewer layers, or allow more memory" : "allow more memory";
  }
}
