package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.wire.WireConfig;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Finds misspelt settings: whatever neither we nor Kafka's clients nor the registry's know. */
final class KnownSettings {
  private static final List<String> CLIENT_PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX,
          StreamsConfig.TOPIC_PREFIX);

  private static final Set<String> REGISTRY =
      Set.of(
          WireConfig.REGISTRY_URL,
          WireConfig.AUTO_REGISTER,
          WireConfig.USE_LATEST,
          WireConfig.SPECIFIC_READER,
          WireConfig.BASIC_AUTH_SOURCE,
          WireConfig.BASIC_AUTH_USER_INFO,
          WireConfig.BEARER_SOURCE,
          WireConfig.BEARER_TOKEN,
          WireConfig.TRUSTSTORE_LOCATION,
          WireConfig.TRUSTSTORE_PASSWORD,
          WireConfig.TRUSTSTORE_TYPE,
          WireConfig.KEYSTORE_LOCATION,
          WireConfig.KEYSTORE_PASSWORD,
          WireConfig.KEYSTORE_TYPE,
          WireConfig.KEY_PASSWORD,
          WireConfig.MAX_RETRIES,
          WireConfig.RETRY_WAIT,
          WireConfig.CONNECT_TIMEOUT,
          WireConfig.READ_TIMEOUT,
          WireConfig.MAX_RECORD_SIZE);

  private KnownSettings() {}

  /** Refuses settings that nobody knows. */
  static void check(Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(ours());
    unknown.removeAll(REGISTRY);
    unknown.removeAll(kafka());
    unknown.removeIf(name -> CLIENT_PREFIXES.stream().anyMatch(name::startsWith));
    if (!unknown.isEmpty()) {
      throw new Fault(
          FaultCode.USAGE,
          "unknown settings %s; ours are %s".formatted(unknown, new TreeSet<>(ours())));
    }
  }

  private static Set<String> ours() {
    Set<String> names = new HashSet<>();
    Arrays.stream(StreamSetting.values()).map(StreamSetting::key).forEach(names::add);
    return names;
  }

  private static Set<String> kafka() {
    Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    return names;
  }
}
