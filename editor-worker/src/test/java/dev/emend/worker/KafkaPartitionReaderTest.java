package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaPartitionReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("log", 0);
  private final MockConsumer<String, byte[]> committed = new MockConsumer<>("earliest");
  private final MockConsumer<String, byte[]> all = new MockConsumer<>("earliest");
  private final AtomicLong seconds = new AtomicLong();

  private PartitionReader open(long end) {
    committed.updateBeginningOffsets(Map.of(PARTITION, 0L));
    all.updatePartitions("log", List.of(new PartitionInfo("log", 0, null, null, null)));
    all.updateEndOffsets(Map.of(PARTITION, end));
    PartitionReader.Source source =
        KafkaPartitionReader.source(
            () -> committed,
            () -> all,
            Duration.ofSeconds(60),
            () -> Instant.ofEpochSecond(seconds.addAndGet(10)));
    return source.open("log", "any");
  }

  private void add(long offset, String key) {
    committed.schedulePollTask(
        () -> committed.addRecord(new ConsumerRecord<>("log", 0, offset, key, new byte[] {1})));
  }

  @Test
  void shouldWaitForRecordsThatAnOpenTransactionHoldsBack() {
    try (PartitionReader reader = open(2)) {
      add(0, "first");
      committed.scheduleNopPollTask();
      committed.scheduleNopPollTask();
      add(1, "second");
      add(2, "behind the end");

      assertThat(reader.next().orElseThrow().key()).isEqualTo("first");
      assertThat(reader.next().orElseThrow().place()).isEqualTo("log-0@1");
      assertThat(reader.next()).isEmpty();
    }
    assertThat(committed.closed()).isTrue();
    assertThat(all.closed()).isTrue();
  }

  @Test
  void shouldGiveUpWhenNothingComes() {
    try (PartitionReader reader = open(1)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(Fault.class)
          .extracting(e -> ((Fault) e).code())
          .isEqualTo(FaultCode.TIMEOUT);
    }
  }

  @Test
  void shouldEndAtOnceInAnEmptyPartition() {
    try (PartitionReader reader = open(0)) {
      assertThat(reader.next()).isEmpty();
    }
  }
}
