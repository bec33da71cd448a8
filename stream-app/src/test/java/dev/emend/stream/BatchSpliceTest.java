package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOp;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSpliceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final FakeRegistry registry = new FakeRegistry();
  private final StreamSerdes serdes = new StreamSerdes(registry.client(), Topics.standard());

  @AfterEach
  void stop() {
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 9_000})
  void shouldWriteWhatTheWholeRecordWouldBe(int count) {
    List<BatchItem> items = IntStream.range(0, count).mapToObj(BatchSpliceTest::item).toList();
    List<ByteBuffer> written = items.stream().map(serdes::writeItem).toList();

    byte[] spliced = serdes.window(batch(List.of()), written);

    String topic = Topics.standard().batches();
    assertThat(spliced).isEqualTo(serdes.batches().serializer().serialize(topic, batch(items)));
    assertThat(serdes.batches().deserializer().deserialize(topic, spliced).getItems())
        .isEqualTo(items);
  }

  @Test
  void shouldTellAnItemOfAnotherSchema() {
    ByteBuffer item = serdes.writeItem(item(1));
    assertThat(serdes.isCurrentItem(item)).isTrue();
    ByteBuffer other = ByteBuffer.allocate(item.remaining()).put(item.duplicate()).flip();
    other.putInt(1, other.getInt(1) + 1);
    assertThat(serdes.isCurrentItem(other)).isFalse();
  }

  private static EditBatch batch(List<BatchItem> items) {
    return EditBatch.newBuilder()
        .setBatchId("0123456789abcdef")
        .setModel("müller|m")
        .setSequence(1L << 40)
        .setItems(items)
        .setReason(CloseReason.FULL)
        .setClosedAt(NOW)
        .setPredictedSeconds(1.5)
        .build();
  }

  private static BatchItem item(int number) {
    return BatchItem.newBuilder()
        .setFactId("subject " + number + "|relation")
        .setOp(FactOp.ASSERT)
        .setSubject("subject " + number)
        .setRelation("relation")
        .setPrompt("The relation of {} is")
        .setObject("object 漢")
        .setEventId("event-" + number)
        .setPublishedAt(NOW)
        .setAcceptedAt(NOW.plusMillis(number))
        .build();
  }
}
