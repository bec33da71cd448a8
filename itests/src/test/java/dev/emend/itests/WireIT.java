package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.Neighbour;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.topic.Topic;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import dev.emend.wire.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class WireIT {
  private final FreshTopics fresh = FreshTopics.create();

  @Test
  void shouldReadBackWhatItWroteWithTheIdThatTheRegistryGave() {
    Neighbour neighbour = new Neighbour("Paris is the capital of", "France");
    String topic = fresh.topics().prefix() + "neighbours";
    try (AvroSerializer<Neighbour> serializer =
            new AvroSerializer<>(fresh.connection().registry());
        AvroDeserializer<Neighbour> deserializer =
            new AvroDeserializer<>(Neighbour.class, fresh.connection().registry())) {
      byte[] bytes = Objects.requireNonNull(serializer.serialize(topic, neighbour));

      assertThat(bytes[0]).isZero();
      assertThat(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt())
          .isEqualTo(
              fresh.connection().registry().lookUp(topic + "-value", Neighbour.getClassSchema()));
      assertThat(deserializer.deserialize(topic, bytes)).isEqualTo(neighbour);
    }
  }

  @Test
  void shouldHaveARegistryThatRefusesAnIncompatibleChangeOfARecord() {
    SchemaRegistryClient registry = fresh.connection().registry();
    String subject = fresh.topics().subject(Topic.FACTS);
    Schema incompatible =
        SchemaBuilder.record("FactChange")
            .namespace("dev.emend.event")
            .fields()
            .requiredInt("event_id")
            .endRecord();

    assertThatThrownBy(() -> registry.register(subject, incompatible))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_REFUSED));
  }
}
