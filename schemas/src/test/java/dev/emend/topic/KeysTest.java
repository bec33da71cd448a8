package dev.emend.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

class KeysTest {
  @Example
  void shouldProtectTheSeparatorAndTheBackslash() {
    FactKey key = new FactKey("m", "a|b", "c\\d");

    assertThat(key.text()).isEqualTo("m|a\\|b|c\\\\d");
    assertThat(key.factId()).isEqualTo("a\\|b|c\\\\d");
  }

  @Property
  void shouldReadEveryFactKeyThatItWrites(
      @ForAll String model, @ForAll String subject, @ForAll String relation) {
    FactKey key = new FactKey(model, subject, relation);

    assertThat(FactKey.parse(key.text())).isEqualTo(key);
  }

  @Property
  void shouldReadEveryHeadKeyThatItWrites(@ForAll String model, @ForAll String alias) {
    HeadKey key = new HeadKey(model, alias);

    assertThat(HeadKey.parse(key.text())).isEqualTo(key);
  }

  @Example
  void shouldRefuseTextsThatAreNoKeys() {
    for (String text : new String[] {"", "a|b", "a|b|c|d", "a|b|c\\", "a|b|\\c"}) {
      assertThatThrownBy(() -> FactKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void shouldFindThePartitionThatKafkaChooses(
      @ForAll String model, @ForAll @IntRange(min = 1, max = 50) int partitions) {
    byte[] key = model.getBytes(StandardCharsets.UTF_8);

    assertThat(ModelPartition.of(model, partitions))
        .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
  }
}
