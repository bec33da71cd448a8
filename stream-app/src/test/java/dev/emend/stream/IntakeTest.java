package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.ChangeSet;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  private static final byte[] KEY = bytes("m|Peru|capital");

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

  @Test
  void shouldBuryBytesThatAreNoChangeAndReadTheNext() {
    Headers headers = new RecordHeaders().add("ce_id", bytes("poison")).add("x", bytes("kept"));
    stream.publishRaw(KEY, bytes("no avro"), headers);
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();

    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(bytes("no avro"));
    assertThat(header(letter, "x")).isEqualTo("kept");
    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("UNREADABLE");
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("emend.facts");
    assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
    assertThat(header(letter, DeadLetterHeaders.PUBLISHED_AT))
        .isEqualTo(TestStream.START.toString());
    assertThat(stream.outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.getEventId()).isEqualTo("poison");
              assertThat(outcome.getCode()).isEqualTo(OutcomeCode.REJECTED);
              assertThat(outcome.getReason()).isEqualTo("UNREADABLE");
            });
    assertThat(stream.batches()).hasSize(1);
  }

  @Test
  void shouldBuryAnUnknownSchemaIdAndARecordWithoutAValue() {
    stream.publishRaw(KEY, ByteBuffer.allocate(9).put((byte) 0).putInt(4711).array(), headers());
    stream.publishRaw(KEY, null, headers());
    assertThat(stream.deadLetters()).hasSize(2);
    assertThat(stream.outcomes()).isEmpty();
  }

  @Test
  void shouldNotBlameARecordForARegistryThatIsAway() {
    stream.loseRegistry();
    byte[] unknownId = ByteBuffer.allocate(9).put((byte) 0).putInt(4711).array();
    assertThatThrownBy(() -> stream.publishRaw(KEY, unknownId, headers()))
        .hasStackTraceContaining("the schema registry")
        .hasStackTraceContaining("does not answer");
    assertThat(stream.deadLetters()).isEmpty();
  }

  @Test
  void shouldRejectAChangeThatBreaksARuleWithItsOriginalBytes() {
    FactChange broken = Facts.says("e1", "Peru", " ", 1);
    stream.publish(broken);
    assertThat(onlyOutcome().getReason()).isEqualTo("OBJECT_EMPTY");
    assertThat(header(onlyLetter(), DeadLetterHeaders.REASON)).isEqualTo("OBJECT_EMPTY");
  }

  @Test
  void shouldRejectAKeyThatIsNotTheFacts() {
    stream.publish("m|Peru|anthem", Facts.says("e1", "Peru", "Lima", 1));
    assertThat(onlyOutcome().getReason()).isEqualTo("KEY_MISMATCH");
  }

  @Test
  void shouldRejectAChangeSetThatNoWindowCanHold() {
    FactChange.Builder change = Facts.change("e1", "Peru", 1).setObject("Lima");
    stream.publish(change.setChangeSet(new ChangeSet("s", 4)).build());
    assertThat(onlyOutcome().getReason()).isEqualTo("CHANGE_SET_INVALID");
  }

  @Test
  void shouldRejectAClockThatIsTenYearsAhead() {
    FactChange change = Facts.says("e1", "Peru", "Lima", 1);
    change.setRecordedAt(TestStream.START.plus(Duration.ofDays(3650)));
    stream.publish(change);
    assertThat(onlyOutcome().getReason()).isEqualTo("RECORDED_IN_FUTURE");
  }

  @Test
  void shouldNotBeMovedByARecordTimestampFromTheFarFuture() {
    stream.publishAt(
        TestStream.START.plus(Duration.ofDays(3650)), Facts.says("ahead", "Peru", "Lima", 1));
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.publish(Facts.says("ahead", "Peru", "Lima", 1));
    stream.tick();
    EditBatch batch = stream.batches().get(0);
    assertThat(batch.getItems()).hasSize(2);
    stream.apply(batch);
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.DUPLICATE, OutcomeCode.DUPLICATE);
  }

  @Test
  void shouldBuryARecordThatIsLargerThanItMayBeAndReadTheNext() {
    FactChange.Builder large = Facts.change("large", "Peru", 1).setObject("x".repeat(900_000));
    stream.publish(large.build());
    assertThat(onlyOutcome().getReason()).isEqualTo("TEXT_TOO_LONG");
    assertThat(onlyLetter().value()).hasSizeGreaterThan(900_000);
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    assertThat(stream.batches()).hasSize(1);
  }

  @Test
  void shouldBuryALetterAgainThatWasSentBackAndIsStillBroken() {
    FactChange broken = Facts.says("e1", "Peru", " ", 1);
    stream.publish(broken);
    assertThat(onlyOutcome().getCode()).isEqualTo(OutcomeCode.REJECTED);
    stream.deadLetters();
    stream.publishAgain(broken, 1);
    assertThat(onlyOutcome().getCode()).isEqualTo(OutcomeCode.DUPLICATE);
    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("OBJECT_EMPTY");
    assertThat(header(letter, DeadLetterHeaders.REDRIVES)).isEqualTo("1");
  }

  @Test
  void shouldNameARepeatedEventADuplicateWithoutASecondVerdict() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    List<EditBatch> batches = stream.batches();
    assertThat(batches).hasSize(1);
    stream.apply(batches.get(0));
    FactOutcome outcome = onlyOutcome();
    assertThat(outcome.getCode()).isEqualTo(OutcomeCode.DUPLICATE);
    assertThat(outcome.getBy()).isEqualTo("e1");
    assertThat(outcome.getDetail()).contains("offset 1 repeats partition 0 offset 0");
    assertThat(
            stream
                .meters()
                .get(StreamMeter.OUTCOMES.meterName())
                .tag("code", "DUPLICATE")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void shouldTakeACorrectedRecordUnderTheIdOfARejectedOne() {
    stream.publish(Facts.says("e1", "Peru", "", 1));
    stream.publish(Facts.says("e1", "Peru", "", 1));
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.REJECTED, OutcomeCode.DUPLICATE, OutcomeCode.DUPLICATE);
    stream.tick();
    assertThat(stream.batches()).hasSize(1);
  }

  @Test
  void shouldForgetEventIdsAfterTheRetention() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.pass(Duration.ofDays(8));
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    assertThat(onlyOutcome().getCode()).isEqualTo(OutcomeCode.NO_OP);
  }

  @Test
  void shouldSkipAnUnreadableOutcome() {
    stream.refuseRaw(bytes("no avro"));
    assertThat(stream.meters().get(StreamMeter.SKIPPED.meterName()).counter().count()).isEqualTo(1);
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    assertThat(stream.batches()).hasSize(1);
  }

  private FactOutcome onlyOutcome() {
    List<FactOutcome> outcomes = stream.outcomes();
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  private TestRecord<byte[], byte[]> onlyLetter() {
    List<TestRecord<byte[], byte[]>> letters = stream.deadLetters();
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private static Headers headers() {
    return new RecordHeaders();
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
