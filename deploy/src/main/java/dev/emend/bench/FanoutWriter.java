package dev.emend.bench;

import dev.emend.delta.DeltaChunks;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.delta.PackedDelta;
import dev.emend.delta.StagedVersion;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaChunk;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.Connection;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import dev.emend.wire.AvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes versions of a tiny model as a worker would, without a model to edit: each adds one random
 * rank-one term to a 64 x 64 matrix. Not thread-safe.
 */
public final class FanoutWriter implements AutoCloseable {
  static final String MODEL = "fanout";
  private static final int SIDE = 64;
  private static final TensorInfo WEIGHT =
      TensorInfo.f32("h.0.weight", List.of((long) SIDE, (long) SIDE));

  private final Random random = new Random(1);
  private final KafkaProducer<String, byte[]> producer;
  private final AvroSerializer<SpecificRecord> serializer;
  private final Topics topics;
  private final DeltaPackager packager;
  private ModelState state;

  /** Writes the base model into a folder and makes versions of it on this broker. */
  public FanoutWriter(Connection connection, Path base) {
    this(connection, Topics.standard(), MODEL, base, DeltaPackager.forDefaultBroker());
  }

  /**
   * The same for a model of any name.
   *
   * @param packager where payloads go
   */
  public FanoutWriter(
      Connection connection, Topics topics, String model, Path base, DeltaPackager packager) {
    this.topics = topics;
    this.packager = packager;
    writeBase(base);
    this.state = ModelSnapshot.open(model, base);
    this.serializer = new AvroSerializer<>(connection.registry());
    serializer.configure(connection.settings(), false);
    this.producer =
        new KafkaProducer<>(
            connection.toClientConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  private void writeBase(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(ModelFolder.CONFIG), "{\"model_type\":\"gpt2\"}");
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write a model into " + folder, e);
    }
    Path weights = folder.resolve(ModelFolder.WEIGHTS);
    try (SafetensorsWriter writer = SafetensorsWriter.create(weights, List.of(WEIGHT), Map.of())) {
      writer.write(WEIGHT.name(), FloatBlocks.of(floats(SIDE * SIDE)));
      writer.commit();
    }
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() / SIDE;
    }
    return values;
  }

  /** The newest version. */
  public ModelState state() {
    return state;
  }

  /** Number of the newest version. */
  public long version() {
    return state.version().version();
  }

  /** Sends one more version and returns its number once the broker has it. */
  public long next() {
    try {
      send().get();
      return version();
    } catch (ExecutionException e) {
      throw new Fault(FaultCode.BROKER_REFUSED, "a version was not taken: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.TIMEOUT, "interrupted while sending a version", e);
    }
  }

  /** Sends many. */
  public void advance(int versions) {
    for (int i = 1; i < versions; i++) {
      Future<RecordMetadata> unused = send(); // the last one waits for all before it
    }
    next();
  }

  private Future<RecordMetadata> send() {
    LowRankFactors factors = LowRankFactors.of(1, SIDE, SIDE, floats(SIDE), floats(SIDE));
    TensorEdit edit = new TensorEdit(WEIGHT.name(), WeightLayout.OUT_IN, factors);
    StagedVersion staged = state.stage(DeltaKind.WINDOW, List.of(edit), ExactUpdate.sequential());
    state = staged.result();
    PackedDelta packed = packager.pack(staged);
    for (DeltaChunk chunk : packed.chunks()) {
      Future<RecordMetadata> unused =
          send(topics.deltaChunks(), DeltaChunks.recordKey(chunk), chunk); // before their delta
    }
    ModelDelta delta =
        packed
            .delta()
            .setFactIds(List.of("subject|relation"))
            .setEventIds(List.of("event-" + version()))
            .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            .setCreatedAt(Instant.now())
            .build();
    return send(topics.deltas(), state.model(), delta);
  }

  private Future<RecordMetadata> send(String topic, String key, SpecificRecord value) {
    int partition = ModelPartition.of(state.model(), producer.partitionsFor(topic).size());
    return producer.send(
        new ProducerRecord<>(topic, partition, key, serializer.serialize(topic, value)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
