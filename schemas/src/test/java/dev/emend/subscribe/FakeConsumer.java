package dev.emend.subscribe;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Kafka's mock consumer over a {@link FakeLog}; a poll without records waits a moment. */
final class FakeConsumer extends MockConsumer<String, byte[]> {
  private final FakeLog log;
  private final AtomicLong polls = new AtomicLong();

  FakeConsumer(FakeLog log) {
    super("earliest");
    this.log = log;
  }

  // The log's lock always comes before the consumer's: appending takes them in this order too.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void assign(Collection<TopicPartition> partitions) {
    synchronized (log) {
      super.assign(partitions);
      partitions.forEach(partition -> log.records(partition).forEach(this::addRecord));
    }
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
    polls.incrementAndGet();
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

  long polls() {
    return polls.get();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // as above
  public List<PartitionInfo> partitionsFor(String topic) {
    return log.partitions(topic);
  }
}
