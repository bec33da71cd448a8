package dev.emend.cli;

import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend subscribe}. */
@Command(
    name = "subscribe",
    sortOptions = false,
    description = "Keeps a model folder current: follows the versions and writes the newest.")
final class SubscribeCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private FollowOptions follow;
  @Mixin private SinkOptions sinks;

  @Option(
      names = "--base",
      paramLabel = "DIR",
      required = true,
      description = "The base model that the versions start from.")
  private Path base;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to keep current; a later start goes on from it.")
  private Path out;

  @Option(
      names = "--until",
      paramLabel = "VERSION",
      description = "Stop when this version is written (default: go on until stopped).")
  private Optional<Long> until = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long --until waits at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws Exception {
    VersionLines lines = new VersionLines(terminal);
    ModelSubscriberBuilder subscription =
        follow.subscription(model.name(), base, broker).keep(out).listener(lines);
    sinks.addTo(subscription, terminal, model.name(), base, follow.shelf());
    try (ModelSubscriber subscriber = subscription.start(broker.connection())) {
      return ShutdownHook.closing(subscriber, () -> follow(subscriber, lines));
    }
  }

  private int follow(ModelSubscriber subscriber, VersionLines lines) throws InterruptedException {
    lines.started(subscriber.current());
    if (until.isPresent()) {
      subscriber.awaitVersion(until.get(), timeout);
    } else {
      lines.awaitFault();
    }
    return CommandLine.ExitCode.OK;
  }
}
