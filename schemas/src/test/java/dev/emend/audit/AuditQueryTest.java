package dev.emend.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.AuditEntry;
import dev.emend.event.AuditKind;
import dev.emend.event.OrderKind;
import dev.emend.event.VersionFact;
import dev.emend.event.WorkerOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditQueryTest {
  private final AuditEntry window = entry(3).setFacts(said("news", "atlas")).build();
  private final AuditEntry order =
      entry(4)
          .setKind(AuditKind.ORDER)
          .setOrder(WorkerOrder.newBuilder().setKind(OrderKind.PROMOTE).setOrderedBy("ann").build())
          .build();

  @Test
  void shouldGiveWholeEntriesOfTheVersionsThatAreAskedFor() {
    assertThat(AuditQuery.all("m").part(window)).contains(window);
    assertThat(new AuditQuery("m", 3, 3, Optional.empty()).part(window)).contains(window);
    assertThat(new AuditQuery("m", 4, 9, Optional.empty()).part(window)).isEmpty();
    assertThat(new AuditQuery("m", 0, 2, Optional.empty()).part(window)).isEmpty();
    assertThat(AuditQuery.all("other").part(window)).isEmpty();
  }

  @Test
  void shouldGiveOnlyWhatASourceSaidOrOrdered() {
    assertThat(from("atlas").part(window).orElseThrow().getFacts())
        .extracting(VersionFact::getSource)
        .containsExactly("atlas");
    assertThat(from("nobody").part(window)).isEmpty();
    assertThat(from("ann").part(order)).contains(order);
    assertThat(from("news").part(order)).isEmpty();
  }

  private static AuditQuery from(String source) {
    return new AuditQuery("m", 0, Long.MAX_VALUE, Optional.of(source));
  }

  private static AuditEntry.Builder entry(long version) {
    return AuditEntry.newBuilder()
        .setModel("m")
        .setKind(AuditKind.WINDOW)
        .setVersion(version)
        .setRecordedAt(Instant.EPOCH);
  }

  private static List<VersionFact> said(String... sources) {
    return Arrays.stream(sources)
        .map(
            source ->
                VersionFact.newBuilder()
                    .setFactId("Peru|capital")
                    .setEventId("event of " + source)
                    .setSubject("Peru")
                    .setRelation("capital")
                    .setPrompt("The capital of {} is")
                    .setObject("Lima")
                    .setSource(source)
                    .build())
        .toList();
  }
}
