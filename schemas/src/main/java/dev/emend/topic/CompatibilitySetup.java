package dev.emend.topic;

import dev.emend.wire.Compatibility;
import dev.emend.wire.SchemaRegistryClient;
import org.apache.avro.Schema;

/**
 * Prepares the registry at start: the values of every topic are registered and may only change so
 * that new readers still read old records (BACKWARD). Other subjects of a shared registry are left
 * alone. Thread-safe.
 */
public final class CompatibilitySetup {
  private final SchemaRegistryClient registry;

  /** Prepares this registry. */
  public CompatibilitySetup(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  /**
   * Registers all value schemas of the set; may run any number of times.
   *
   * @throws dev.emend.fault.Fault if the registry does not answer, or refuses a schema as
   *     incompatible with the registered one
   */
  public void apply(Topics topics) {
    for (Topic topic : Topic.values()) {
      topic.valueSchema().ifPresent(schema -> apply(topics.subject(topic), schema));
    }
  }

  private void apply(String subject, Schema schema) {
    // A level can only be set on a subject that exists (Apicurio), but must be set before a second
    // version is let in.
    if (registry.latest(subject).isPresent()) {
      registry.setCompatibility(subject, Compatibility.BACKWARD);
      registry.register(subject, schema);
    } else {
      registry.register(subject, schema);
      registry.setCompatibility(subject, Compatibility.BACKWARD);
    }
  }
}
