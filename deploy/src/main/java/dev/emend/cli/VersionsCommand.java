package dev.emend.cli;

import dev.emend.event.ModelHead;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.VersionLog;
import dev.emend.table.VersionTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code emend versions}. */
@Command(
    name = "versions",
    sortOptions = false,
    description = "Lists the versions of a model and where its aliases point.")
final class VersionsCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private TrustOption trust;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    VersionLog log = new VersionLog(broker.connection(), broker.topics(), trust.trust());
    List<LoggedVersion> versions = log.versions(model.name());
    VersionTable.of(versions).lines().forEach(terminal::say);
    VersionTable.scores(versions).forEach(terminal::say);
    Map<String, Object> heads = new TreeMap<>();
    for (Map.Entry<String, ModelHead> head : log.heads(model.name()).entrySet()) {
      heads.put(head.getKey(), head.getValue().getVersion());
      String held = head.getValue().getHeld();
      terminal.say(
          head.getKey()
              + " -> "
              + head.getValue().getVersion()
              + (held == null ? "" : " (stays: " + held + ")"));
    }
    report.write(
        Map.of("versions", versions.stream().map(VersionTable::entry).toList(), "heads", heads));
    return CommandLine.ExitCode.OK;
  }
}
