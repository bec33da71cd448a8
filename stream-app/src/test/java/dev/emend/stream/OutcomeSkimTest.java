package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.RollbackNote;
import dev.emend.fault.Fault;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomeSkimTest {
  private static final String TOPIC = Topics.standard().outcomes();

  private final FakeRegistry registry = new FakeRegistry();
  private final StreamSerdes serdes = new StreamSerdes(registry.client(), Topics.standard());

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldFindWhatReadingTheWholeFinds() {
    Random random = new Random(3);
    List<FactOutcome> outcomes = IntStream.range(0, 2_000).mapToObj(i -> any(random)).toList();
    for (FactOutcome outcome : outcomes) {
      assertThat(serdes.skimOutcome(wire(outcome))).isEqualTo(OutcomeSkim.Found.of(outcome));
    }
  }

  @Test
  void shouldAskTheRegistryForAnotherSchema() {
    byte[] wire = wire(any(new Random(1)));
    wire[4]++;
    assertThatThrownBy(() -> serdes.skimOutcome(wire)).hasMessageContaining("schema");
    assertThatThrownBy(() -> serdes.skimOutcome(new byte[2])).isInstanceOf(Fault.class);
  }

  @Test
  void shouldRefuseBytesThatEndEarly() {
    byte[] wire = wire(any(new Random(1)));
    assertThatThrownBy(() -> serdes.skimOutcome(Arrays.copyOf(wire, 12))).isInstanceOf(Fault.class);
  }

  private byte[] wire(FactOutcome outcome) {
    return serdes.outcomes().serializer().serialize(TOPIC, outcome);
  }

  private static FactOutcome any(Random random) {
    OutcomeCode[] codes = OutcomeCode.values();
    RollbackNote note = new RollbackNote(random.nextLong(), null, "e", null);
    return new FactOutcome(
        "event-" + random.nextInt(),
        "möll",
        "s|r",
        codes[random.nextInt(codes.length)],
        orNull(random, random.nextLong()),
        orNull(random, "by"),
        orNull(random, "reason"),
        orNull(random, "detail 漢"),
        orNull(random, TestStream.START),
        TestStream.START,
        orNull(random, note),
        orNull(random, new OriginalOutcome(OutcomeCode.REJECTED, 1L, "x", null)));
  }

  private static <T> @Nullable T orNull(Random random, T value) {
    return random.nextBoolean() ? value : null;
  }
}
