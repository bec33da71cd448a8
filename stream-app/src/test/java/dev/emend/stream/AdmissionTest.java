package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may say what and how much, through the topology. Facts of these tests say "capital". */
class AdmissionTest {
  private static final String RULES =
      """
      {"relations": ["capital", "leader"],
       "sources": {"test": {}, "news": {"relations": ["leader"]}, "feed": {"facts_per_minute": 3}},
       "others": {"relations": ["leader"], "facts_per_minute": 2}}""";

  @TempDir Path dir;
  private TestStream stream;

  @BeforeEach
  void open() throws IOException {
    Path rules = Files.writeString(dir.resolve("who.json"), RULES);
    stream =
        new TestStream(
            dir.resolve("state"), Map.of(StreamSetting.ADMISSION.key(), rules.toString()));
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldRejectARelationThatNobodyMaySpeakOf() {
    FactChange change = from("test", "e1");
    change.setRelation("anthem");
    stream.publish(change);

    assertRejected(stream.outcomes(), RejectReason.RELATION_NOT_ALLOWED);
    assertThat(stream.deadLetters()).hasSize(1);
  }

  @Test
  void shouldRejectARelationThatTheSourceMayNotSpeakOf() {
    stream.publish(from("news", "e1"));
    stream.publish(from("test", "e2"));
    stream.tick();

    assertRejected(stream.outcomes(), RejectReason.RELATION_NOT_ALLOWED);
    assertThat(stream.batches().get(0).getItems()).hasSize(1);
  }

  @Test
  void shouldRejectASourceThatIsNotListed() throws IOException {
    Path rules = Files.writeString(dir.resolve("few.json"), "{\"sources\": {\"test\": {}}}");
    Map<String, String> settings = Map.of(StreamSetting.ADMISSION.key(), rules.toString());
    try (TestStream closed = new TestStream(dir.resolve("closed"), settings)) {
      closed.publish(from("", "e1"));
      closed.publish(from("stranger", "e2"));
      closed.publish(from("test", "e3"));
      closed.tick();

      assertRejected(
          closed.outcomes(), RejectReason.SOURCE_NOT_ALLOWED, RejectReason.SOURCE_NOT_ALLOWED);
      assertThat(closed.batches().get(0).getItems()).hasSize(1);
    }
  }

  @Test
  void shouldRejectWhatIsAboveTheQuotaAndTakeItLater() {
    say("feed", 0, 5);
    assertRejected(stream.outcomes(), RejectReason.QUOTA_EXCEEDED, RejectReason.QUOTA_EXCEEDED);
    assertThat(stream.deadLetters()).hasSize(2);

    stream.pass(Duration.ofSeconds(40)); // two thirds of three facts
    say("feed", 3, 5); // the same events again
    assertThat(stream.outcomes()).isEmpty();
  }

  @Test
  void shouldRememberAfterARestartWhatWasSaid() {
    say("feed", 0, 3);
    stream.restart();
    say("feed", 3, 4);

    assertRejected(stream.outcomes(), RejectReason.QUOTA_EXCEEDED);
  }

  @Test
  void shouldLetNamesThatAreNotListedShareOneQuota() {
    for (int i = 0; i < 3; i++) {
      FactChange change = from("somebody " + i, "e" + i);
      change.setRelation("leader");
      stream.publish(change);
    }

    assertRejected(stream.outcomes(), RejectReason.QUOTA_EXCEEDED);
    assertThat(stream.entries(StreamNames.QUOTAS)).isEqualTo(1);
  }

  @Test
  void shouldNotRefuseWhatLayInTheTopicWhileNobodyRead() {
    stream.pass(Duration.ofMinutes(10));
    for (int i = 0; i < 20; i++) { // one in twenty seconds was said, all come at once
      stream.publishAt(TestStream.START.plusSeconds(20L * i), from("feed", "e" + i));
    }

    assertThat(stream.outcomes()).isEmpty();
  }

  @Test
  void shouldGiveNothingForTimestampsOfTheFuture() {
    for (int i = 0; i < 5; i++) {
      stream.publishAt(TestStream.START.plus(Duration.ofHours(i)), from("feed", "e" + i));
    }

    assertRejected(stream.outcomes(), RejectReason.QUOTA_EXCEEDED, RejectReason.QUOTA_EXCEEDED);
  }

  @Test
  void shouldStillCallADuplicateByItsNameAboveTheQuota() {
    say("feed", 0, 3);
    say("feed", 0, 1);
    stream.tick();
    stream.batches().forEach(stream::apply);

    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.DUPLICATE);
  }

  @Test
  void shouldHaveNoStepForQuotasWhereNothingIsCounted() {
    try (TestStream plain = new TestStream(dir.resolve("plain"))) {
      assertThat(plain.topology().describe().toString()).doesNotContain(StreamNames.QUOTAS);
    }
    assertThat(stream.topology().describe().toString()).contains(StreamNames.QUOTAS);
  }

  private void say(String source, int from, int to) {
    for (int i = from; i < to; i++) {
      stream.publish(from(source, "e" + i));
    }
  }

  private static FactChange from(String source, String id) {
    FactChange change = Facts.says(id, "Land of " + id, "City", 1);
    change.setSource(source);
    return change;
  }

  private static void assertRejected(List<FactOutcome> outcomes, RejectReason... reasons) {
    assertThat(outcomes)
        .extracting(FactOutcome::getReason)
        .containsExactly(List.of(reasons).stream().map(RejectReason::name).toArray(String[]::new));
  }
}
