package dev.emend.service;

import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a service works on.
 *
 * @param connection broker and registry
 * @param topics names of the topics, created where they are missing
 * @param model name of the model in the stream
 * @param folder the base model
 * @param state folder for local state; may be lost, but then costs a rebuild
 * @param streamMetricsPort Prometheus port of the stream app, loopback; 0 for a free one
 * @param workerMetricsPort Prometheus port of the worker, loopback; 0 for a free one
 * @param streamSettings settings of the stream app beside these
 * @param workerSettings settings of the worker beside these, by the names of {@code WorkerConfig}:
 *     also how its model is run
 */
public record ServiceOptions(
    Connection connection,
    Topics topics,
    String model,
    Path folder,
    Path state,
    int streamMetricsPort,
    int workerMetricsPort,
    Map<String, String> streamSettings,
    Map<String, String> workerSettings) {
  /** Refuses null; copies the settings. */
  public ServiceOptions {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(state, "state");
    streamSettings = Map.copyOf(streamSettings);
    workerSettings = Map.copyOf(workerSettings);
  }

  /** A model, a stream app and a worker as they are by default. */
  public ServiceOptions(
      Connection connection,
      Topics topics,
      String model,
      Path folder,
      Path state,
      int streamMetricsPort,
      int workerMetricsPort) {
    this(
        connection,
        topics,
        model,
        folder,
        state,
        streamMetricsPort,
        workerMetricsPort,
        Map.of(),
        Map.of());
  }

  /** Where the stream app has its stores. */
  Path streamState() {
    return state.resolve("streams");
  }

  /** Where the worker keeps what it starts faster with. */
  Path workerState() {
    return state.resolve("worker").resolve(model);
  }
}
