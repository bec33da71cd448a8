package dev.emend.itests.chaos.check;

import dev.emend.delta.ChunkAssembler;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.event.DeltaChunk;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.itests.stack.Records;
import dev.emend.publish.FactRules;
import dev.emend.size.ByteSize;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads all topics as far as they are committed, and rebuilds models from them. */
public final class LogReader {
  private static final ByteSize CHUNKS = ByteSize.parse("256MB");

  private final Connection connection;
  private final Topics topics = Topics.standard();

  /** A reader of the standard topics. */
  public LogReader(Connection connection) {
    this.connection = connection;
  }

  /** Everything as it is now. */
  public RunLog read(List<String> said, List<String> models, List<RunLog.Copy> copies) {
    Map<String, List<ModelDelta>> deltas = new HashMap<>();
    models.forEach(model -> deltas.put(model, new ArrayList<>()));
    deltas().forEach(r -> deltas.computeIfAbsent(r.key(), k -> new ArrayList<>()).add(r.value()));
    return new RunLog(
        said,
        facts(),
        Records.of(connection, topics.outcomes(), FactOutcome.class).stream()
            .map(ConsumerRecord::value)
            .toList(),
        deltas,
        latest(topics.ledger(), LedgerEntry.class),
        latest(topics.heads(), ModelHead.class),
        Records.bytesOf(connection, topics.deadLetters()).size(),
        copies,
        Instant.now());
  }

  /** The versions of all models. */
  public List<ConsumerRecord<String, ModelDelta>> deltas() {
    return Records.of(connection, topics.deltas(), ModelDelta.class);
  }

  private List<RunLog.Published> facts() {
    List<RunLog.Published> facts = new ArrayList<>();
    try (AvroDeserializer<FactChange> codec =
        new AvroDeserializer<>(FactChange.class, connection.registry())) {
      for (ConsumerRecord<String, byte[]> r : Records.bytesOf(connection, topics.facts())) {
        facts.add(published(r, codec));
      }
    }
    return facts;
  }

  private RunLog.Published published(
      ConsumerRecord<String, byte[]> r, AvroDeserializer<FactChange> codec) {
    try {
      FactChange change = codec.deserialize(r.topic(), r.headers(), r.value());
      if (change != null) {
        boolean sound =
            FactRules.standard().check(change, Instant.now()).isEmpty()
                && FactRules.checkKey(r.key(), change).isEmpty();
        return new RunLog.Published(change.getEventId(), Optional.of(change), sound);
      }
    } catch (Fault e) {
      // Unreadable: that is what the record is for.
    }
    Header id = r.headers().lastHeader("ce_id");
    String text = id == null ? "" : new String(id.value(), StandardCharsets.UTF_8);
    return new RunLog.Published(text, Optional.empty(), false);
  }

  private <T extends SpecificRecord> Map<String, T> latest(String topic, Class<T> type) {
    Map<String, T> latest = new HashMap<>();
    for (ConsumerRecord<String, T> r : Records.of(connection, topic, type)) {
      if (r.value() == null) {
        latest.remove(r.key());
      } else {
        latest.put(r.key(), r.value());
      }
    }
    return latest;
  }

  /**
   * A model as its versions alone make it.
   *
   * @throws Fault where the log contradicts itself
   */
  public ModelState replay(ModelState base) {
    ChunkAssembler chunks = new ChunkAssembler(CHUNKS);
    Records.of(connection, topics.deltaChunks(), DeltaChunk.class)
        .forEach(r -> chunks.add(r.value()));
    ModelState state = base;
    for (ConsumerRecord<String, ModelDelta> r : deltas()) {
      if (base.model().equals(r.key())) {
        state = state.follow(r.value(), chunks, ExactUpdate.sequential()).result();
      }
    }
    return state;
  }
}
