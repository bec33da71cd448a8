package dev.emend.stream;

import dev.emend.stream.state.JournalPage;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes a {@link JournalStore} for each task, over the pages of an ordinary store. */
record JournalStoreBuilder<V>(
    StoreBuilder<KeyValueStore<String, JournalPage>> pages, JournalForm<V> form)
    implements StoreBuilder<JournalStore<V>> {

  @Override
  public StoreBuilder<JournalStore<V>> withCachingEnabled() {
    return this; // it is a cache
  }

  @Override
  public StoreBuilder<JournalStore<V>> withCachingDisabled() {
    return this; // so Streams asks when it has no memory for caches; this needs none of it
  }

  @Override
  public StoreBuilder<JournalStore<V>> withLoggingEnabled(Map<String, String> config) {
    return new JournalStoreBuilder<>(pages.withLoggingEnabled(config), form);
  }

  @Override
  public StoreBuilder<JournalStore<V>> withLoggingDisabled() {
    return new JournalStoreBuilder<>(pages.withLoggingDisabled(), form);
  }

  @Override
  public JournalStore<V> build() {
    return new JournalStore<>(pages.build(), form);
  }

  @Override
  public Map<String, String> logConfig() {
    return pages.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return pages.loggingEnabled();
  }

  @Override
  public String name() {
    return pages.name();
  }
}
