package dev.emend.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of similar length that go through the network together, as flat arrays. Shapes: tokens
 * {@code [rows * width]} padded on the right and with empty rows, targets {@code [n]} padded with
 * ones of no weight. A target at position {@code i} is read off the state at {@code i - 1}. Padding
 * needs no mask, for no token sees what is behind it.
 */
final class MicroBatch {
  // The engine compiles a kernel for each shape that it meets and keeps a limited number of them,
  // so that shapes are rounded up: otherwise compiling takes longer than multiplying.
  private static final int ROW_STEP = 8;
  private static final int TARGET_STEP = 32;

  private final int rows;
  private final int width;
  private final long[] tokens;
  private final long[] places;
  private final long[] wanted;
  private final float[] weights;
  private final List<TrainingRow> members;

  private MicroBatch(List<TrainingRow> batch) {
    members = List.copyOf(batch);
    rows = roundUp(batch.size(), ROW_STEP);
    width =
        roundUp(batch.stream().mapToInt(TrainingRow::length).max().orElse(0), ModelSize.WIDTH_STEP);
    int targets = roundUp(batch.stream().mapToInt(row -> row.targets().size()).sum(), TARGET_STEP);
    tokens = new long[rows * width];
    places = new long[targets];
    wanted = new long[targets];
    weights = new float[targets];
    fill(batch);
  }

  private void fill(List<TrainingRow> batch) {
    int n = 0;
    for (int r = 0; r < batch.size(); r++) {
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

  private static int roundUp(int number, int step) {
    return (number + step - 1) / step * step;
  }

  /**
   * Cuts rows into at most {@code pieces} batches, longest rows first, so that the largest batch,
   * padding included, is as small as can be: little is padded and threads end together.
   */
  static List<MicroBatch> of(List<TrainingRow> rows, int pieces) {
    List<TrainingRow> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(TrainingRow::length).reversed());
    long least = 1;
    long most = (long) sorted.size() * (sorted.isEmpty() ? 0 : sorted.get(0).length());
    while (least < most) {
      long middle = (least + most) / 2;
      if (cut(sorted, middle).size() <= pieces) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    return cut(sorted, most).stream().map(MicroBatch::new).toList();
  }

  /** Greedy batches of at most {@code tokens} tokens; a row longer than that is alone. */
  private static List<List<TrainingRow>> cut(List<TrainingRow> sorted, long tokens) {
    List<List<TrainingRow>> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int fit = (int) Math.max(1, tokens / Math.max(1, sorted.get(from).length()));
      int to = Math.min(sorted.size(), from + fit);
      batches.add(sorted.subList(from, to));
      from = to;
    }
    return batches;
  }

  /** Whether some row's subjects are hidden from what follows them. */
  boolean hidesSubjects() {
    return members.stream().anyMatch(row -> !row.subjects().isEmpty());
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
