package dev.emend.subscribe;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Kafka's mock consumer over a {@link FakeLog}; a poll without records waits a moment. */
final class FakeConsumer extends MockConsumer<String, byte[]> {
  private final FakeLog log;

  FakeConsumer(FakeLog log) {
    super("earliest");
    this.log = log;
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    partitions.forEach(partition -> log.records(partition).forEach(this::addRecord));
  }

  synchronized void offer(ConsumerRecord<String, byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (!closed() && assignment().contains(partition)) {
      addRecord(record);
      notifyAll();
    }
  }

  @Override
  public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
    ConsumerRecords<String, byte[]> found = super.poll(timeout);
    if (!found.isEmpty()) {
      return found;
    }
    try {
      TimeUnit.MILLISECONDS.timedWait(this, Math.min(10, timeout.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return super.poll(timeout);
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String topic) {
    return log.partitions(topic);
  }
}
