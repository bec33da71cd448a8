package dev.emend.service;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.CalibrationFile;
import dev.emend.local.Parts;
import dev.emend.progress.Progress;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.stream.StreamSetting;
import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import dev.emend.worker.EditorWorker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A stream app and a worker at work on one model. Thread-safe. */
public final class EmendService implements AutoCloseable {
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private final Parts parts;
  private final StreamApp stream;
  private final EditorWorker worker;

  private EmendService(Parts parts, StreamApp stream, EditorWorker worker) {
    this.parts = parts;
    this.stream = stream;
    this.worker = worker;
  }

  /**
   * Prepares topics and schemas, starts both apps, and returns when facts are read and a version is
   * served.
   *
   * @throws Fault if the model cannot be used, the broker or registry does not answer, or a part
   *     does not come up in time
   */
  public static EmendService start(ServiceOptions options, Progress progress) {
    Parts parts = new Parts();
    try {
      prepare(options.connection(), options.topics());
      StreamApp stream = parts.add(StreamApp.start(streamConfig(options)));
      EditorWorker worker = parts.add(WorkerStart.worker(options, progress));
      worker.start();
      worker.awaitLive(START_PATIENCE);
      if (!stream.awaitRunning(START_PATIENCE)) {
        throw new Fault(
            FaultCode.STACK_START, "the stream app is not running yet: " + stream.health().state());
      }
      return new EmendService(parts, stream, worker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      parts.closeBecauseOf(e);
      throw new Fault(FaultCode.STACK_START, "interrupted while the stream app started", e);
    } catch (RuntimeException e) {
      parts.closeBecauseOf(e);
      throw e;
    }
  }

  private static void prepare(Connection connection, Topics topics) {
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      new TopicCreator(admin, BROKER_PATIENCE).ensure(topics);
    }
    new CompatibilitySetup(connection.registry()).apply(topics);
  }

  private static StreamAppConfig streamConfig(ServiceOptions options) {
    Connection settings =
        options
            .connection()
            .with(StreamSetting.TOPIC_PREFIX.key(), options.topics().prefix())
            .with(StreamSetting.STATE_DIR.key(), options.streamState().toString())
            .with(StreamSetting.METRICS_PORT.key(), Integer.toString(options.streamMetricsPort()));
    Path beside = options.folder().resolve(CalibrationFile.NAME);
    if (Files.isRegularFile(beside)) {
      settings = settings.with(StreamSetting.CALIBRATION.key(), beside.toString());
    }
    for (Map.Entry<String, String> setting : options.streamSettings().entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    return StreamAppConfig.from(settings);
  }

  /** The stream app. */
  public StreamApp stream() {
    return stream;
  }

  /** The worker. */
  public EditorWorker worker() {
    return worker;
  }

  /** Where Prometheus finds the worker's meters. */
  public URI workerMetrics() {
    return URI.create("http://127.0.0.1:" + worker.metricsPort() + "/metrics");
  }

  /** Stops the worker, then the stream app. Harmless twice. */
  @Override
  public void close() {
    parts.close();
  }
}
