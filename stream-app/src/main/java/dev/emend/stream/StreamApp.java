package dev.emend.stream;

import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.Statement;
import dev.emend.topic.FactKey;
import dev.emend.wire.SchemaRegistryClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream app as a service: fact changes in, windows for the workers out. Owns everything that
 * it starts; {@link #close} lets it all go. Thread-safe.
 */
public final class StreamApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamApp.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final PrometheusMeterRegistry registry;
  private final MetricsEndpoint endpoint;
  private final RocksMemory memory;
  private final FailurePolicy failures;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics streamsMetrics;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final IntakeGate intake = new IntakeGate();
  private final CountDownLatch running = new CountDownLatch(1);

  private StreamApp(StreamAppConfig config) {
    FactTopology.Partitions partitions = StreamTopics.partitions(config);
    SchemaRegistryClient schemas = StreamTopics.registry(config);
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StreamMeters meters = new StreamMeters(registry);
    failures = new FailurePolicy(InstantSource.system(), meters);
    endpoint = MetricsEndpoint.serve(registry, config.metricsPort());
    memory = new RocksMemory(config.state());
    streams = streams(config, partitions, new StreamSerdes(schemas, config.topics()), meters);
    streamsMetrics = new KafkaStreamsMetrics(streams);
    bindMeters();
  }

  /**
   * Starts the app. It reads as soon as the group has let it in; {@link #awaitRunning} waits for
   * that.
   *
   * @throws dev.emend.fault.Fault if the broker or the registry does not answer, or a topic is
   *     missing
   */
  public static StreamApp start(StreamAppConfig config) {
    StreamApp app = new StreamApp(config);
    try {
      app.streams.start();
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
    LOG.info("Stream app {} started, metrics at {}", config.applicationId(), app.metrics());
    return app;
  }

  private KafkaStreams streams(
      StreamAppConfig config,
      FactTopology.Partitions partitions,
      StreamSerdes serdes,
      StreamMeters meters) {
    Properties properties = StreamProperties.of(config);
    properties.put(RocksMemory.SETTING, memory);
    properties.put(SkipUnreadable.METERS, meters);
    Topology topology =
        new FactTopology(config, partitions, serdes, meters, draining::get, intake)
            .build(new TopologyConfig(new StreamsConfig(properties)));
    KafkaStreams made = new KafkaStreams(topology, properties, new GatedClients(intake));
    made.setUncaughtExceptionHandler(failures);
    made.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
          }
        });
    return made;
  }

  private void bindMeters() {
    streamsMetrics.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    gauge(StreamMeter.UP, app -> app.health().up() ? 1 : 0);
    gauge(StreamMeter.STATE_DISK, app -> app.stateSize().diskBytes());
    gauge(StreamMeter.STATE_MEMORY, app -> app.stateSize().memoryBytes());
    gauge(StreamMeter.STATE_KEYS, app -> app.stateSize().keys());
    gauge(StreamMeter.INTAKE_SHUT, app -> app.intake.shut());
    Gauge.builder(
            StreamMeter.RESIDENT.meterName(), ResidentMemory.ofThisProcess(), ResidentMemory::bytes)
        .description(StreamMeter.RESIDENT.meaning())
        .baseUnit(StreamMeter.RESIDENT.unit())
        .strongReference(true)
        .register(registry);
  }

  private void gauge(StreamMeter meter, ToDoubleFunction<StreamApp> value) {
    Gauge.Builder<StreamApp> gauge =
        Gauge.builder(meter.meterName(), this, value).description(meter.meaning());
    if (!meter.unit().isEmpty()) {
      gauge.baseUnit(meter.unit());
    }
    gauge.register(registry);
  }

  /** Waits until records are read; false if that takes longer than the timeout. */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends everything that waits to the workers now, and what comes from now on at each tick. */
  public void drain() {
    draining.set(true);
  }

  /** How the app is. */
  public StreamHealth health() {
    KafkaStreams.State state = streams.state();
    String detail = failures.last().map(failure -> "last failure: " + failure).orElse("");
    return new StreamHealth(state.isRunningOrRebalancing(), state.name(), detail);
  }

  /** How much this instance remembers. */
  public StateSize stateSize() {
    return StateSize.of(streams.metrics(), memory);
  }

  /**
   * What is known of a fact, as far as this instance holds it: its statements by begin, recording
   * and event id; empty if nothing was said or another instance holds it.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while the app is starting or
   *     moving its tasks; try again
   */
  public List<Statement> history(FactKey fact) {
    ReadOnlyKeyValueStore<String, FactHistory> store =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                StreamNames.FACT_HISTORY, QueryableStoreTypes.keyValueStore()));
    return History.of(store.get(fact.text())).statements();
  }

  /** Where Prometheus finds the meters. */
  public URI metrics() {
    return endpoint.address();
  }

  /** Stops within half a minute; what was not committed is done again at the next start. */
  @Override
  public void close() {
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.warn("Stream threads did not stop within {}", CLOSE_TIMEOUT);
    }
    endpoint.close();
    streamsMetrics.close();
    registry.close();
    memory.close();
  }
}
