package dev.emend.cli;

import dev.emend.audit.AuditQuery;
import dev.emend.audit.AuditTrail;
import dev.emend.event.AuditEntry;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.table.AuditTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend audit}. */
@Command(
    name = "audit",
    sortOptions = false,
    description = {
      "Says who caused which version: facts with their sources and events, orders with who gave"
          + " them, moves of aliases.",
      "Reads a topic of its own that nothing cuts or compacts."
    })
final class AuditCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(names = "--from", paramLabel = "VERSION", description = "First version (default: all).")
  private Optional<Long> from = Optional.empty();

  @Option(names = "--to", paramLabel = "VERSION", description = "Last version (default: newest).")
  private Optional<Long> to = Optional.empty();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Only what this source said, or whoever of this name ordered.")
  private Optional<String> source = Optional.empty();

  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    AuditQuery query =
        new AuditQuery(model.name(), from.orElse(0L), to.orElse(Long.MAX_VALUE), source);
    if (query.from() > query.to()) {
      throw new Fault(FaultCode.USAGE, "--from is above --to");
    }
    List<AuditEntry> found = new AuditTrail(broker.connection(), broker.topics()).read(query);
    AuditTable.of(found).lines().forEach(terminal::say);
    terminal.say(found.size() + " entries of " + model.name());
    report.write(
        Map.of("model", model.name(), "entries", found.stream().map(AuditTable::entry).toList()));
    return CommandLine.ExitCode.OK;
  }
}
