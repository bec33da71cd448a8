package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.stream.state.HeldChange;
import dev.emend.stream.state.JournalPage;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import java.io.File;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalStoreTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final StreamSerdes serdes = new StreamSerdes(registry.client(), Topics.standard());
  private final KeyValueStore<String, JournalPage> pages = pages();
  private final JournalStore<HeldChange> store =
      new JournalStore<>(pages, new JournalForm<>(serdes.of(HeldChange.class), "held"));

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldWriteNothingOfWhatComesAndGoesBetweenTwoCommits() {
    store.put("a", value(1));
    assertThat(store.delete("a")).isEqualTo(value(1));
    store.flushCache();
    assertThat(pageCount()).isZero();
  }

  @Test
  void shouldWriteOnePageACommitAndDropItWhenNothingInItLives() {
    store.put("a", value(1));
    store.put("b", value(2));
    store.flushCache();
    assertThat(pageCount()).isEqualTo(1);
    store.delete("a");
    store.flushCache();
    assertThat(pageCount()).isEqualTo(2);
    store.delete("b");
    store.flushCache();
    assertThat(pageCount()).isZero();
  }

  @Test
  void shouldWriteTheLivingAnewWhenMostOfThePagesIsDead() {
    store.put("pin", value(0));
    for (int i = 0; i < 500; i++) {
      store.put("k", large());
      store.flushCache();
      store.delete("k");
      store.flushCache();
    }
    assertThat(store.get("pin")).isEqualTo(value(0));
    assertThat(pageCount()).as("of 1,000 commits beside one entry that stays").isLessThan(250);
    store.clearCache();
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void shouldSplitWhatIsTooMuchForOneRecord() {
    for (int i = 0; i < 100; i++) {
      store.put("k" + i, large());
    }
    store.flushCache();
    assertThat(pageCount()).isGreaterThan(2);
    store.clearCache();
    assertThat(store.size()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldRememberAsAMapDoesWhatWasCommitted(long seed) {
    Random random = new Random(seed);
    Map<String, HeldChange> oracle = new LinkedHashMap<>();
    Map<String, HeldChange> committed = Map.of();
    for (int step = 0; step < 2_000; step++) {
      String key = "k" + random.nextInt(30);
      int what = random.nextInt(20);
      if (what < 9) {
        HeldChange value = value(step);
        store.put(key, value);
        oracle.remove(key);
        oracle.put(key, value);
      } else if (what < 16) {
        assertThat(store.delete(key)).as("seed %d", seed).isEqualTo(oracle.remove(key));
      } else if (what < 19) {
        store.flushCache();
        committed = new LinkedHashMap<>(oracle);
      } else {
        store.clearCache();
        oracle = new LinkedHashMap<>(committed);
      }
      assertThat(contents()).as("seed %d step %d", seed, step).isEqualTo(oracle);
    }
  }

  private Map<String, HeldChange> contents() {
    Map<String, HeldChange> found = new LinkedHashMap<>();
    store.forEach(found::put);
    assertThat(found).hasSize(store.size());
    return found;
  }

  private int pageCount() {
    List<String> keys = new ArrayList<>();
    StoreScan.forEachEntry(pages, (key, page) -> keys.add(key));
    return keys.size();
  }

  private static HeldChange value(int number) {
    return value(number, 3);
  }

  private static HeldChange large() {
    return value(7, 10_000);
  }

  private static HeldChange value(int number, int bytes) {
    return new HeldChange(
        "fact", ByteBuffer.wrap(new byte[bytes]), Instant.ofEpochMilli(number), 0, 0L, null);
  }

  private KeyValueStore<String, JournalPage> pages() {
    MockProcessorContext<String, Step> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), new File("target"));
    KeyValueStore<String, JournalPage> made =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("journal"),
                Serdes.String(),
                serdes.of(JournalPage.class))
            .withLoggingDisabled()
            .build();
    made.init(context.getStateStoreContext(), made);
    return made;
  }
}
