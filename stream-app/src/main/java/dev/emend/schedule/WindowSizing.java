package dev.emend.schedule;

import dev.emend.event.CloseReason;
import dev.emend.schedule.learn.EffectModel;
import dev.emend.schedule.learn.Estimate;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.ShareModel;
import dev.emend.schedule.learn.WindowLoad;
import java.util.Optional;
import java.util.OptionalDouble;

/** How large a window may be, and what is expected of one. Not thread-safe. */
final class WindowSizing {
  private final Objectives objectives;
  private final Learning learning;
  private final WindowGuard guard;

  WindowSizing(Objectives objectives, Learning learning) {
    this.objectives = objectives;
    this.learning = learning;
    this.guard = objectives.memory().isEmpty() ? WindowGuard.NONE : this::withinMemory;
  }

  /**
   * The largest window at present, memory aside.
   *
   * @param facts most facts, at least 1
   * @param reason what a window of that size closes for
   */
  record Limit(int facts, CloseReason reason) {}

  Limit limit() {
    int tried = Math.min(objectives.cap().facts(), grown());
    int proven = learning.growth().proven();
    int effective = learning.effect().largest(objectives.floors(), learning.stock(), tried, proven);
    return new Limit(effective, effective < tried ? CloseReason.EFFECT : CloseReason.FULL);
  }

  private int grown() {
    return learning.growth().most(objectives.firstWindow());
  }

  /** A cap of so many facts that also keeps within the memory. */
  WindowCap cap(int facts) {
    return objectives.cap().narrowed(facts, guard);
  }

  private boolean withinMemory(WindowShape shape) {
    double budget = objectives.memory().orElseThrow().bytes();
    OptionalDouble most = learning.memory().most(load(shape));
    return most.isPresent() ? most.getAsDouble() <= budget : shape.facts() <= 1;
  }

  WindowLoad load(WindowShape shape) {
    return learning.tokens().load(shape.facts(), shape.letters(), shape.longest());
  }

  Prediction predict(WindowShape shape) {
    WindowLoad load = load(shape);
    boolean timed = learning.latency().learned();
    boolean weighed = learning.memory().learned();
    EffectModel effect = learning.effect();
    return new Prediction(
        timed ? Optional.of(learning.latency().seconds(load)) : Optional.empty(),
        weighed ? Optional.of(learning.memory().bytes(load)) : Optional.empty(),
        share(effect.efficacy(), shape),
        share(effect.paraphrase(), shape),
        share(effect.locality(), shape));
  }

  private Optional<Estimate> share(ShareModel model, WindowShape shape) {
    return model.prompts() == 0
        ? Optional.empty()
        : Optional.of(model.share(shape.facts(), learning.stock()));
  }
}
