package dev.emend.linalg;

/**
 * {@code A B} for a symmetric A of which only the lower triangle counts, panel by panel of A's
 * columns: each panel below the diagonal is multiplied once as it is and once transposed, by the
 * general product, while it is still in the cache. The library's own symmetric product reaches a
 * fraction of the rate of its general one. Stateless.
 */
final class SymmetricProduct {
  /** Columns of a panel: at d = 4096 it takes 16 MB. */
  static final int PANEL = 512;

  private SymmetricProduct() {}

  /** Fills {@code into} with {@code a b}; shapes are the caller's duty. */
  static void of(Matrix a, Matrix b, Matrix into, int panel) {
    int size = a.rows();
    into.scale(0);
    for (int from = 0; from < size; from += panel) {
      int width = Math.min(panel, size - from);
      int below = size - from - width;
      Blas.symm(a, b, into, from, width);
      if (below > 0) {
        Blas.panel(a, b, into, from, width, false);
        Blas.panel(a, b, into, from, width, true);
      }
    }
  }
}
