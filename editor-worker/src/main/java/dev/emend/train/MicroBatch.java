package dev.emend.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of similar length that go through the network together, as flat arrays. Shapes: tokens
 * {@code [rows * width]} padded on the right, targets {@code [n]}. A target at position {@code i}
 * is read off the state at {@code i - 1}. Padding needs no mask, for no token sees what is behind
 * it.
 */
final class MicroBatch {
  private static final double LEAST_FILL = 0.8;

  private final int rows;
  private final int width;
  private final long[] tokens;
  private final long[] places;
  private final long[] wanted;
  private final float[] weights;
  private final List<TrainingRow> members;

  private MicroBatch(List<TrainingRow> batch) {
    members = List.copyOf(batch);
    rows = batch.size();
    width = batch.stream().mapToInt(TrainingRow::length).max().orElse(0);
    int targets = batch.stream().mapToInt(row -> row.targets().size()).sum();
    tokens = new long[rows * width];
    places = new long[targets];
    wanted = new long[targets];
    weights = new float[targets];
    fill(batch);
  }

  private void fill(List<TrainingRow> batch) {
    int n = 0;
    for (int r = 0; r < rows; r++) {
      TrainingRow row = batch.get(r);
      for (int t = 0; t < row.length(); t++) {
        tokens[r * width + t] = row.token(t);
      }
      for (TrainingRow.Target target : row.targets()) {
        places[n] = (long) r * width + target.position() - 1;
        wanted[n] = row.token(target.position());
        weights[n] = (float) target.weight();
        n++;
      }
    }
  }

  /**
   * Cuts rows into batches of at most {@code tokens} tokens, padding included, longest rows first,
   * so that little is padded. A row longer than that is a batch of its own.
   */
  static List<MicroBatch> of(List<TrainingRow> rows, int tokens) {
    List<TrainingRow> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(TrainingRow::length).reversed());
    List<MicroBatch> batches = new ArrayList<>();
    List<TrainingRow> open = new ArrayList<>();
    for (TrainingRow row : sorted) {
      if (!open.isEmpty() && !joins(open, row, tokens)) {
        batches.add(new MicroBatch(open));
        open.clear();
      }
      open.add(row);
    }
    if (!open.isEmpty()) {
      batches.add(new MicroBatch(open));
    }
    return batches;
  }

  private static boolean joins(List<TrainingRow> open, TrainingRow row, int tokens) {
    int width = open.get(0).length();
    long filled = open.stream().mapToLong(TrainingRow::length).sum() + row.length();
    long taken = (open.size() + 1L) * width;
    return taken <= tokens && (filled >= LEAST_FILL * taken || taken * 4 <= tokens);
  }

  int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  int targets() {
    return places.length;
  }

  /** The sum of the targets' weights. */
  double weight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  long[] tokens() {
    return tokens;
  }

  long[] places() {
    return places;
  }

  long[] wanted() {
    return wanted;
  }

  /** The targets' weights as shares of a whole. */
  float[] shares(double whole) {
    float[] shares = new float[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (weights[i] / whole);
    }
    return shares;
  }

  /** The rows, in the order in which their targets stand. */
  List<TrainingRow> members() {
    return members;
  }
}
