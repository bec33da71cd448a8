package dev.emend.bench;

/**
 * A sum of products in twice the precision of fp64: the rounding error of every product and sum is
 * kept (Ogita, Rump and Oishi 2005). Not thread-safe.
 */
final class TwofoldSum {
  private double high;
  private double low;

  /** Adds {@code a * b}. */
  void addProduct(double a, double b) {
    double product = a * b;
    double sum = high + product;
    double part = sum - high;
    double lost = (high - (sum - part)) + (product - part);
    low += lost + Math.fma(a, b, -product);
    high = sum;
  }

  /** The leading part. */
  double high() {
    return high;
  }

  /** What the leading part lacks. */
  double low() {
    return low;
  }
}
