package dev.emend.worker;

import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Signs versions and positions on their way out, and refuses those of strangers on their way in,
 * wherever they come from or go to. Thread-safe.
 */
final class GuardedCodec implements RecordCodec {
  private final RecordCodec codec;
  private final Optional<SigningKey> key;
  private final Optional<Trust> trust;

  /**
   * Guards a codec.
   *
   * @param key signs; empty for nobody
   * @param trust who is believed; empty for everybody
   */
  GuardedCodec(RecordCodec codec, Optional<SigningKey> key, Optional<Trust> trust) {
    this.codec = codec;
    this.key = key;
    this.trust = trust;
  }

  @Override
  public byte[] encode(String topic, SpecificRecord record) {
    return codec.encode(topic, key.map(k -> signed(k, record)).orElse(record));
  }

  private static SpecificRecord signed(SigningKey key, SpecificRecord record) {
    if (record instanceof ModelDelta delta) {
      return key.sign(delta);
    }
    return record instanceof ModelHead head ? key.sign(head) : record;
  }

  @Override
  public <T extends SpecificRecord> T decode(
      Class<T> type, String topic, Headers headers, byte[] bytes) {
    T record = codec.decode(type, topic, headers, bytes);
    trust.ifPresent(keys -> require(keys, record));
    return record;
  }

  private static void require(Trust trust, SpecificRecord record) {
    if (record instanceof ModelDelta delta) {
      trust.require(delta);
    } else if (record instanceof ModelHead head) {
      trust.require(head);
    }
  }
}
