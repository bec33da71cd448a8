package dev.emend.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.event.Neighbour;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.StandingFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private final Map<String, String> knowledge = new HashMap<>();
  private final Examinee model =
      new Examinee() {
        @Override
        public List<Answer> ask(List<Claim> claims) {
          return claims.stream().map(c -> answer(c, knowledge.get(c.prompt()))).toList();
        }

        @Override
        public TextReading read() {
          return reading;
        }
      };
  private TextReading reading = TextReading.NONE;
  private final ExamWriter writer = new ExamWriter(CanarySettings.DEFAULT);

  @Test
  void shouldCountWhichFactsOfTheWindowHold() {
    BatchItem held = assertion("Ann", "English");
    BatchItem missed = assertion("Bob", "Dutch");
    knowledge.put("Ann speaks", "English");
    knowledge.put("Bob speaks", "French");

    Judgement judgement = judge(List.of(held, missed), FactLedger.empty());

    assertThat(judgement.scores().getEfficacy()).isEqualTo(0.5);
    assertThat(judgement.missed()).containsExactly("Bob|language");
    assertThat(judgement.scores().getParaphrase()).isNull();
    assertThat(judgement.scores().getRetest()).isNull();
  }

  @Test
  void shouldNotBlameTheEditForWhatTheParentDidNotKnow() {
    BatchItem item = assertion("Ann", "English");
    item.setNeighbours(
        List.of(new Neighbour("Eve speaks", "Thai"), new Neighbour("Jim speaks", "Czech")));
    knowledge.put("Eve speaks", "Latin");
    knowledge.put("Jim speaks", "Latin");
    Exam exam = writer.write("b", 0, List.of(item), FactLedger.empty());
    Baseline before = Canary.before(exam, model, model.read());
    knowledge.put("Jim speaks", "English");

    assertThat(Canary.judge(exam, before, model, null).scores().getLocality()).isEqualTo(0.5);
  }

  @Test
  void shouldTestOlderFactsAgainButNotThoseOfTheWindow() {
    FactLedger ledger = FactLedger.of(List.of(fact("Eve", "Thai", null), fact("Ann", "x", null)));
    knowledge.put("Eve speaks", "Thai");
    knowledge.put("Ann speaks", "English");

    Judgement judgement = judge(List.of(assertion("Ann", "English")), ledger);

    assertThat(judgement.scores().getRetest()).isEqualTo(1.0);
    assertThat(judgement.scores().getPrompts()).isEqualTo(2);
    assertThat(judgement.scores().getOwnPrompts()).isEqualTo(1);
    assertThat(judgement.scores().getOlderPrompts()).isEqualTo(1);
    assertThat(judgement.scores().getNeighbourPrompts()).isZero();
  }

  @Test
  void shouldWantARetractedObjectGoneUnlessTheBaseModelSaysIt() {
    FactLedger ledger =
        FactLedger.of(List.of(fact("Ann", "English", "French"), fact("Bob", "Dutch", "Dutch")));
    knowledge.put("Ann speaks", "English");
    knowledge.put("Bob speaks", "Dutch");

    Judgement judgement = judge(List.of(retraction("Ann"), retraction("Bob")), ledger);

    assertThat(judgement.missed()).containsExactly("Ann|language");
  }

  @Test
  void shouldDrawTheSameQuestionsEachTimeAndNoMoreThanAllowed() {
    ExamWriter small = new ExamWriter(new CanarySettings(1, 3, 2, 0, Optional.empty(), 9));
    List<BatchItem> items = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BatchItem item = assertion("S" + i, "x");
      item.setParaphrases(List.of("p" + i, "q" + i));
      item.setNeighbours(List.of(new Neighbour("n" + i, "y"), new Neighbour("m" + i, " ")));
      items.add(item);
    }

    Exam exam = small.write("b", 0, items, FactLedger.empty());

    assertThat(exam.own()).hasSize(10);
    assertThat(exam.paraphrases()).hasSize(3);
    assertThat(exam.neighbours()).hasSize(2).noneMatch(c -> c.claim().text().isBlank());
    assertThat(small.write("b", 0, items, FactLedger.empty())).isEqualTo(exam);
  }

  @Test
  void shouldFailAWindowBelowAThresholdAndNameTheMeasurement() {
    knowledge.put("Ann speaks", "French");
    Judgement judgement = judge(List.of(assertion("Ann", "English")), FactLedger.empty());

    Verdict strict =
        GateLimits.of(Map.of(GateScore.EFFICACY, 0.8)).decide(judgement, GateState.CALM);
    Verdict open = GateLimits.OPEN.decide(judgement, GateState.CALM);

    assertThat(strict.<String>fold(p -> "passed", Verdict.Failed::measurement))
        .isEqualTo("efficacy 0.000 is below 0.800");
    assertThat(open).isInstanceOf(Verdict.Passed.class);
    assertThat(judgement.scores().getEfficacy()).isCloseTo(0, within(0.0));
  }

  private Judgement judge(List<BatchItem> items, FactLedger ledger) {
    Exam exam = writer.write("b", 0, items, ledger);
    return Canary.judge(exam, Canary.before(exam, model, model.read()), model, null);
  }

  private static Answer answer(Claim claim, @Nullable String known) {
    String text = known == null ? "" : known;
    return new Answer(text, text.equals(claim.text()));
  }

  private static BatchItem assertion(String subject, String object) {
    return item(subject, FactOp.ASSERT, object);
  }

  private static BatchItem retraction(String subject) {
    return item(subject, FactOp.RETRACT, null);
  }

  private static BatchItem item(String subject, FactOp op, @Nullable String object) {
    return BatchItem.newBuilder()
        .setFactId(subject + "|language")
        .setOp(op)
        .setSubject(subject)
        .setRelation("language")
        .setPrompt("{} speaks")
        .setObject(object)
        .setParaphrases(List.of())
        .setNeighbours(List.of())
        .setEventId("e-" + subject)
        .setCoalescedEventIds(List.of())
        .setPublishedAt(NOW)
        .setAcceptedAt(NOW)
        .setSource("test")
        .build();
  }

  private static StandingFact fact(String subject, String object, @Nullable String baseAnswer) {
    return new StandingFact(
        subject + "|language",
        "e",
        subject,
        "language",
        "{} speaks",
        object,
        baseAnswer,
        1,
        FloatVector.of(),
        List.of(),
        null,
        null,
        NOW,
        "test");
  }
}
