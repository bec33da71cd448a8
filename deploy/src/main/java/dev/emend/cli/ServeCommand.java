package dev.emend.cli;

import dev.emend.answer.CompletionService;
import dev.emend.answer.HttpGuard;
import dev.emend.answer.ServedModel;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
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
      description = "Where to listen; elsewhere than here needs --token-file (default: here only).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The bearer token that requests must carry (default: none is asked for).")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests a second that are taken (default: ${DEFAULT-VALUE}).")
  private int rate;

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
    HttpGuard guard = guard(address);
    VersionLines lines = new VersionLines(terminal);
    try (ServedModel served = ServedModel.open(name.name(), model.folder(), model.options())) {
      ModelSubscriberBuilder subscription =
          follow.subscription(name.name(), model.folder(), broker).listener(served).listener(lines);
      out.ifPresent(subscription::keep);
      try (ModelSubscriber subscriber = subscription.start(broker.connection());
          CompletionService service =
              CompletionService.start(
                  name.name(), served, patience, address, guard, InstantSource.system())) {
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

  /**
   * Whoever can reach another interface than the loopback one is not known to be on this machine.
   */
  private HttpGuard guard(InetSocketAddress address) {
    if (rate < 1) {
      throw new Fault(FaultCode.USAGE, "--rate is at least 1, not " + rate);
    }
    boolean isHere = address.getAddress() != null && address.getAddress().isLoopbackAddress();
    if (!isHere && tokenFile.isEmpty()) {
      throw new Fault(
          FaultCode.USAGE, "listening at " + address.getHostString() + " needs --token-file");
    }
    return new HttpGuard(tokenFile.map(ServeCommand::token), rate, InstantSource.system());
  }

  private static String token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new Fault(FaultCode.USAGE, file + " holds no token");
      }
      return token;
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read the token in " + file, e);
    }
  }

  private InetSocketAddress address() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Fault(FaultCode.USAGE, "--port is 0 to 65535, not " + port);
    }
    return host.map(h -> new InetSocketAddress(h, port))
        .orElseGet(() -> CompletionService.loopback(port));
  }
}
