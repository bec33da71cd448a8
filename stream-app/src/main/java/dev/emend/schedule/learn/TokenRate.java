package dev.emend.schedule.learn;

/**
 * Tokens that a prompt has for each of its characters: the scheduler has no tokenizer and learns
 * the rate from what the worker counted. Not thread-safe.
 */
public final class TokenRate {
  private static final String NAME = "tokens";
  private static final double KEEP = 0.9;
  private static final double KEEP_HIGHEST = 0.95;

  private double mean = 0.3;
  private double highest = 0.5;

  /** As most languages and vocabularies have it. */
  TokenRate() {}

  /**
   * A window of so many characters and tokens was seen.
   *
   * @param letters of all prompts with their objects
   * @param longest of the longest
   * @param load the same window in tokens
   */
  void observe(long letters, int longest, WindowLoad load) {
    if (letters > 0 && longest > 0 && load.tokens() > 0) {
      mean = KEEP * mean + (1 - KEEP) * load.tokens() / letters;
      highest = Math.max(KEEP_HIGHEST * highest, load.longest() / longest);
    }
  }

  /** What a window of so many characters weighs. */
  public WindowLoad load(int facts, long letters, int longest) {
    return new WindowLoad(facts, mean * letters, Math.ceil(highest * longest));
  }

  void save(LearnedState.Collector into) {
    into.put(NAME, mean, highest);
  }

  void load(LearnedState from) {
    from.find(NAME, 2)
        .ifPresent(
            saved -> {
              mean = saved[0];
              highest = saved[1];
            });
  }
}
