package dev.emend.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition that a record with key {@code model} has in a topic, as Kafka's default partitioner
 * chooses it. Chunks have other keys but go to the same partition.
 */
public final class ModelPartition {
  private ModelPartition() {}

  /** The partition, from 0 to {@code partitions - 1}. */
  public static int of(String model, int partitions) {
    return Utils.toPositive(Utils.murmur2(model.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
