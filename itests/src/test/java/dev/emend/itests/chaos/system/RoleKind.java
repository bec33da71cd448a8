package dev.emend.itests.chaos.system;

import java.util.Locale;

/** The kinds of processes. */
public enum RoleKind {
  /** The Kafka broker. */
  BROKER("BrokerRole", 320),
  /** The schema registry. */
  REGISTRY("", 0),
  /** The stream app. */
  STREAM("StreamRole", 192),
  /** A worker. */
  WORKER("WorkerRole", 192),
  /** A subscriber. */
  SUBSCRIBER("SubscriberRole", 96);

  private final String mainClass;
  private final int heapMegabytes;

  RoleKind(String mainClass, int heapMegabytes) {
    this.mainClass = mainClass;
    this.heapMegabytes = heapMegabytes;
  }

  /** Main class, in the package of the roles. */
  String mainClass() {
    return "dev.emend.itests.chaos.role." + mainClass;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Its name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
