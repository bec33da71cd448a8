package dev.emend.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.wire.FakeRegistry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompatibilitySetupTest {
  @Test
  void shouldRegisterEveryValueAndDemandBackwardCompatibilityOfItAlone() {
    Topics topics = Topics.named("x.");
    List<String> subjects =
        Arrays.stream(Topic.values())
            .filter(topic -> topic.valueSchema().isPresent())
            .map(topics::subject)
            .toList();
    try (FakeRegistry registry = new FakeRegistry()) {
      new CompatibilitySetup(registry.client()).apply(topics);
      new CompatibilitySetup(registry.client()).apply(topics);

      assertThat(registry.subjects()).isEqualTo(subjects).contains("x.emend.facts-value");
      assertThat(registry.levels()).containsOnlyKeys(subjects).containsValue("BACKWARD");
      assertThat(registry.levels().values()).containsOnly("BACKWARD");
    }
  }
}
