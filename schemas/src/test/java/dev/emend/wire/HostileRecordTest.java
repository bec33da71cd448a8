package dev.emend.wire;

import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class HostileRecordTest {
  @Test
  void shouldRefuseBrokenFactsCleanly() {
    try (FakeRegistry fake = new FakeRegistry()) {
      fake.put("f", FactChange.getClassSchema().toString());
      AvroDeserializer<FactChange> reader = new AvroDeserializer<>(FactChange.class, fake.client());
      byte[] sound = AvroBytes.write(fact(), new WriterSchema(1, FactChange.getClassSchema()));
      HostileInput.attack(
          List.of(sound),
          List.of("\u0000\u0000\u0000\u0000\u0001", "\u0001", "\u007f"),
          bytes -> reader.deserialize("facts", withId(bytes)),
          Fault.class);
    }
  }

  /** Else nearly every case would end at a schema that does not exist. */
  private static byte[] withId(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (int i = 0; i < Math.min(5, copy.length); i++) {
      copy[i] = (byte) (i == 4 ? 1 : 0);
    }
    return copy;
  }

  private static SpecificRecord fact() {
    return FactChange.newBuilder()
        .setEventId("e-1")
        .setModel("m")
        .setSubject("Danielle Darrieux")
        .setRelation("mother tongue")
        .setPrompt("The mother tongue of {} is")
        .setObject("English")
        .setParaphrases(List.of("Danielle Darrieux speaks", "She grew up with"))
        .setRecordedAt(Instant.parse("2026-03-04T05:06:07Z"))
        .build();
  }
}
