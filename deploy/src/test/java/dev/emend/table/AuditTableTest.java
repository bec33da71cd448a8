package dev.emend.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.AuditEntry;
import dev.emend.event.AuditKind;
import dev.emend.event.OrderKind;
import dev.emend.event.VersionFact;
import dev.emend.event.WorkerOrder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTableTest {
  private final AuditEntry window =
      entry(AuditKind.WINDOW)
          .setBatchId("b1")
          .setFacts(List.of(fact("e1", "news", "Lima"), fact("e2", "", null)))
          .setChainHash(ByteBuffer.wrap(new byte[] {1, (byte) 0xab}))
          .build();
  private final AuditEntry refused =
      entry(AuditKind.ORDER)
          .setBatchId("o1")
          .setOrder(
              WorkerOrder.newBuilder()
                  .setKind(OrderKind.ROLLBACK)
                  .setVersion(9L)
                  .setOrderedBy("ann")
                  .build())
          .setDetail("there is no version 9")
          .build();

  @Test
  void shouldShowARowForEachFactAndOrder() {
    List<String> lines = AuditTable.of(List.of(window, refused)).lines();

    assertThat(lines).hasSize(1 + 3);
    assertThat(lines.get(1)).contains("window", "news", "e1", "Peru | capital | Lima");
    assertThat(lines.get(2)).contains("e2", "(retracted)");
    assertThat(lines.get(3)).contains("rollback", "ann", "o1", "to 9, refused: there is no");
  }

  @Test
  void shouldReportAllOfAnEntryAndNothingThatIsNotThere() {
    Map<String, Object> content = AuditTable.entry(window);

    assertThat(content)
        .containsEntry("version", 7L)
        .containsEntry("kind", "WINDOW")
        .containsEntry("at", "1970-01-01T00:00:00Z")
        .containsEntry("chain_hash", "01ab")
        .doesNotContainKeys("alias", "order", "detail");
    assertThat(content.get("facts")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
    assertThat(AuditTable.entry(refused))
        .containsEntry("order", "ROLLBACK")
        .containsEntry("order_version", 9L)
        .containsEntry("ordered_by", "ann")
        .containsEntry("detail", "there is no version 9");
  }

  private static AuditEntry.Builder entry(AuditKind kind) {
    return AuditEntry.newBuilder()
        .setModel("m")
        .setKind(kind)
        .setVersion(7)
        .setRecordedAt(Instant.EPOCH);
  }

  private static VersionFact fact(String event, String source, @Nullable String object) {
    return VersionFact.newBuilder()
        .setFactId("Peru|capital")
        .setEventId(event)
        .setSubject("Peru")
        .setRelation("capital")
        .setPrompt("The capital of {} is")
        .setObject(object)
        .setSource(source)
        .build();
  }
}
