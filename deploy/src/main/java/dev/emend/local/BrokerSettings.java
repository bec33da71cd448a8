package dev.emend.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings of a broker that is also its own controller and the only node of its cluster. */
final class BrokerSettings {
  static final String NODE_ID = "1";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String CLIENT_LISTENER = "PLAINTEXT";
  private static final String SECURED_PORT = "secured.port";

  private BrokerSettings() {}

  static Properties of(Path dataFolder, int port, int controllerPort) {
    Properties settings = new Properties();
    addNode(settings, dataFolder);
    addListeners(settings, port, controllerPort);
    addSingleReplica(settings);
    addSmallFootprint(settings);
    addQuickRestart(settings);
    return settings;
  }

  /** Adds settings, which replace ours; {@code secured.port} stands for a listener. */
  static void add(Properties settings, Map<String, String> more) {
    more.forEach(settings::setProperty);
    Object port = settings.remove(SECURED_PORT);
    if (port != null) {
      String listener = ",SECURED://127.0.0.1:" + port;
      settings.merge("listeners", listener, (all, one) -> "" + all + one);
      settings.merge("advertised.listeners", listener, (all, one) -> "" + all + one);
      settings.merge(
          "listener.security.protocol.map", ",SECURED:SASL_SSL", (all, one) -> "" + all + one);
    }
  }

  private static void addNode(Properties settings, Path dataFolder) {
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", NODE_ID);
    settings.setProperty("log.dirs", dataFolder.toString());
    // Topics have a purpose and settings of their own; a misspelt name must not become one.
    settings.setProperty("auto.create.topics.enable", "false");
  }

  private static void addListeners(Properties settings, int port, int controllerPort) {
    String client = CLIENT_LISTENER + "://127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    settings.setProperty("listeners", client + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.setProperty("advertised.listeners", client);
    settings.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    settings.setProperty("inter.broker.listener.name", CLIENT_LISTENER);
    settings.setProperty(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
  }

  private static void addSingleReplica(Properties settings) {
    settings.setProperty("default.replication.factor", "1");
    settings.setProperty("min.insync.replicas", "1");
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
  }

  private static void addSmallFootprint(Properties settings) {
    settings.setProperty("offsets.topic.num.partitions", "3");
    settings.setProperty("transaction.state.log.num.partitions", "3");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "3");
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "2");
    settings.setProperty("background.threads", "2");
    settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
  }

  /**
   * After a kill the broker waits until its own old session ends; clients may ask for short ones.
   */
  private static void addQuickRestart(Properties settings) {
    settings.setProperty("broker.session.timeout.ms", "4000");
    settings.setProperty("broker.heartbeat.interval.ms", "500");
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("group.min.session.timeout.ms", "1000");
  }
}
