package dev.emend.stream;

import dev.emend.stream.state.JournalPage;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The kinds of stores that the topology has. Immutable. */
record StreamStores(StreamAppConfig config, StreamSerdes serdes) {

  <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> store(
      String name, Class<V> type) {
    Serde<V> values = serdes.of(type);
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), values);
  }

  /** For what comes and soon goes. */
  <V extends SpecificRecord> StoreBuilder<?> journal(String name, Class<V> type) {
    JournalForm<V> form = new JournalForm<>(serdes.of(type), config.applicationId() + "-" + name);
    return new JournalStoreBuilder<>(store(name, JournalPage.class), form);
  }

  /** See {@link Recollection}. */
  StoreBuilder<?> recollection(String name, Class<? extends SpecificRecord> type) {
    Duration retention = config.state().seenRetention();
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(name, retention.multipliedBy(2), retention, false),
        Serdes.String(),
        serdes.of(type));
  }
}
