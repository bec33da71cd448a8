package dev.emend.wire;

import org.apache.avro.Schema;

/**
 * A schema as the registry holds it.
 *
 * @param subject its subject
 * @param version its number within the subject, from 1
 * @param id its id in the registry, as on the wire
 * @param schema the parsed schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
