package dev.emend.topic;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and reports how the others differ. Thread-safe. */
public final class TopicCreator {
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Admin admin;
  private final Duration timeout;

  /**
   * Works through {@code admin}, which stays the caller's to close.
   *
   * @param timeout how long each question to the broker may take
   */
  public TopicCreator(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Creates what is missing, with the broker's default replication, and returns when the broker
   * knows all of them. May run any number of times and in several processes at once.
   *
   * @throws Fault with {@link FaultCode#BROKER_UNAVAILABLE} if the broker does not answer
   */
  public TopicReport ensure(Topics topics) {
    List<String> created = new ArrayList<>();
    List<Topic> existing = new ArrayList<>();
    creations(topics)
        .forEach(
            (topic, creation) -> {
              if (isNew(creation, topics.name(topic))) {
                created.add(topics.name(topic));
              } else {
                existing.add(topic);
              }
            });
    return new TopicReport(created, differences(topics, existing));
  }

  private Map<Topic, KafkaFuture<Void>> creations(Topics topics) {
    Map<Topic, KafkaFuture<Void>> creations = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      NewTopic wanted = newTopic(topics, topic);
      creations.put(topic, admin.createTopics(List.of(wanted)).all());
    }
    return creations;
  }

  private static NewTopic newTopic(Topics topics, Topic topic) {
    return new NewTopic(
            topics.name(topic), Optional.of(topic.partitions()), Optional.<Short>empty())
        .configs(TopicSettings.of(topic));
  }

  private boolean isNew(KafkaFuture<Void> creation, String name) {
    try {
      await("create topic " + name, creation);
      return true;
    } catch (Fault e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  private List<TopicDifference> differences(Topics topics, List<Topic> existing) {
    List<String> names = topics.names();
    List<ConfigResource> resources = names.stream().map(TopicCreator::resource).toList();
    Map<String, TopicDescription> shapes =
        awaitVisible("describe topics", () -> admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        awaitVisible("read topic settings", () -> admin.describeConfigs(resources).all());
    List<TopicDifference> found = new ArrayList<>();
    for (Topic topic : existing) {
      String name = topics.name(topic);
      TopicDescription shape = Objects.requireNonNull(shapes.get(name));
      Config config = Objects.requireNonNull(configs.get(resource(name)));
      found.addAll(TopicSettings.differences(name, topic, shape, config));
    }
    return found;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /** A topic that was created a moment ago, by us or another process, may not be known yet. */
  private <T> T awaitVisible(String what, Supplier<KafkaFuture<T>> question) {
    long waits = timeout.toMillis() / GLANCE.toMillis();
    for (long wait = 0; ; wait++) {
      try {
        return await(what, question.get());
      } catch (Fault e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || wait >= waits) {
          throw e;
        }
        rest();
      }
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
    } catch (InterruptedException e) {
      throw BrokerFaults.interrupted(e);
    }
  }

  private <T> T await(String what, KafkaFuture<T> future) {
    return BrokerFaults.await(what, future.toCompletionStage().toCompletableFuture(), timeout);
  }
}
