package dev.emend.wire;

import org.apache.avro.Schema;

/** The schema that a record is written with, and its id on the wire. */
record WriterSchema(int id, Schema schema) {}
