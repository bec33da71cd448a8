package dev.emend.worker;

import dev.emend.topic.Connection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a worker whose commits may be cut off by {@link CommitDoom}, and which, if told
 * so, writes without a transaction: every record counts at once, offsets are committed after them,
 * and nobody is fenced. Otherwise everything is as the product has it.
 */
final class MortalClients extends KafkaClients {
  private final Connection connection;
  private final CommitDoom doom;
  private final boolean transactions;
  private @Nullable Consumer<String, byte[]> member;

  MortalClients(WorkerConfig config, Connection connection, CommitDoom doom, boolean transactions) {
    super(config, connection);
    this.connection = connection;
    this.doom = doom;
    this.transactions = transactions;
  }

  @Override
  Consumer<String, byte[]> groupMember() {
    Consumer<String, byte[]> made = super.groupMember();
    member = made;
    return made;
  }

  @Override
  @SuppressWarnings("unchecked") // the proxy implements what it is cast to
  Producer<String, byte[]> writer() {
    Producer<String, byte[]> real = transactions ? super.writer() : plain();
    Commit commit = new Commit(real);
    return (Producer<String, byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> commit.call(method, arguments));
  }

  private Producer<String, byte[]> plain() {
    Map<String, Object> settings = connection.toClientConfig();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private final class Commit {
    private final Producer<String, byte[]> real;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private int patience = Integer.MAX_VALUE;

    /** The first commit only says that this worker is there. */
    private boolean begun;

    Commit(Producer<String, byte[]> real) {
      this.real = real;
    }

    @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("beginTransaction")) {
        patience = begun ? doom.patience() : Integer.MAX_VALUE;
        begun = true;
      } else if (method.getName().equals("send")) {
        step();
      } else if (method.getName().equals("commitTransaction") && patience != Integer.MAX_VALUE) {
        real.flush();
        CommitDoom.strike();
      }
      return transactions ? pass(method, arguments) : withoutTransaction(method, arguments);
    }

    private void step() {
      patience = patience == Integer.MAX_VALUE ? patience : patience - 1;
      if (patience == 0) {
        real.flush(); // what was sent before is on the broker, and the rest never will be
        CommitDoom.strike();
      }
    }

    private @Nullable Object withoutTransaction(Method method, Object @Nullable [] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "initTransactions", "beginTransaction", "abortTransaction" -> offsets.clear();
        case "sendOffsetsToTransaction" -> remember(arguments);
        case "commitTransaction" -> {
          real.flush();
          commitOffsets();
        }
        default -> {
          return pass(method, arguments);
        }
      }
      return null;
    }

    @SuppressWarnings("unchecked") // the first argument of sendOffsetsToTransaction
    private void remember(Object @Nullable [] arguments) {
      if (arguments != null) {
        offsets.putAll((Map<TopicPartition, OffsetAndMetadata>) arguments[0]);
      }
    }

    private void commitOffsets() {
      Consumer<String, byte[]> inbox = member;
      if (inbox != null && !offsets.isEmpty()) {
        inbox.commitSync(offsets);
      }
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
