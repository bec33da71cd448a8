package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.emend.event.ChangeSet;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.RejectReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of a single change has a reason of its own, and stops nobody else. */
class RulesTest {
  @TempDir Path dir;
  private TestStream stream;

  @BeforeEach
  void open() {
    stream = new TestStream(dir);
  }

  @AfterEach
  void close() {
    stream.close();
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        broken(RejectReason.EVENT_ID_INVALID, change -> change.setEventId("a\nb")),
        broken(RejectReason.MODEL_INVALID, change -> change.setModel("a model")),
        broken(RejectReason.SUBJECT_EMPTY, change -> change.setSubject(" ")),
        broken(RejectReason.RELATION_EMPTY, change -> change.setRelation("")),
        broken(RejectReason.PROMPT_WITHOUT_PLACEHOLDER, change -> change.setPrompt("Who?")),
        broken(RejectReason.PROMPT_WITHOUT_PLACEHOLDER, change -> change.setPrompt("{} or {}")),
        broken(RejectReason.OBJECT_EMPTY, change -> change.setObject(null)),
        broken(RejectReason.TEXT_TOO_LONG, change -> change.setObject("x".repeat(1_001))),
        broken(
            RejectReason.TEXT_TOO_LONG,
            change -> change.setParaphrases(Collections.nCopies(101, "{} is"))),
        broken(RejectReason.TEXT_WITH_CONTROL_CHARACTERS, change -> change.setObject("Li\u0000ma")),
        broken(RejectReason.TEXT_WITH_CONTROL_CHARACTERS, change -> change.setSource("\u0085")),
        broken(RejectReason.VALIDITY_EMPTY, change -> change.setValidTo(change.getValidFrom())),
        broken(
            RejectReason.RECORDED_IN_FUTURE,
            change -> change.setRecordedAt(TestStream.START.plus(Duration.ofMinutes(6)))),
        broken(
            RejectReason.CHANGE_SET_INVALID, change -> change.setChangeSet(new ChangeSet("", 2))),
        broken(
            RejectReason.CHANGE_SET_INVALID, change -> change.setChangeSet(new ChangeSet("s", 0))));
  }

  private static Arguments broken(RejectReason reason, Consumer<FactChange> damage) {
    return arguments(reason, damage);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldRejectAndBuryWhatBreaksARuleAndReadTheNext(
      RejectReason reason, Consumer<FactChange> damage) {
    FactChange change = Facts.says("broken", "Peru", "Lima", 1);
    damage.accept(change);
    stream.publish(change);
    stream.publish(Facts.says("sound", "Chad", "N'Djamena", 1));
    stream.tick();

    List<FactOutcome> outcomes = stream.outcomes();
    assertThat(outcomes).extracting(FactOutcome::getCode).containsExactly(OutcomeCode.REJECTED);
    assertThat(outcomes).extracting(FactOutcome::getReason).containsExactly(reason.name());
    assertThat(stream.deadLetters()).extracting(RulesTest::reason).containsExactly(reason.name());
    assertThat(stream.batches().get(0).getItems()).hasSize(1);
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader(DeadLetterHeaders.REASON).value(), StandardCharsets.UTF_8);
  }
}
