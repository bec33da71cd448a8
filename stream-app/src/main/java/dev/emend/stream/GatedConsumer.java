package dev.emend.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads nothing from partitions that are shut. Streams pauses partitions for reasons of its own; a
 * partition is read when neither of the two wants it paused. One thread at a time, as its parent.
 */
final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final IntakeGate gate;
  private final Set<TopicPartition> pausedByStreams = new HashSet<>();
  private final Set<TopicPartition> pausedByGate = new HashSet<>();

  GatedConsumer(Map<String, Object> config, IntakeGate gate) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.gate = gate;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    obeyGate();
    return super.poll(timeout);
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    pausedByStreams.addAll(partitions);
    super.pause(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    pausedByStreams.removeAll(Set.copyOf(partitions));
    super.resume(
        partitions.stream().filter(partition -> !pausedByGate.contains(partition)).toList());
  }

  /** What a rebalance has forgotten is paused by nobody any more. */
  private void obeyGate() {
    Set<TopicPartition> paused = paused();
    pausedByStreams.retainAll(paused);
    pausedByGate.retainAll(paused);
    for (TopicPartition partition : assignment()) {
      if (gate.isShut(partition)) {
        pausedByGate.add(partition);
        super.pause(List.of(partition));
      } else if (pausedByGate.remove(partition) && !pausedByStreams.contains(partition)) {
        super.resume(List.of(partition));
      }
    }
  }
}
