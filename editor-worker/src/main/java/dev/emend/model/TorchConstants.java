package dev.emend.model;

/**
 * The numbers of a model that its operations are built with.
 *
 * @param normEpsilon what normalisation adds to the variance
 * @param headWidth width of one attention head
 * @param queryHeadsPerKeyHead how many query heads share a key head
 */
record TorchConstants(double normEpsilon, int headWidth, int queryHeadsPerKeyHead) {
  TorchConstants {
    if (!(normEpsilon > 0) || headWidth < 1 || queryHeadsPerKeyHead < 1) {
      throw new IllegalArgumentException(
          "epsilon " + normEpsilon + ", head " + headWidth + ", group " + queryHeadsPerKeyHead);
    }
  }
}
