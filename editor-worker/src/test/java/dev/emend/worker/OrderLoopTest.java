package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.rollback;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.emend.delta.ModelState;
import dev.emend.event.AuditEntry;
import dev.emend.event.AuditKind;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.ModelDelta;
import dev.emend.event.VersionFact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders and windows each by a topic of their own, and what the audit trail says of both. */
class OrderLoopTest {
  @TempDir Path folder;
  private LoopHarness harness;

  @BeforeEach
  void open() {
    ModelState base = TinyModel.write(folder);
    harness = new LoopHarness(base, LoopSetup.OPEN, List.of());
    harness.assign();
    harness.turnUntilIdle();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldSayWhoCausedEachVersionTogetherWithIt() {
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, window(2, tell("Ann", "French")));
    harness.turnUntilVersion(2);
    harness.order(0, rollback("back", 1L));
    harness.turnUntilVersion(3);
    harness.order(1, rollback("too far", 9L));
    harness.turnUntil("refused", () -> harness.offsets(LoopHarness.ORDERS).contains(2L));

    List<AuditEntry> trail = trail();
    assertThat(trail)
        .extracting(AuditEntry::getKind, AuditEntry::getVersion, AuditEntry::getBatchId)
        .containsExactly(
            tuple(AuditKind.WINDOW, 1L, "batch-1"),
            tuple(AuditKind.WINDOW, 2L, "batch-2"),
            tuple(AuditKind.ROLLBACK, 3L, "back"),
            tuple(AuditKind.ALIAS, 3L, null),
            tuple(AuditKind.ORDER, 3L, "back"),
            tuple(AuditKind.ORDER, 3L, "too far"));
    assertThat(trail.get(1).getFacts())
        .extracting(VersionFact::getEventId, VersionFact::getSource)
        .containsExactly(tuple("event-Ann-French", "test"));
    assertThat(trail.get(2).getUndoneEventIds()).containsExactly("event-Ann-French");
    assertThat(trail.get(4).getOrder().getOrderedBy()).isEqualTo("test");
    assertThat(trail.get(4).getDetail()).isNull();
    assertThat(trail.get(5).getDetail()).contains("from 0 to 2");
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .extracting(ModelDelta::getChainHash)
        .isEqualTo(trail.subList(0, 3).stream().map(AuditEntry::getChainHash).toList());
  }

  @Test
  void shouldTakeNoOrderFromAmongTheWindows() {
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, rollback("smuggled", 0L));
    harness.turnUntil("offset", () -> harness.offsets().contains(2L));
    harness.turnUntilIdle();

    assertThat(harness.state.live().orElseThrow().state().version().version()).isEqualTo(1);
    assertThat(deadLetters()).singleElement().asString().contains("orders come by emend.orders");
  }

  @Test
  void shouldTakeNoWindowFromAmongTheOrders() {
    harness.order(0, window(1, tell("Ann", "English")));
    harness.turnUntil("offset", () -> harness.offsets(LoopHarness.ORDERS).contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.state.live().orElseThrow().state().version().version()).isZero();
    assertThat(deadLetters())
        .singleElement()
        .asString()
        .contains("only orders come by emend.orders");
  }

  @Test
  void shouldCarryOutAnOrderAfterTheWindowsThatWereWrittenBefore() {
    harness.editor.permits.drainPermits();
    harness.deliver(0, window(1, tell("Ann", "English"))); // a window's timestamp is its offset
    harness.turnUntil(
        "editing", () -> harness.state.health().state() == WorkerHealth.State.EDITING);
    harness.order(0, 1, rollback("back", 0L));
    harness.deliver(1, window(2, tell("Ann", "French")));
    harness.deliver(2, window(3, tell("Bob", "Dutch")));
    for (int turn = 0; turn < 3; turn++) {
      harness.turn(); // each hears of one of them
    }
    harness.editor.permits.release(1000);
    harness.turnUntilVersion(4);

    assertThat(trail())
        .extracting(AuditEntry::getBatchId)
        .filteredOn(id -> id != null)
        .startsWith("batch-1", "batch-2", "back")
        .endsWith("batch-3");
  }

  @Test
  void shouldNotCarryOutWhatWasOrderedDaysAgo() {
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    EditBatch old = rollback("old", 0L);
    old.setClosedAt(Instant.now().minus(Duration.ofHours(25)));
    harness.order(0, old);
    harness.turnUntil("answer", () -> harness.offsets(LoopHarness.ORDERS).contains(1L));

    assertThat(harness.committed(TOPICS.feedback(), EditFeedback.class))
        .filteredOn(feedback -> "old".equals(feedback.getBatchId()))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getRefusal()).contains("give it again"));
  }

  private List<AuditEntry> trail() {
    return harness.committed(TOPICS.audit(), AuditEntry.class);
  }

  private List<String> deadLetters() {
    return harness.committed().stream()
        .filter(record -> record.topic().equals(TOPICS.deadLetters()))
        .map(record -> record.headers().toArray())
        .map(
            headers ->
                List.of(headers).stream()
                    .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                    .toList()
                    .toString())
        .toList();
  }
}
