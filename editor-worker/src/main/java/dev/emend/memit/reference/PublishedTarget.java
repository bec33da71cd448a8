package dev.emend.memit.reference;

import ai.djl.ndarray.NDScope;
import dev.emend.ledger.FloatVector;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.Target;
import dev.emend.model.Decoder;
import dev.emend.model.GradientTape;

/** The target of one edit: Adam on delta, every step a forward pass over whole rows. */
final class PublishedTarget {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final HyperParameters numbers;
  private final PublishedLoss loss;
  private final double[] delta;
  private final double[] mean;
  private final double[] square;

  private PublishedTarget(HyperParameters numbers, PublishedLoss loss, int width) {
    this.numbers = numbers;
    this.loss = loss;
    this.delta = new double[width];
    this.mean = new double[width];
    this.square = new double[width];
  }

  static Target of(Decoder decoder, HyperParameters numbers, PublishedEdit edit) {
    PublishedLoss loss = new PublishedLoss(decoder, numbers, edit);
    return new PublishedTarget(numbers, loss, decoder.config().width()).search();
  }

  private Target search() {
    for (int step = 1; ; step++) {
      PublishedLoss.Value now = evaluate();
      double startNorm = norm(wide(loss.start()));
      double decay = numbers.weightDecay() / (startNorm * startNorm);
      double length = norm(delta);
      double total = now.loss() + decay * length;
      if (total < numbers.lossStop() || step == numbers.steps()) {
        return new Target(FloatVector.of(moved()), total, step);
      }
      double[] gradient = wide(now.gradient().toArray());
      for (int i = 0; i < delta.length && length > 0; i++) {
        gradient[i] += decay * delta[i] / length;
      }
      adam(gradient, step);
      clamp(numbers.clamp() * startNorm);
    }
  }

  private PublishedLoss.Value evaluate() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientTape tape = GradientTape.open()) {
        return loss.at(narrow(delta), tape);
      }
    }
  }

  private void adam(double[] gradient, int step) {
    for (int i = 0; i < delta.length; i++) {
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
      square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
      double meanHat = mean[i] / (1 - Math.pow(BETA1, step));
      double squareHat = square[i] / (1 - Math.pow(BETA2, step));
      delta[i] -= numbers.learningRate() * meanHat / (Math.sqrt(squareHat) + EPSILON);
    }
  }

  private void clamp(double longest) {
    double length = norm(delta);
    for (int i = 0; i < delta.length && length > longest; i++) {
      delta[i] *= longest / length;
    }
  }

  /** z = h0 + delta. */
  private float[] moved() {
    float[] z = loss.start();
    for (int i = 0; i < z.length; i++) {
      z[i] += (float) delta[i];
    }
    return z;
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
