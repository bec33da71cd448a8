package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.itests.stack.FreshTopics;
import dev.emend.topic.TopicReport;
import org.junit.jupiter.api.Test;

class TopicsIT {
  @Test
  void shouldCreateEveryTopicOnceAndFindThemAsWantedAfterwards() {
    FreshTopics fresh = FreshTopics.create();

    TopicReport second = fresh.ensureAgain();

    assertThat(fresh.created().created())
        .containsExactlyInAnyOrderElementsOf(fresh.topics().names());
    assertThat(second.created()).isEmpty();
    assertThat(second.differences()).isEmpty();
  }
}
