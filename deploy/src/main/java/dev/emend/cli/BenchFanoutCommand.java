package dev.emend.cli;

import dev.emend.bench.FanoutBench;
import dev.emend.bench.FanoutRate;
import dev.emend.bench.FanoutWriter;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.local.LocalStack;
import dev.emend.local.LocalStackOptions;
import dev.emend.table.TextTable;
import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench fanout}. */
@Command(
    name = "fanout",
    sortOptions = false,
    description = "What many subscribers of one machine cost: bytes, catching up, latency.")
final class BenchFanoutCommand implements Callable<Integer> {
  private static final int CELL = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--subscribers",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,10,100",
      description = "How many follow at once (default: ${DEFAULT-VALUE}).")
  private List<Integer> subscribers;

  @Option(
      names = "--behind",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Versions that they are behind at the start (default: ${DEFAULT-VALUE}).")
  private int behind;

  @Option(
      names = "--live",
      paramLabel = "N",
      defaultValue = "50",
      description = "Versions sent once all have caught up (default: ${DEFAULT-VALUE}).")
  private int live;

  @Override
  public Integer call() throws Exception {
    report.check();
    if (behind < 1 || live < 1 || subscribers.stream().anyMatch(n -> n < 1)) {
      throw new Fault(FaultCode.USAGE, "--subscribers, --behind and --live must be at least 1");
    }
    List<FanoutRate> rates = new ArrayList<>();
    try (LocalStack stack = LocalStack.start(LocalStackOptions.temporary())) {
      Connection connection =
          Connection.to(stack.bootstrapServers(), stack.registryUrl().toString());
      prepare(connection);
      Path base = stack.folder().resolve("fanout-model");
      try (FanoutWriter writer = new FanoutWriter(connection, base)) {
        writer.advance(behind);
        FanoutBench bench = new FanoutBench(connection, base, writer);
        for (int count : subscribers) {
          rates.add(bench.measure(count, live, terminal.progress()));
        }
      }
    }
    show(rates);
    report.write(Map.of("fanout", rates, "live_versions", live));
    return CommandLine.ExitCode.OK;
  }

  private static void prepare(Connection connection) {
    Topics topics = Topics.standard();
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      new TopicCreator(admin, PATIENCE).ensure(topics);
    }
    new CompatibilitySetup(connection.registry()).apply(topics);
  }

  private void show(List<FanoutRate> rates) {
    TextTable table =
        TextTable.withCellsUpTo(
            CELL, "subscribers", "behind", "MB fetched", "caught up s", "p50 ms", "p99 ms");
    for (FanoutRate rate : rates) {
      table.row(
          rate.subscribers(),
          rate.behind(),
          text("%.1f", rate.wireBytes() / 1e6),
          text("%.1f", rate.catchUpSeconds()),
          text("%.0f", 1e3 * rate.p50Seconds()),
          text("%.0f", 1e3 * rate.p99Seconds()));
    }
    table.lines().forEach(terminal::say);
  }

  private static String text(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
