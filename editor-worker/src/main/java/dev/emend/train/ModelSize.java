package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/**
 * The size of a GPT-2 type model with a tied head.
 *
 * @param layers number of blocks
 * @param width size of a hidden state; a multiple of {@code heads}
 * @param heads attention heads of a block
 * @param inner width of a block's feed-forward layer ({@code n_inner})
 * @param vocabulary tokens to learn at most, bytes and the end of text included
 * @param positions longest text in tokens
 */
public record ModelSize(
    int layers, int width, int heads, int inner, int vocabulary, int positions) {
  private static final int LEAST_VOCABULARY = 257;
  private static final int LEAST_POSITIONS = 16;

  /** Rows are padded to a multiple of this many tokens. */
  static final int WIDTH_STEP = 4;

  /** Checks the bounds. */
  public ModelSize {
    require(layers > 0, "layers must be positive");
    require(heads > 0 && width > 0 && width % heads == 0, "width must be a multiple of heads");
    require(inner > 0, "the feed-forward layer needs a width");
    require(vocabulary >= LEAST_VOCABULARY, "the vocabulary needs 257 tokens at least");
    require(positions >= LEAST_POSITIONS, "16 positions are needed at least");
    require(positions % WIDTH_STEP == 0, "positions must be a multiple of " + WIDTH_STEP);
  }

  /** The size of the model that ships with Emend. */
  public static ModelSize shipped() {
    return new ModelSize(6, 256, 8, 1536, 8192, 128);
  }

  /** Width of one attention head. */
  public int headWidth() {
    return width / heads;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fault(FaultCode.USAGE, otherwise);
    }
  }
}
