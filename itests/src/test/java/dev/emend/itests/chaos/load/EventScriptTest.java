package dev.emend.itests.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventScriptTest {
  private static final List<String> MODELS = List.of("a", "b");

  @Test
  void shouldWriteTheSameForASeedWithEveryKindOfRecord() {
    List<Message> script = EventScript.write(5, 2_000, MODELS, 100);

    assertThat(EventScript.write(5, 2_000, MODELS, 100)).isEqualTo(script);
    assertThat(EventScript.write(6, 2_000, MODELS, 100)).isNotEqualTo(script);
    assertThat(script.stream().map(Message::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Message.Kind.values());
    long ids = script.stream().map(m -> m.change().getEventId()).distinct().count();
    assertThat(ids).isBetween(1_700L, 1_950L);
  }
}
