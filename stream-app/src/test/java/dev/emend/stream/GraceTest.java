package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraceTest {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final String HANDED_OVER = "emend-stream-by-model-repartition";

  @TempDir Path dir;
  private TestStream stream;

  @BeforeEach
  void open() {
    stream =
        new TestStream(
            dir,
            Map.of(
                StreamSetting.GRACE.key(),
                "1s",
                StreamSetting.GRACE_CAPACITY.key(),
                "4",
                StreamSetting.WINDOW_CAPACITY.key(),
                "4"));
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldHoldLateFactUntilGraceEnds() {
    stream.publish(Facts.says("e2", "Peru", "Lima", 2));
    stream.pass(GRACE.minusMillis(1));
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    assertThat(stream.outcomes()).isEmpty();
    assertThat(stream.batches()).isEmpty();
    stream.pass(Duration.ofMillis(1));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getEventId, FactOutcome::getCode, FactOutcome::getBy)
        .containsExactly(tuple("e1", OutcomeCode.SUPERSEDED, "e2"));
    stream.tick();
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e2");
    assertThat(stream.entries(StreamNames.IN_GRACE)).isZero();
  }

  @Test
  void shouldBeginTheGraceOfAFactWithItsFirstChangeLestItNeverEnds() {
    for (int i = 0; i < 3; i++) {
      stream.publish(Facts.says("e" + i, "Peru", "city" + i, i));
      stream.pass(Duration.ofMillis(400));
    }
    stream.tick();
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e2");
  }

  @Test
  void shouldNotLetAnUrgentChangeWaitForItsGrace() {
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    stream.publish(Facts.urgent("e2", "Peru", "Lima", 2));
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e2");
    assertThat(stream.entries(StreamNames.IN_GRACE)).isZero();
  }

  @Test
  void shouldGoOnWithTheGraceAfterARestart() {
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    stream.pass(Duration.ofMillis(600));
    stream.restart();
    stream.publish(Facts.says("e2", "Peru", "Lima", 2));
    stream.pass(Duration.ofMillis(400));
    stream.tick();
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e2");
    assertThat(stream.outcomes()).extracting(FactOutcome::getEventId).containsExactly("e1");
  }

  @Test
  void shouldNotReadOnWhileTooMuchIsInItsGraceAndDropNothing() {
    for (String land : List.of("A", "B", "C", "D")) {
      assertThat(stream.isShut("emend.facts")).isFalse();
      stream.publish(Facts.says("e" + land, land, "X", 1));
    }
    assertThat(stream.isShut("emend.facts")).isTrue();
    stream.pass(GRACE);
    assertThat(stream.isShut("emend.facts")).isFalse();
    stream.tick();
    stream.batches().forEach(stream::finish);
    assertThat(stream.batches()).hasSize(1);
  }

  @Test
  void shouldNotReadOnWhileTooMuchWaitsForAWindow() {
    stream.publish(Facts.says("busy", "Z", "X", 1));
    stream.pass(GRACE);
    stream.tick();
    EditBatch busy = stream.batches().get(0);
    for (String land : List.of("A", "B", "C", "D", "E", "F", "G")) {
      stream.publish(Facts.says("e" + land, land, "X", 1));
      stream.pass(GRACE);
    }
    assertThat(stream.isShut(HANDED_OVER)).as("three went ahead, four wait").isTrue();
    stream.finish(busy);
    assertThat(stream.isShut(HANDED_OVER)).as("three more went").isFalse();
    stream.announce("m");
    stream.tick();
    assertThat(items()).as("nothing was dropped").hasSize(7);
  }

  @Test
  void shouldGiveAChangeSetItsTimeAnewWhenWhatItWaitsForMayNotHaveBeenRead() {
    stream.publish(Facts.says("busy", "Z", "X", 1));
    stream.pass(GRACE);
    stream.tick();
    assertThat(stream.batches()).hasSize(1);
    stream.publish(Facts.member("a", "Peru", "Lima", "s", 2));
    for (String land : List.of("A", "B", "C", "D", "E", "F")) {
      stream.publish(Facts.says("e" + land, land, "X", 1));
    }
    stream.pass(GRACE);
    stream.tick();
    assertThat(stream.isShut(HANDED_OVER)).as("three went ahead, four wait").isTrue();
    stream.pass(Duration.ofMinutes(2));
    assertThat(stream.outcomes()).isEmpty();
    stream.announce("m");
    assertThat(stream.isShut(HANDED_OVER)).isFalse();
    stream.pass(Duration.ofSeconds(59));
    assertThat(stream.outcomes()).isEmpty();
    stream.pass(Duration.ofSeconds(1));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getReason)
        .containsExactly("CHANGE_SET_INCOMPLETE");
  }

  private List<BatchItem> items() {
    return stream.batches().stream().map(EditBatch::getItems).flatMap(List::stream).toList();
  }
}
