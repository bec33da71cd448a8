package dev.emend.schedule.learn;

import java.util.List;

/**
 * What windows do to the model as a function of their size and of the stock of facts in the model.
 * Not thread-safe.
 */
public final class EffectModel {
  /** Where even one fact misses the floor, a window may be this much worse than one fact. */
  private static final double TOLERANCE = 0.03;

  private static final double ENOUGH_PROMPTS = 8;

  private final ShareModel efficacy;
  private final ShareModel paraphrase;
  private final ShareModel locality;

  /** Nothing is known yet; {@code keep} as in {@link Learning}. */
  EffectModel(double keep) {
    this.efficacy = new ShareModel("efficacy", keep);
    this.paraphrase = new ShareModel("paraphrase", keep);
    this.locality = new ShareModel("locality", keep);
  }

  void observe(Observation window) {
    int facts = window.load().facts();
    efficacy.observe(facts, window.stock(), window.effect().efficacy());
    paraphrase.observe(facts, window.stock(), window.effect().paraphrase());
    locality.observe(facts, window.stock(), window.effect().locality());
  }

  /** Facts of a window that become the top answer. */
  public ShareModel efficacy() {
    return efficacy;
  }

  /** Likewise on other prompts. */
  public ShareModel paraphrase() {
    return paraphrase;
  }

  /** Neighbour prompts that keep their answer. */
  public ShareModel locality() {
    return locality;
  }

  /**
   * The largest window whose predicted effect stays above the floors. Of a size that has proved
   * itself the expected share counts, of a larger one the lower end of its interval. A floor that
   * even a window of one fact hardly meets cannot be kept by size; then the largest that is
   * expected to be hardly worse than one fact, lest windows of one fact be all that ever goes.
   *
   * @param stock facts in the model
   * @param most the largest to consider, at least 1
   * @param proven the largest that was seen to meet the floors; 0 if none was
   */
  public int largest(Floors floors, long stock, int most, int proven) {
    int largest = largest(efficacy, floors.efficacy(), stock, most, proven);
    return largest(locality, floors.locality(), stock, largest, proven);
  }

  /** Whether a window of that size is expected to meet the floors, or what of them can be met. */
  public boolean meets(Floors floors, int facts, long stock) {
    return meets(efficacy, floors.efficacy(), facts, stock)
        && meets(locality, floors.locality(), facts, stock);
  }

  private static boolean meets(ShareModel model, double floor, int facts, long stock) {
    return model.prompts() < ENOUGH_PROMPTS
        || model.share(facts, stock).mean() >= reachable(model, floor, stock);
  }

  /** The floors, or what a window of one fact hardly exceeds where that is less. */
  Floors reachable(Floors floors, long stock) {
    return new Floors(
        reachable(efficacy, floors.efficacy(), stock),
        reachable(locality, floors.locality(), stock));
  }

  private static double reachable(ShareModel model, double floor, long stock) {
    double single = model.share(1, stock).mean() - TOLERANCE;
    return Math.max(0, Math.min(floor, single));
  }

  private static int largest(ShareModel model, double floor, long stock, int most, int proven) {
    if (floor == 0 || model.prompts() < ENOUGH_PROMPTS) {
      return most;
    }
    double reachable = reachable(model, floor, stock);
    int trusted = reachable < floor ? most : proven;
    // The share falls with the size, so the first that holds is the largest.
    for (int facts = most; facts > 1; facts--) {
      Estimate share = model.share(facts, stock);
      if (share.mean() >= reachable && (facts <= trusted || share.low() >= reachable)) {
        return facts;
      }
    }
    return 1;
  }

  private List<ShareModel> all() {
    return List.of(efficacy, paraphrase, locality);
  }

  void save(LearnedState.Collector into) {
    all().forEach(model -> model.save(into));
  }

  void load(LearnedState from) {
    all().forEach(model -> model.load(from));
  }
}
