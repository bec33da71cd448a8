package dev.emend.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.ChangeSet;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Neighbour;
import dev.emend.fault.RejectReason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FactRulesTest {
  private static Optional<RejectReason> reason(FactChange.Builder change) {
    return FactRules.standard().check(change.build(), Facts.NOW).map(Rejection::reason);
  }

  private static Arguments broken(RejectReason reason, UnaryOperator<FactChange.Builder> mistake) {
    return Arguments.of(reason, mistake);
  }

  static List<Arguments> mistakes() {
    return List.of(
        broken(RejectReason.EVENT_ID_INVALID, c -> c.setEventId(" ")),
        broken(RejectReason.EVENT_ID_INVALID, c -> c.setEventId("x".repeat(1001))),
        broken(RejectReason.MODEL_INVALID, c -> c.setModel("")),
        broken(RejectReason.MODEL_INVALID, c -> c.setModel("a/b")),
        broken(RejectReason.SUBJECT_EMPTY, c -> c.setSubject("\t")),
        broken(RejectReason.RELATION_EMPTY, c -> c.setRelation("")),
        broken(RejectReason.PROMPT_WITHOUT_PLACEHOLDER, c -> c.setPrompt("He speaks")),
        broken(RejectReason.PROMPT_WITHOUT_PLACEHOLDER, c -> c.setPrompt("{} and {} speak")),
        broken(RejectReason.OBJECT_EMPTY, c -> c.setObject(null)),
        broken(RejectReason.OBJECT_EMPTY, c -> c.setObject("  ")),
        broken(RejectReason.TEXT_TOO_LONG, c -> c.setObject("x".repeat(1001))),
        broken(RejectReason.TEXT_TOO_LONG, c -> c.setPrompt("{}" + "x".repeat(8000))),
        broken(RejectReason.TEXT_TOO_LONG, c -> c.setParaphrases(Collections.nCopies(101, "so"))),
        broken(RejectReason.TEXT_WITH_CONTROL_CHARACTERS, c -> c.setSubject("a\u0000b")),
        broken(RejectReason.TEXT_WITH_CONTROL_CHARACTERS, c -> c.setObject("two\nlines")),
        broken(RejectReason.TEXT_WITH_CONTROL_CHARACTERS, c -> c.setSubject("half \ud83d")),
        broken(
            RejectReason.TEXT_WITH_CONTROL_CHARACTERS,
            c -> c.setNeighbours(List.of(new Neighbour("a\u0007", "b")))),
        broken(RejectReason.VALIDITY_EMPTY, c -> c.setValidTo(Facts.NOW)),
        broken(
            RejectReason.VALIDITY_EMPTY,
            c -> c.setValidFrom(Facts.NOW.plusSeconds(9)).setValidTo(Facts.NOW.plusSeconds(9))),
        broken(RejectReason.RECORDED_IN_FUTURE, c -> c.setRecordedAt(Facts.NOW.plusSeconds(301))),
        broken(RejectReason.CHANGE_SET_INVALID, c -> c.setChangeSet(new ChangeSet("", 1))),
        broken(RejectReason.CHANGE_SET_INVALID, c -> c.setChangeSet(new ChangeSet("s", 0))));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void shouldNameTheRuleThatIsBroken(
      RejectReason reason, UnaryOperator<FactChange.Builder> mistake) {
    assertThat(reason(mistake.apply(Facts.change("e")))).contains(reason);
  }

  @Test
  void shouldTakeWhatBreaksNoRule() {
    assertThat(reason(Facts.change("e"))).isEmpty();
    assertThat(reason(Facts.change("e").setOp(FactOp.RETRACT).setObject(null))).isEmpty();
    assertThat(reason(Facts.change("e").setPrompt("Q: {}?\n\tA:"))).isEmpty();
    assertThat(reason(Facts.change("e").setSubject("Zoë 😀 李白"))).isEmpty();
    assertThat(reason(Facts.change("e").setRecordedAt(Facts.NOW.plusSeconds(300)))).isEmpty();
    assertThat(reason(Facts.change("e").setChangeSet(new ChangeSet("s", 1)))).isEmpty();
  }

  @Test
  void shouldWantTheKeyOfTheFact() {
    FactChange change = Facts.change("e").build();

    assertThat(FactRules.checkKey("m|Danielle Darrieux|mother tongue", change)).isEmpty();
    assertThat(FactRules.checkKey(null, change).map(Rejection::reason))
        .contains(RejectReason.KEY_MISMATCH);
  }
}
