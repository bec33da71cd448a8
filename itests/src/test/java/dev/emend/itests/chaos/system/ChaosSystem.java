package dev.emend.itests.chaos.system;

import static org.awaitility.Awaitility.await;

import dev.emend.itests.chaos.role.RoleSettings;
import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import dev.emend.wire.Compatibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Emend, each part a process of its own under a supervisor. Thread-safe. */
public final class ChaosSystem implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChaosSystem.class);
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration TEND = Duration.ofMillis(20);

  private final SystemPlan plan;
  private final Connection connection;
  private final int brokerPort;
  private final int registryPort;
  private final List<Slot> slots = new ArrayList<>();
  private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();

  private ChaosSystem(SystemPlan plan) throws IOException {
    this.plan = plan;
    this.brokerPort = freePort();
    this.registryPort = freePort();
    this.connection =
        Connection.to(
            "127.0.0.1:" + brokerPort, "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7");
  }

  /** Starts everything and returns when each kind of part works. */
  public static ChaosSystem start(SystemPlan plan) throws IOException {
    ChaosSystem system = new ChaosSystem(plan);
    try {
      system.launch();
      return system;
    } catch (RuntimeException | IOException e) {
      system.close();
      throw e;
    }
  }

  private void launch() throws IOException {
    Path logs = Files.createDirectories(plan.logs());
    Path schemas = Files.createDirectories(plan.folder().resolve("registry"));
    Slot registry =
        new Slot(
            RoleKind.REGISTRY,
            "registry",
            () -> new RegistryMember(schemas, logs.resolve("registry.log"), registryPort));
    Slot broker = jvm(RoleKind.BROKER, "broker", plan.broker(brokerPort));
    begin(registry);
    begin(broker);
    var unused =
        supervisor.scheduleWithFixedDelay(
            this::tend, TEND.toMillis(), TEND.toMillis(), TimeUnit.MILLISECONDS);
    awaitReady(List.of(registry, broker));
    prepare();
    List<Slot> first = new ArrayList<>();
    first.add(begin(jvm(RoleKind.STREAM, "stream", plan.stream())));
    first.add(begin(jvm(RoleKind.WORKER, "worker-1", plan.worker("worker-1"))));
    first.add(begin(jvm(RoleKind.SUBSCRIBER, "subscriber", plan.subscriber("subscriber"))));
    awaitReady(first);
    for (int i = 2; i <= plan.workers(); i++) {
      begin(jvm(RoleKind.WORKER, "worker-" + i, plan.worker("worker-" + i)));
    }
  }

  private Slot begin(Slot slot) {
    slot.start();
    synchronized (slots) {
      slots.add(slot);
    }
    return slot;
  }

  private Slot jvm(RoleKind kind, String name, Map<String, String> harness) throws IOException {
    Map<String, String> client = new HashMap<>(connection.settings());
    if (kind == RoleKind.STREAM) {
      client.putAll(plan.streamSettings());
    }
    Path settings = plan.folder().resolve(name + ".properties");
    new RoleSettings(client, harness).write(settings);
    Path log = plan.logs().resolve(name + ".log");
    return new Slot(kind, name, () -> new JvmMember(kind, settings, log, plan.disk()));
  }

  private void prepare() {
    Topics topics = Topics.standard();
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      new TopicCreator(admin, ANSWER).ensure(topics);
    }
    connection.registry().setCompatibility(Compatibility.BACKWARD);
    new CompatibilitySetup(connection.registry()).apply(topics);
  }

  private void tend() {
    long now = System.nanoTime();
    for (Slot slot : slots()) {
      try {
        slot.tend(now);
      } catch (RuntimeException e) { // an executor forgets what throws
        log.error("cannot tend {}", slot.name(), e);
      }
    }
  }

  private static void awaitReady(Collection<Slot> wanted) {
    if (!ready(() -> wanted, START)) {
      throw new IllegalStateException(
          "not ready: " + wanted.stream().filter(s -> !s.ready()).map(Slot::name).toList());
    }
  }

  /** Waits until every slot is ready; false if that takes longer. */
  public boolean awaitReady(Duration patience) {
    return ready(this::slots, patience);
  }

  private static boolean ready(Supplier<Collection<Slot>> wanted, Duration patience) {
    try {
      await("ready")
          .atMost(patience)
          .pollInterval(TEND)
          .until(() -> wanted.get().stream().allMatch(Slot::ready));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  /**
   * Kills the process of a kind that is at work, or else a standby; false if none is ready.
   *
   * @param held how long nobody starts another one
   */
  public boolean kill(RoleKind kind, Duration held) {
    Optional<Slot> victim =
        atWork(kind).or(() -> slots(kind).stream().filter(Slot::ready).findFirst());
    victim.ifPresent(slot -> slot.kill(held));
    return victim.isPresent();
  }

  /** Stops the clock of a process that is at work for a while; false if none is. */
  public boolean pause(RoleKind kind, Duration time) {
    Optional<Slot> victim = atWork(kind);
    if (victim.isPresent()) {
      Slot slot = victim.get();
      try {
        slot.pause();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      var unused = supervisor.schedule(() -> resume(slot), time.toMillis(), TimeUnit.MILLISECONDS);
    }
    return victim.isPresent();
  }

  private static void resume(Slot slot) {
    try {
      slot.resume();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Slot> atWork(RoleKind kind) {
    return slots(kind).stream()
        .filter(Slot::ready)
        .filter(slot -> kind != RoleKind.WORKER || !slot.ask("place", ANSWER).orElse("").isEmpty())
        .findFirst();
  }

  /** How clients reach it. */
  public Connection connection() {
    return connection;
  }

  /** All slots. */
  public List<Slot> slots() {
    synchronized (slots) {
      return List.copyOf(slots);
    }
  }

  /** The slots of a kind. */
  public List<Slot> slots(RoleKind kind) {
    return slots().stream().filter(slot -> slot.kind() == kind).toList();
  }

  /** Ends everything at once: what was to be read from it has been read. */
  @Override
  public void close() {
    supervisor.shutdownNow();
    slots().forEach(Slot::stop);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
