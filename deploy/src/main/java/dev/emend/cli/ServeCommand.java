package dev.emend.cli;

import dev.emend.answer.CompletionService;
import dev.emend.answer.ServedModel;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend serve}. */
@Command(
    name = "serve",
    sortOptions = false,
    description = {
      "Answers POST /v1/completions from a model that follows its versions.",
      "A reference to try things with, not a fast server: one question at a time, greedy."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Mixin private Terminal terminal;
  @Mixin private ModelNameOption name;
  @Mixin private ModelOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private FollowOptions follow;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep this folder current, too; a later start goes on from it.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where to listen (default: this machine only). There is no access control.")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "30s",
      description = "Longest wait for a request's min_version (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Override
  public Integer call() throws Exception {
    InetSocketAddress address = address();
    VersionLines lines = new VersionLines(terminal);
    try (ServedModel served = ServedModel.open(name.name(), model.folder(), model.options())) {
      ModelSubscriberBuilder subscription =
          follow.subscription(name.name(), model.folder(), broker).listener(served).listener(lines);
      out.ifPresent(subscription::keep);
      try (ModelSubscriber subscriber = subscription.start(broker.connection());
          CompletionService service =
              CompletionService.start(
                  name.name(), served, patience, address, InstantSource.system())) {
        served.catchUp(subscriber::current);
        return ShutdownHook.closing(service, () -> run(subscriber, service, lines));
      }
    }
  }

  private int run(ModelSubscriber subscriber, CompletionService service, VersionLines lines)
      throws InterruptedException {
    lines.started(subscriber.current());
    terminal.say("answering at " + service.address() + "/v1/completions; Ctrl-C stops");
    lines.awaitFault();
    return CommandLine.ExitCode.OK;
  }

  private InetSocketAddress address() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Fault(FaultCode.USAGE, "--port is 0 to 65535, not " + port);
    }
    return host.map(h -> new InetSocketAddress(h, port))
        .orElseGet(() -> CompletionService.loopback(port));
  }
}
