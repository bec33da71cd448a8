package dev.emend.local;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker with its own controller (KRaft) inside this JVM, on a durable folder. {@link
 * LocalStack} is the usual way to have one; alone it serves who wants it in a process of its own.
 */
public final class Broker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final int port;

  private Broker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns once it serves.
   *
   * @param dataFolder formatted on first use
   * @param wantedPort the port to listen on, or 0 for a free one
   * @throws Fault STACK_START if it does not start
   */
  public static Broker start(Path dataFolder, int wantedPort) {
    return start(dataFolder, wantedPort, Map.of(), List.of());
  }

  /**
   * Starts a broker with more settings.
   *
   * @param more for example an authorizer; {@code secured.port} adds a listener with TLS and SASL
   * @param scram users of a folder that is formatted, as Kafka's storage tool takes them
   */
  static Broker start(
      Path dataFolder, int wantedPort, Map<String, String> more, List<String> scram) {
    try {
      formatIfNew(dataFolder, scram);
      int port = wantedPort == 0 ? FreePorts.otherThan(0) : wantedPort;
      int controllerPort = FreePorts.otherThan(port);
      Properties settings = BrokerSettings.of(dataFolder, port, controllerPort);
      BrokerSettings.add(settings, more);
      KafkaConfig config = KafkaConfig.fromProps(settings, false);
      return new Broker(started(new KafkaRaftServer(config, Time.SYSTEM)), port);
    } catch (IOException | RuntimeException e) {
      throw new Fault(
          FaultCode.STACK_START, "the broker did not start in " + dataFolder + ": " + e, e);
    }
  }

  private static KafkaRaftServer started(KafkaRaftServer server) {
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  private static void formatIfNew(Path dataFolder, List<String> scram) throws IOException {
    if (Files.exists(dataFolder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(dataFolder);
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(Integer.parseInt(BrokerSettings.NODE_ID))
            .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setDirectories(List.of(dataFolder.toString()))
            .setMetadataLogDirectory(dataFolder.toString())
            .setIgnoreFormatted(true)
            .setScramArguments(scram);
    format(formatter);
  }

  private static void format(Formatter formatter) throws IOException {
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format the broker's folder", e);
    }
  }

  /** Host and port for {@code bootstrap.servers}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
