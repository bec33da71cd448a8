package dev.emend.worker;

import dev.emend.delta.ModelState;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Becomes the model's writer and rebuilds its newest version: first the fence, then the log, so
 * that nobody can write behind what was read. Confined to the editing thread.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Supplier<ModelState> base;
  private final Supplier<Producer<String, byte[]>> producers;
  private final RecordCodec codec;
  private final ModelLog log;
  private final WindowEditor editor;

  /**
   * A recovery.
   *
   * @param base opens the base model; called each time, so it should remember
   */
  Recovery(
      Supplier<ModelState> base,
      Supplier<Producer<String, byte[]>> producers,
      RecordCodec codec,
      ModelLog log,
      WindowEditor editor) {
    this.base = base;
    this.producers = producers;
    this.codec = codec;
    this.log = log;
    this.editor = editor;
  }

  /** Runs it. */
  Session run() {
    ModelState start = base.get();
    Publisher publisher = Publisher.open(producers, codec, start.model());
    boolean ready = false;
    try {
      Standing standing = log.replay(start);
      LOG.info(
          "rebuilt {} from {}: {} versions of the log followed",
          standing.state(),
          start.version().version() == 0 ? "the base model" : start,
          standing.state().version().version() - start.version().version());
      editor.restore(standing.state(), standing.ledger());
      ready = true;
      return new Session(publisher, standing);
    } finally {
      if (!ready) {
        publisher.close();
      }
    }
  }
}
