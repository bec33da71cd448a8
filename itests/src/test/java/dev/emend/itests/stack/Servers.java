package dev.emend.itests.stack;

import java.net.URI;

/** A broker and a schema registry that answer. */
public interface Servers extends AutoCloseable {
  /** Host and port for {@code bootstrap.servers}. */
  String bootstrapServers();

  /** The registry's Confluent-compatible API. */
  URI registryUrl();

  /** What they run on, for a person. */
  String provider();

  @Override
  void close();
}
