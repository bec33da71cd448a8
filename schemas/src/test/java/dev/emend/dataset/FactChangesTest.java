package dev.emend.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Priority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactChangesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void shouldStateEveryPartOfTheCase() {
    EditCase edit =
        EditCase.of("Italy", "president", "{} is led by")
            .id("e7")
            .object("Rossi")
            .paraphrases(List.of("p"))
            .neighbours(List.of(new NeighbourCase("n", "x")))
            .valid(Instant.EPOCH, NOW)
            .build(0);

    FactChange change = FactChanges.of(edit, "capitals", NOW, "file");

    assertThat(change.getEventId()).isEqualTo("e7");
    assertThat(change.getModel()).isEqualTo("capitals");
    assertThat(change.getOp()).isEqualTo(FactOp.ASSERT);
    assertThat(change.getSubject()).isEqualTo("Italy");
    assertThat(change.getRelation()).isEqualTo("president");
    assertThat(change.getPrompt()).isEqualTo("{} is led by");
    assertThat(change.getObject()).isEqualTo("Rossi");
    assertThat(change.getParaphrases()).containsExactly("p");
    assertThat(change.getNeighbours().get(0).getExpected()).isEqualTo("x");
    assertThat(change.getValidFrom()).isEqualTo(Instant.EPOCH);
    assertThat(change.getValidTo()).isEqualTo(NOW);
    assertThat(change.getRecordedAt()).isEqualTo(NOW);
    assertThat(change.getSource()).isEqualTo("file");
    assertThat(change.getPriority()).isEqualTo(Priority.NORMAL);
    assertThat(change.getChangeSet()).isNull();
  }
}
