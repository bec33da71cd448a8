package dev.emend.schedule.learn;

/**
 * All that is learned about the windows of one model. Not thread-safe.
 *
 * <p>Forgetting: what a new window leaves of the knowledge about windows like it. With 0.97 the
 * last 33 of them count for two thirds.
 */
public final class Learning {
  private static final String STOCK = "stock";
  private static final double KEEP_LATENCY = 0.97;
  private static final double KEEP_MEMORY = 0.98;
  private static final double KEEP_EFFECT = 0.98;

  private final LatencyModel latency;
  private final MemoryModel memory;
  private final EffectModel effect;
  private final TokenRate tokens = new TokenRate();
  private final Transit transit = new Transit();
  private final Growth growth = new Growth();
  private final Fading fading = new Fading();
  private long stock;

  private Learning(double latency, double memory, double effect) {
    this.latency = new LatencyModel(latency);
    this.memory = new MemoryModel(memory);
    this.effect = new EffectModel(effect);
  }

  /** Goes on from what was learned before. */
  public static Learning from(LearnedState state) {
    Learning learning = new Learning(KEEP_LATENCY, KEEP_MEMORY, KEEP_EFFECT);
    learning.load(state);
    return learning;
  }

  /** Forgets nothing: for a calibration, whose windows are all of today. */
  public static Learning withoutForgetting() {
    return new Learning(1, 1, 1);
  }

  /** Takes in how a window went. */
  public void observe(Observation window, Floors floors) {
    latency.observe(window);
    memory.observe(window);
    effect.observe(window);
    if (window.load().facts() > 0) {
      Floors reachable = effect.reachable(floors, window.stock());
      growth.observe(window.load().facts(), reachable.metBy(window.effect()));
      fading.observe(window.effect().retest());
    }
  }

  /** Takes in how many tokens the characters of a window were. */
  public void observeTokens(long letters, int longest, WindowLoad load) {
    tokens.observe(letters, longest, load);
  }

  /** Takes in how long a window took to an idle worker, seconds. */
  public void observeTransit(double seconds) {
    transit.observe(seconds);
  }

  /** The model was derived anew from its base. */
  public void consolidated() {
    fading.consolidated();
  }

  /** The worker was asked to derive the model anew; {@link #consolidated} says that it has. */
  public void consolidationAsked() {
    fading.asked();
  }

  /** The worker has begun anew, and knows nothing of what it was asked. */
  public void workerStarted() {
    fading.forgotten();
  }

  /** So many facts are in the model now. */
  public void stockIs(long facts) {
    stock = facts;
  }

  /** Facts in the model. */
  public long stock() {
    return stock;
  }

  /** How long windows take. */
  public LatencyModel latency() {
    return latency;
  }

  /** What memory they need. */
  public MemoryModel memory() {
    return memory;
  }

  /** What they do to the model. */
  public EffectModel effect() {
    return effect;
  }

  /** Tokens of a text. */
  public TokenRate tokens() {
    return tokens;
  }

  /** The way to the worker. */
  public Transit transit() {
    return transit;
  }

  /** How far windows may grow. */
  public Growth growth() {
    return growth;
  }

  /** How older facts hold. */
  public Fading fading() {
    return fading;
  }

  /** All of it, for {@link #from}. */
  public LearnedState state() {
    LearnedState.Collector into = new LearnedState.Collector();
    latency.save(into);
    memory.save(into);
    effect.save(into);
    tokens.save(into);
    transit.save(into);
    growth.save(into);
    fading.save(into);
    into.put(STOCK, (double) stock);
    return into.state();
  }

  private void load(LearnedState from) {
    latency.load(from);
    memory.load(from);
    effect.load(from);
    tokens.load(from);
    transit.load(from);
    growth.load(from);
    fading.load(from);
    from.find(STOCK, 1).ifPresent(saved -> stock = (long) saved[0]);
  }
}
