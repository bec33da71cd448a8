package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Topic;
import dev.emend.topic.Topics;
import dev.emend.wire.SchemaRegistryClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks broker and registry for what the app needs, before anything is started. */
final class StreamTopics {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTopics.class);
  private static final long TIMEOUT_SECONDS = 30;

  private StreamTopics() {}

  /** How many partitions the internal topics must have. */
  static FactTopology.Partitions partitions(StreamAppConfig config) {
    Topics topics = config.topics();
    List<String> needed =
        List.of(
            topics.facts(),
            topics.feedback(),
            topics.outcomes(),
            topics.batches(),
            topics.deadLetters());
    try (Admin admin = Admin.create(config.connection().toClientConfig())) {
      Map<String, TopicDescription> found =
          admin.describeTopics(needed).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new FactTopology.Partitions(
          count(found, topics.facts()),
          count(found, topics.feedback()),
          count(found, topics.outcomes()));
    } catch (InterruptedException e) {
      throw BrokerFaults.interrupted(e);
    } catch (TimeoutException e) {
      throw BrokerFaults.of("describe the topics", e);
    } catch (ExecutionException e) {
      throw fault(needed, e.getCause() == null ? e : e.getCause());
    }
  }

  /** The registry, after it has answered once: a wrong address is found now and not at work. */
  static SchemaRegistryClient registry(StreamAppConfig config) {
    SchemaRegistryClient registry = config.connection().registry();
    boolean known = registry.latest(config.topics().subject(Topic.FACTS)).isPresent();
    LOG.debug("The registry answers; it has a schema for fact changes: {}", known);
    return registry;
  }

  private static int count(Map<String, TopicDescription> found, String topic) {
    TopicDescription description = found.get(topic);
    if (description == null) {
      throw new IllegalStateException("the broker did not describe " + topic);
    }
    return description.partitions().size();
  }

  private static Fault fault(List<String> needed, Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        ? new Fault(
            FaultCode.STACK_START,
            "not all of the topics %s exist; create them first".formatted(needed),
            cause)
        : BrokerFaults.of("describe the topics", cause);
  }
}
