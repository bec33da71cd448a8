package dev.emend.stream;

import dev.emend.event.EditBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Puts items that are written already into the record of a window: to read and to write each of
 * them once more would cost more than all else that is done for a window. Thread-safe.
 *
 * @param batches writes the record without items
 * @param topic of the windows
 */
record BatchSplice(Serializer<EditBatch> batches, String topic) {

  /**
   * The record in wire form.
   *
   * @param head all but the items
   * @param items each in wire form, written with the schema that the record has for items
   */
  byte[] join(EditBatch head, List<ByteBuffer> items) {
    byte[] hollow = batches.serialize(topic, head);
    if (items.isEmpty()) {
      return hollow;
    }
    AvroSkim skim = AvroSkim.of(hollow).skipTexts(2); // batch_id, model
    skim.number(); // sequence
    int at = skim.position();
    int bytes = items.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer joined = ByteBuffer.allocate(hollow.length + Integer.BYTES + 1 + bytes);
    joined.put(hollow, 0, at);
    putCount(joined, items.size());
    for (ByteBuffer item : items) {
      joined.put(item.duplicate().position(item.position() + AvroSkim.FRAME_BYTES));
    }
    joined.put(hollow, at, hollow.length - at); // begins with the zero that ends the items
    byte[] whole = new byte[joined.position()];
    joined.flip().get(whole);
    return whole;
  }

  /** The count of a block, as Avro writes numbers: seven bits a byte, the sign last. */
  private static void putCount(ByteBuffer target, int count) {
    long rest = 2L * count;
    while (rest > 0x7F) {
      target.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    target.put((byte) rest);
  }
}
