package dev.emend.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.fault.RejectReason;
import dev.emend.publish.FactRules;
import dev.emend.publish.Rejection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final DemoContent content = DemoContent.load();
  private final DemoScript script = new DemoScript("m", NOW, content.changes());

  @Test
  void shouldPublishAtLeastThirtyChangesThatObeyTheRules() {
    long valid =
        script.first().stream()
            .filter(event -> FactRules.standard().check(event, NOW).isEmpty())
            .map(FactChange::getEventId)
            .distinct()
            .count();

    assertThat(valid).isGreaterThanOrEqualTo(30);
  }

  @Test
  void shouldRepeatSomeEventsWordForWord() {
    Set<FactChange> seen = new HashSet<>();
    List<FactChange> repeated = script.first().stream().filter(e -> !seen.add(e)).toList();

    assertThat(repeated).hasSize(4);
  }

  @Test
  void shouldHoldTwoEventsThatTheStreamMustRefuse() {
    List<RejectReason> reasons =
        script.first().stream()
            .map(event -> FactRules.standard().check(event, NOW))
            .flatMap(Optional::stream)
            .map(Rejection::reason)
            .toList();

    assertThat(reasons)
        .containsExactlyInAnyOrder(
            RejectReason.PROMPT_WITHOUT_PLACEHOLDER, RejectReason.OBJECT_EMPTY);
  }

  @Test
  void shouldSayLateWhatHeldBefore() {
    FactChange late = event("demo-late-1");
    FactChange known = sameFact(late);

    assertThat(late.getValidFrom()).isBefore(known.getValidFrom());
    assertThat(late.getObject()).isNotEqualTo(known.getObject());
  }

  @Test
  void shouldTakeBackWhatWasSaid() {
    FactChange retraction = script.second().get(0);

    assertThat(retraction.getOp()).isEqualTo(FactOp.RETRACT);
    assertThat(retraction.getValidFrom()).isAfter(sameFact(retraction).getValidFrom());
  }

  @Test
  void shouldAskOnlyAboutFactsThatNobodyChanges() {
    Set<String> changed = new HashSet<>();
    content.changes().forEach(change -> changed.add(change.subject() + "|" + change.relation()));

    assertThat(content.probes())
        .hasSizeGreaterThanOrEqualTo(200)
        .noneMatch(probe -> changed.contains(probe.subject() + "|" + probe.relation()));
  }

  private FactChange event(String id) {
    return script.first().stream().filter(e -> e.getEventId().equals(id)).findFirst().orElseThrow();
  }

  private FactChange sameFact(FactChange event) {
    return script.first().stream()
        .filter(other -> other.getSubject().equals(event.getSubject()))
        .filter(other -> other.getRelation().equals(event.getRelation()))
        .filter(other -> !other.getEventId().equals(event.getEventId()))
        .findFirst()
        .orElseThrow();
  }
}
