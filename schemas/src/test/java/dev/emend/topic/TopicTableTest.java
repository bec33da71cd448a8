package dev.emend.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicTableTest {
  private static String row(Topic topic) {
    return "| `%s` | %d | %s | %s | %s |"
        .formatted(
            topic.baseName(),
            topic.partitions(),
            kept(topic.retention()),
            topic.maxMessage(),
            topic.valueSchema().map(Schema::getName).orElse("bytes as they came"));
  }

  private static String kept(Topic.Retention retention) {
    if (retention == Topic.Retention.COMPACTED) {
      return "newest per key";
    }
    return retention.age().map(age -> age.toDays() + " days").orElse("for ever");
  }

  @Test
  void shouldFindEveryTopicInTheReadme() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));

    assertThat(lines.stream().filter(line -> line.startsWith("| `emend.")))
        .containsExactlyElementsOf(Arrays.stream(Topic.values()).map(TopicTableTest::row).toList());
  }

  @Test
  void shouldGiveTopicsThatAreKeyedByModelTheSameNumberOfPartitions() {
    assertThat(List.of(Topic.BATCHES, Topic.DELTAS, Topic.DELTA_CHUNKS, Topic.FEEDBACK))
        .extracting(Topic::partitions)
        .containsOnly(Topic.BATCHES.partitions());
  }
}
