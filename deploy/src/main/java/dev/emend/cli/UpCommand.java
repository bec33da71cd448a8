package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.local.LocalStack;
import dev.emend.local.LocalStackOptions;
import dev.emend.local.Parts;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.stream.StreamSetting;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.WireConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend up}. */
@Command(
    name = "up",
    sortOptions = false,
    description =
        "Starts broker, schema registry, stream app and worker, and keeps them up until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelNameOption name;
  @Mixin private ScheduleOptions schedule;
  @Mixin private WorkerOptions worker;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The base model (default: the one that comes with Emend).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keeps topics, schemas and logs (default: a folder that is deleted at the end).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--admission",
      paramLabel = "FILE",
      description =
          "JSON file: which relations and sources are allowed, and how many facts a minute"
              + " (default: anybody may say anything).")
  private Optional<Path> admission = Optional.empty();

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker (default: a free one).")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the schema registry (default: a free one).")
  private int registryPort;

  @Option(
      names = "--stream-metrics-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Prometheus port of the stream app (default: a free one).")
  private int streamMetricsPort;

  @Option(
      names = "--worker-metrics-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Prometheus port of the worker (default: a free one).")
  private int workerMetricsPort;

  @Override
  public Integer call() throws Exception {
    LocalStackOptions options = stackOptions();
    Path base = model.orElseGet(ShippedModel::folder);
    try (Parts parts = new Parts()) {
      return ShutdownHook.closing(parts, () -> stay(parts, options, base));
    }
  }

  private LocalStackOptions stackOptions() {
    try {
      return new LocalStackOptions(folder, brokerPort, registryPort);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "" + e.getMessage(), e);
    }
  }

  private int stay(Parts parts, LocalStackOptions options, Path base) throws InterruptedException {
    LocalStack stack = parts.add(LocalStack.start(options));
    EmendService service = parts.add(EmendService.start(service(stack, base), terminal.progress()));
    tell(stack, service, clientSettings(stack));
    new CountDownLatch(1).await(); // until the process is asked to end
    return CommandLine.ExitCode.OK;
  }

  private ServiceOptions service(LocalStack stack, Path base) {
    return new ServiceOptions(
        Connection.to(stack.bootstrapServers(), stack.registryUrl().toString()),
        Topics.standard(),
        name.name(),
        base,
        stack.folder().resolve("state"),
        streamMetricsPort,
        workerMetricsPort,
        streamSettings(),
        worker.settings());
  }

  private Map<String, String> streamSettings() {
    Map<String, String> settings = new HashMap<>(schedule.settings());
    admission.ifPresent(
        file -> settings.put(StreamSetting.ADMISSION.key(), file.toAbsolutePath().toString()));
    return settings;
  }

  /** Writes what the other commands take as {@code --config}. */
  private static Path clientSettings(LocalStack stack) {
    Path file = stack.folder().resolve("client.properties");
    List<String> lines =
        List.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG + "=" + stack.bootstrapServers(),
            WireConfig.REGISTRY_URL + "=" + stack.registryUrl());
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, file + " cannot be written", e);
    }
  }

  private void tell(LocalStack stack, EmendService service, Path settings) {
    terminal.say("model            " + name.name());
    terminal.say("broker           " + stack.bootstrapServers());
    terminal.say("schema registry  " + stack.registryUrl());
    terminal.say("stream metrics   " + service.stream().metrics());
    terminal.say("worker metrics   " + service.workerMetrics());
    terminal.say("data and logs    " + stack.folder());
    terminal.say("for clients      --config " + settings);
    terminal.say("Ctrl-C ends it.");
  }
}
