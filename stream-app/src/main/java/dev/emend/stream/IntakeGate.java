package dev.emend.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions are not read for now, because what came from them fills a buffer. Nothing is
 * dropped: it stays in the topic until there is room. The stages shut and open, the consumers of
 * {@link GatedClients} obey. Thread-safe.
 */
final class IntakeGate {
  private final Set<TopicPartition> shut = ConcurrentHashMap.newKeySet();

  boolean isShut(TopicPartition partition) {
    return shut.contains(partition);
  }

  /** Partitions that are not read now. */
  int shut() {
    return shut.size();
  }

  /**
   * The intake from one topic.
   *
   * @param topic whose partitions fill a buffer each
   * @param capacity records in a buffer at which its partition is shut
   */
  Intake from(String topic, int capacity) {
    return new Intake(this, topic, capacity);
  }

  /** What fills the buffers of all tasks of one kind. */
  record Intake(IntakeGate gate, String topic, int capacity) {

    Valve of(int partition) {
      return new Valve(gate, new TopicPartition(topic, partition), capacity);
    }
  }

  /** What fills the buffer of one task. One thread at a time. */
  static final class Valve {
    private final IntakeGate gate;
    private final TopicPartition partition;
    private final int capacity;

    private Valve(IntakeGate gate, TopicPartition partition, int capacity) {
      this.gate = gate;
      this.partition = partition;
      this.capacity = capacity;
    }

    /** Shuts when the buffer is full, and opens when a quarter of it is free again. */
    void update(int size) {
      if (size >= capacity) {
        gate.shut.add(partition);
      } else if (size <= capacity - (capacity + 3) / 4) {
        open();
      }
    }

    boolean isShut() {
      return gate.isShut(partition);
    }

    /** The task ends, or nothing waits any more. */
    void open() {
      gate.shut.remove(partition);
    }
  }
}
