package dev.emend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.LedgerEntry;
import dev.emend.fault.Fault;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactLedgerTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

  @Test
  void shouldSurviveTheRecordBitForBit() {
    StandingFact fact = fact("a|r", 3, "English", NOW);

    LedgerEntry entry = LedgerRecords.toEntry("m", fact);

    assertThat(LedgerRecords.toFact(entry)).isEqualTo(fact);
    assertThat(entry.getModel()).isEqualTo("m");
  }

  @Test
  void shouldKeepUnknownTimesUnknown() {
    StandingFact fact = fact("a|r", 1, "English", null);

    assertThat(LedgerRecords.toFact(LedgerRecords.toEntry("m", fact)).validFrom()).isNull();
  }

  @Test
  void shouldReplaceWhatStoodForTheSameFact() {
    FactLedger old = FactLedger.of(List.of(fact("a|r", 1, "French", null)));

    FactLedger next = old.with(List.of(new LedgerChange.Write(fact("a|r", 2, "English", null))));

    assertThat(next.size()).isOne();
    assertThat(next.find("a|r")).map(StandingFact::object).contains("English");
    assertThat(old.find("a|r")).map(StandingFact::object).contains("French");
  }

  @Test
  void shouldForgetARetractedFact() {
    FactLedger old = FactLedger.of(List.of(fact("a|r", 1, "x", null), fact("b|r", 2, "y", null)));

    FactLedger next = old.with(List.of(new LedgerChange.Remove("b|r")));

    assertThat(next.find("b|r")).isEmpty();
    assertThat(next.latestVersion()).isOne();
  }

  @Test
  void shouldDrawTheSameSampleHoweverTheLedgerCameAbout() {
    List<StandingFact> facts =
        LongStream.rangeClosed(1, 40).mapToObj(v -> fact("f" + v, v, "o" + v, null)).toList();
    FactLedger restored = FactLedger.of(facts);
    FactLedger grown = FactLedger.empty();
    for (StandingFact fact : facts) {
      grown = grown.with(List.of(new LedgerChange.Write(fact)));
    }

    List<StandingFact> sample = restored.sample(7, Set.of("f3", "f9"), new Random(5));

    assertThat(sample).hasSize(7).doesNotHaveDuplicates();
    assertThat(sample).extracting(StandingFact::factId).doesNotContain("f3", "f9");
    assertThat(grown.sample(7, Set.of("f3", "f9"), new Random(5))).isEqualTo(sample);
  }

  @Test
  void shouldSampleAllWhenFewStand() {
    FactLedger ledger = FactLedger.of(List.of(fact("a", 1, "x", null)));

    assertThat(ledger.sample(5, Set.of(), new Random(0))).hasSize(1);
    assertThat(FactLedger.empty().sample(5, Set.of(), new Random(0))).isEmpty();
  }

  @Test
  void shouldRefuseLayersOutOfOrder() {
    FloatVector v = FloatVector.of(1);
    List<LayerPair> layers = List.of(new LayerPair(2, v, v), new LayerPair(1, v, v));

    assertThatThrownBy(
            () ->
                new StandingFact(
                    "f", "e", "s", "r", "{}", "o", null, 1, v, layers, null, null, NOW, "src"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ascend");
  }

  @Test
  void shouldRefuseBytesThatAreNoVector() {
    assertThatThrownBy(() -> FloatVector.fromBytes(ByteBuffer.allocate(7)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("7 bytes");
  }

  static StandingFact fact(String id, long version, String object, @Nullable Instant validFrom) {
    FloatVector key = FloatVector.of(1.5f, -0f, Float.MIN_VALUE);
    FloatVector value = FloatVector.of((float) version, 0.1f);
    return new StandingFact(
        id,
        "e-" + id,
        "s",
        "r",
        "{} speaks",
        object,
        "French",
        version,
        FloatVector.of(0.25f, (float) version),
        List.of(new LayerPair(0, key, value), new LayerPair(2, key, value)),
        validFrom,
        null,
        NOW,
        "test");
  }
}
