package dev.emend.worker;

import dev.emend.topic.ModelPartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows, and beside them the orders, that wait for this worker: one consumer, of whose
 * partitions only the model's is read. Everything else stays paused; so does the model's own while
 * a window is edited, and that holds again after a rebalance, which forgets pauses. Belongs to the
 * polling thread, which also runs the rebalance callbacks.
 */
final class WindowInbox implements ConsumerRebalanceListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WindowInbox.class);

  /** Said in the log when the broker gave a silent worker's partition away. */
  static final String LOST = "was given to another worker";

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final String model;
  private final OrderInbox orders;
  private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
  private @Nullable TopicPartition home;
  private long skippedTo = -1;
  private boolean assigned;

  WindowInbox(Consumer<String, byte[]> consumer, String topic, String model, OrderInbox orders) {
    this.consumer = consumer;
    this.orders = orders;
    this.topic = topic;
    this.model = model;
  }

  /** Joins the group. */
  void join() {
    consumer.subscribe(List.of(topic), this);
  }

  /** Receives what has come; with {@code take} false only keeps the membership alive. */
  void receive(boolean take, Duration wait) {
    regulate(take && waiting.isEmpty());
    consumer.poll(wait).forEach(waiting::add);
    if (assigned) {
      findHome();
    }
    if (take && home != null) {
      orders.receive();
    }
  }

  private void regulate(boolean take) {
    Set<TopicPartition> quiet = new HashSet<>(consumer.assignment());
    TopicPartition mine = home;
    if (take && mine != null) {
      quiet.remove(mine);
      consumer.resume(Set.of(mine));
    }
    consumer.pause(quiet);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    assigned = true;
  }

  /** Not in the callback, since asking for the partitions may fail and has to be repeated then. */
  private void findHome() {
    int count = consumer.partitionsFor(topic).size();
    TopicPartition candidate = new TopicPartition(topic, ModelPartition.of(model, count));
    if (home == null && consumer.assignment().contains(candidate)) {
      log.info("{} is ours: windows of {} come from it", candidate, model);
      home = candidate;
    }
    assigned = false;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    TopicPartition mine = home;
    if (mine != null && partitions.contains(mine)) {
      log.info("{} is no longer ours", mine);
      home = null;
      forget();
    }
  }

  /**
   * The broker gave them away while nothing was heard from here; the next commit would be refused.
   */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    TopicPartition mine = home;
    if (mine != null && partitions.contains(mine)) {
      log.warn("{} {} while this worker was silent", mine, LOST);
    }
    onPartitionsRevoked(partitions);
  }

  /** Whether the model's windows come to this worker. */
  boolean owned() {
    return home != null;
  }

  /**
   * The next window or order of the model; records of other models before it are passed over. An
   * order comes after the windows that were written before it.
   */
  Optional<LogRecord> next() {
    Optional<ConsumerRecord<String, byte[]>> window = nextWindow();
    return orders
        .next()
        .filter(order -> window.map(w -> w.timestamp() > order.timestamp()).orElse(lag() == 0))
        .or(() -> window)
        .map(KafkaPartitionReader::toRecord);
  }

  private Optional<ConsumerRecord<String, byte[]>> nextWindow() {
    for (ConsumerRecord<String, byte[]> head = waiting.peek();
        head != null;
        head = waiting.peek()) {
      if (model.equals(head.key())) {
        return Optional.of(head);
      }
      skippedTo = head.offset() + 1;
      waiting.remove();
    }
    return Optional.empty();
  }

  /** The offsets that say that a window is done. */
  Map<TopicPartition, OffsetAndMetadata> offsetsAfter(LogRecord window) {
    // The broker forgets offsets that nobody commits for a week, and orders are rare.
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    offsets.put(orders.home(), orders.position());
    offsets.put(
        new TopicPartition(window.topic(), window.partition()),
        new OffsetAndMetadata(window.offset() + 1));
    return offsets;
  }

  /** Goes on after a window or order whose offset is committed. */
  void done(LogRecord window) {
    if (!window.topic().equals(topic)) {
      orders.done(window.offset());
      return;
    }
    skippedTo = -1;
    waiting.removeIf(record -> record.offset() <= window.offset());
    TopicPartition mine = home;
    // A rebalance during the edit has reset the position to before the window.
    if (mine != null && waiting.isEmpty() && consumer.position(mine) <= window.offset()) {
      consumer.seek(mine, window.offset() + 1);
    }
  }

  /** Commits that records of other models were passed over, so that a restart need not. */
  void commitSkipped() {
    TopicPartition mine = home;
    if (mine != null && skippedTo >= 0) {
      consumer.commitAsync(
          Map.of(mine, new OffsetAndMetadata(skippedTo)),
          (offsets, error) -> {
            if (error != null) {
              log.debug("passed-over records will be passed over again: {}", error.toString());
            }
          });
      skippedTo = -1;
    }
  }

  /** Goes back to the first window and the first order that is not committed. */
  void rewind() {
    forget();
    TopicPartition mine = home;
    if (mine != null) {
      Map<TopicPartition, OffsetAndMetadata> known =
          consumer.committed(Set.of(mine, orders.home()));
      orders.rewind(known.get(orders.home()));
      OffsetAndMetadata committed = known.get(mine);
      if (committed == null) {
        consumer.seekToBeginning(Set.of(mine));
      } else {
        consumer.seek(mine, committed);
      }
    }
  }

  /** Drops what was received but not done. */
  void forget() {
    waiting.clear();
    orders.forget();
    skippedTo = -1;
  }

  /** Windows in the log that are not yet received, and those that are but wait here. */
  long backlog() {
    return lag() + waiting.size() + orders.size();
  }

  private long lag() {
    TopicPartition mine = home;
    OptionalLong lag = mine == null ? OptionalLong.empty() : consumer.currentLag(mine);
    return lag.orElse(0);
  }

  /** For the transaction: the broker refuses offsets of a member that lost its partitions. */
  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  /** Leaves the group, although a static member need not: a standby takes over at once. */
  @Override
  public void close() {
    orders.close();
    consumer.close(
        CloseOptions.timeout(CLOSE_PATIENCE)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }
}
