package dev.emend.model;

import java.util.List;
import java.util.Optional;

/**
 * The numbers of a model.
 *
 * @param architecture its declaration
 * @param vocabulary rows of the token embedding, V
 * @param positions the longest sequence it can read
 * @param width of the hidden state, d
 * @param layers number of blocks
 * @param heads query heads
 * @param keyHeads key and value heads; divides {@code heads}
 * @param headWidth width of one head
 * @param innerWidth width of the MLP: what the down-projection reads
 * @param normEpsilon what normalisation adds to the variance
 * @param activation of the MLP
 * @param rotary how positions rotate; empty for learned positions
 * @param tiedHead whether the head is the token embedding
 * @param endTokens ids that end a generation
 */
public record ModelConfig(
    Architecture architecture,
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int keyHeads,
    int headWidth,
    int innerWidth,
    double normEpsilon,
    Activation activation,
    Optional<RotaryConfig> rotary,
    boolean tiedHead,
    List<Integer> endTokens) {

  /** Checks that the numbers fit together. */
  public ModelConfig {
    endTokens = List.copyOf(endTokens);
    requirePositive(vocabulary, "vocabulary");
    requirePositive(positions, "positions");
    requirePositive(width, "width");
    requirePositive(layers, "layers");
    requirePositive(heads, "heads");
    requirePositive(keyHeads, "keyHeads");
    requirePositive(headWidth, "headWidth");
    requirePositive(innerWidth, "innerWidth");
    if (heads % keyHeads != 0) {
      throw new IllegalArgumentException(heads + " heads cannot share " + keyHeads + " key heads");
    }
    if ((architecture.position() == Layout.Position.LEARNED) == rotary.isPresent()) {
      throw new IllegalArgumentException("positions are either learned or rotary");
    }
  }

  /** A GPT-2 with a tied head and an MLP of four times its width. */
  public static ModelConfig gpt2(
      int vocabulary, int positions, int width, int layers, int heads, int endToken) {
    return new ModelConfig(
        Architectures.GPT2,
        vocabulary,
        positions,
        width,
        layers,
        heads,
        heads,
        width / heads,
        4 * width,
        1e-5,
        Activation.GELU_TANH,
        Optional.empty(),
        true,
        List.of(endToken));
  }

  /** The constants of its operations. */
  TorchConstants constants() {
    return new TorchConstants(normEpsilon, headWidth, heads / keyHeads);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value);
    }
  }
}
