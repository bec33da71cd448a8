package dev.emend.schedule.learn;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Seconds of an edit: {@code a + b facts + c tokens}, in all and for each phase. The noise is taken
 * as relative: a window of a hundred facts varies by seconds, one of a single fact by milliseconds.
 * What all windows have in common, the {@link Speed} of the worker, is followed on its own and
 * quickly; a, b and c are learned of what it leaves. Not thread-safe.
 */
public final class LatencyModel {
  private static final String NAME = "latency";
  private static final double TOKEN_UNIT = 16;
  private static final double[] PRECISIONS = {1e-4, 1e-4, 1e-2};
  private static final double NOISE = 0.25;
  private static final double LEAST_SECONDS = 1e-3;

  private static final double KEEP_TOKENS = 0.9;

  private final Regression total;
  private final Map<Phase, Regression> phases = new EnumMap<>(Phase.class);
  private final Speed speed = new Speed();
  private final boolean forgets;

  /** Tokens of a fact, of late. */
  private double tokensPerFact = TOKEN_UNIT;

  /** Nothing is known yet; {@code keep} as in {@link Learning}. */
  LatencyModel(double keep) {
    this.total = regression(keep);
    this.forgets = keep < 1;
    for (Phase phase : Phase.values()) {
      phases.put(phase, regression(keep));
    }
  }

  private static Regression regression(double keep) {
    return new Regression(PRECISIONS, keep, NOISE);
  }

  void observe(Observation window) {
    if (window.load().facts() == 0 || window.seconds() <= 0) {
      return;
    }
    double tokens = window.load().tokens() / window.load().facts();
    tokensPerFact = KEEP_TOKENS * tokensPerFact + (1 - KEEP_TOKENS) * tokens;
    double[] x = features(window.load());
    double shape = total.learned() ? Math.max(LEAST_SECONDS, total.mean(x)) : 0;
    double factor = slower(window.seconds(), shape);
    double weight = weight(shape > 0 ? shape : window.seconds());
    total.observe(x, weight, window.seconds() / factor);
    window.phases().forEach((phase, part) -> of(phase).observe(x, weight, part / factor));
  }

  /** The factor before this window, or after it if it tells of a new one. */
  private double slower(double seconds, double shape) {
    double before = speed.factor();
    boolean changed = forgets && shape > 0 && speed.observe(seconds / shape, total.noise());
    return changed ? speed.factor() : before;
  }

  /** Whether enough windows were seen. */
  public boolean learned() {
    return total.learned();
  }

  /** Seconds of a window, waiting excluded. */
  public Estimate seconds(WindowLoad load) {
    double[] x = features(load);
    double shape = Math.max(LEAST_SECONDS, total.mean(x));
    return total.predict(x, weight(shape), shape * shape * speed.variance()).times(speed.factor());
  }

  /** Seconds of a window in one phase. */
  public double seconds(WindowLoad load, Phase phase) {
    return speed.factor() * of(phase).mean(features(load));
  }

  private Regression of(Phase phase) {
    return Objects.requireNonNull(phases.get(phase), "every phase has one");
  }

  /** The formula for windows whose facts have as many tokens as those of late. */
  public WindowCost cost() {
    double[] abc = total.coefficients();
    double perFact = abc[1] + abc[2] * tokensPerFact / TOKEN_UNIT;
    return new WindowCost(speed.factor() * abc[0], speed.factor() * perFact);
  }

  private static double weight(double seconds) {
    double floor = Math.max(LEAST_SECONDS, seconds);
    return 1 / (floor * floor);
  }

  private static double[] features(WindowLoad load) {
    return new double[] {1, load.facts(), load.tokens() / TOKEN_UNIT};
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, total.numbers());
    into.put(NAME + ".tokens", tokensPerFact);
    into.put(NAME + ".speed", speed.numbers());
    phases.forEach((phase, model) -> into.put(NAME + "." + phase, model.numbers()));
  }

  void load(LearnedState from) {
    load(from, NAME, total);
    from.find(NAME + ".tokens", 1).ifPresent(saved -> tokensPerFact = saved[0]);
    from.find(NAME + ".speed", speed.numbers().length).ifPresent(speed::restore);
    phases.forEach((phase, model) -> load(from, NAME + "." + phase, model));
  }

  private static void load(LearnedState from, String name, Regression model) {
    from.find(name, model.numbers().length).ifPresent(model::restore);
  }
}
