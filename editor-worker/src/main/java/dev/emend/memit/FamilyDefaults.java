package dev.emend.memit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Hyper-parameters per model family, as published for its well-known sizes (EasyEdit, MEMIT,
 * AlphaEdit). A model of another depth gets the same share of its depth; a small one gets what we
 * measured to edit small models best.
 */
public final class FamilyDefaults {
  private static final int SMALL_MODEL_LAYERS = 12;

  private FamilyDefaults() {}

  /**
   * Defaults for a model.
   *
   * @param modelType the {@code model_type} of its {@code config.json}
   * @param depth number of blocks, at least 1
   */
  public static HyperParameters of(String modelType, int depth) {
    if (depth <= SMALL_MODEL_LAYERS) {
      List<Integer> first =
          IntStream.range(0, Math.max(1, Math.min(3, depth - 1))).boxed().toList();
      return HyperParameters.published(first, 20, 1000, 0.5, 1.5, 0.5);
    }
    return switch (modelType) {
      case "gpt2" ->
          HyperParameters.published(scaled(13, 17, 48, depth), 20, 20_000, 0.5, 0.75, 0.5);
      case "gptj" -> HyperParameters.published(scaled(3, 8, 28, depth), 25, 15_000, 0.5, 0.75, 0.5);
      case "gpt_neox" ->
          HyperParameters.published(scaled(6, 10, 44, depth), 20, 15_000, 0.5, 0.8, 0.5);
      default -> HyperParameters.published(scaled(4, 8, 32, depth), 25, 15_000, 0.5, 4, 1e-3);
    };
  }

  private static List<Integer> scaled(int first, int last, int publishedDepth, int depth) {
    int start = Math.round((float) first * depth / publishedDepth);
    int end =
        Math.min(depth - 2, Math.max(start, Math.round((float) last * depth / publishedDepth)));
    return IntStream.rangeClosed(start, end).boxed().toList();
  }
}
