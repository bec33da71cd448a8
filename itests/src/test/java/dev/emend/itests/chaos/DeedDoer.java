package dev.emend.itests.chaos;

import static org.awaitility.Awaitility.await;

import dev.emend.itests.chaos.ChaosPlan.Deed;
import dev.emend.itests.chaos.ChaosPlan.Kill;
import dev.emend.itests.chaos.ChaosPlan.Pause;
import dev.emend.itests.chaos.system.ChaosSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the deeds when their time has come; the records after them wait. One thread. */
final class DeedDoer {
  private static final Logger log = LoggerFactory.getLogger(DeedDoer.class);

  /** Longest wait for a victim that works; what does not come back is another finding. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final ChaosSystem system;
  private final Iterator<Deed> deeds;
  private final List<Deed> missed = new ArrayList<>();
  private @Nullable Deed next;

  DeedDoer(ChaosSystem system, Iterator<Deed> deeds) {
    this.system = system;
    this.deeds = deeds;
    this.next = deeds.hasNext() ? deeds.next() : null;
  }

  /** Does what is due before the record of this index. */
  void upTo(int index) {
    for (Deed deed = next; deed != null && deed.before() <= index; deed = next) {
      act(deed);
      next = deeds.hasNext() ? deeds.next() : null;
    }
  }

  private void act(Deed deed) {
    log.info("{}", deed);
    try {
      await(deed.toString()).atMost(PATIENCE).pollInterval(LOOK).until(() -> done(deed));
    } catch (ConditionTimeoutException e) {
      log.warn("nobody was there for {}", deed);
      missed.add(deed);
    }
  }

  /** What could not be done, because for too long nobody was there to do it to. */
  List<Deed> missed() {
    return List.copyOf(missed);
  }

  private boolean done(Deed deed) {
    if (deed instanceof Kill kill) {
      return system.kill(kill.kind(), kill.held());
    }
    return deed instanceof Pause pause && system.pause(pause.kind(), pause.time());
  }
}
