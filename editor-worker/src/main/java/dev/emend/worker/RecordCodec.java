package dev.emend.worker;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/** Records to bytes and back. Implementations are thread-safe. */
interface RecordCodec {
  /**
   * The bytes of a record.
   *
   * @throws dev.emend.fault.Fault retriable if the registry does not answer
   */
  byte[] encode(String topic, SpecificRecord record);

  /**
   * The record that bytes hold.
   *
   * @throws dev.emend.fault.Fault retriable if the registry does not answer; else the bytes are no
   *     such record and never will be
   */
  <T extends SpecificRecord> T decode(Class<T> type, String topic, Headers headers, byte[] bytes);
}
