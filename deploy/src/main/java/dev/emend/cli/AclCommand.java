package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import dev.emend.topic.AccessRole;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.ProduceRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend acl}. */
@Command(
    name = "acl",
    sortOptions = false,
    description = {
      "What each principal must be allowed on the broker, as commands of Kafka's own tools.",
      "The broker needs an authorizer that denies what is not allowed."
    })
final class AclCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private Terminal terminal;
  @Mixin private BrokerOptions broker;

  @Option(
      names = "--publisher",
      paramLabel = "PRINCIPAL",
      description = "May say facts, for example User:news. May be given several times, as all.")
  private List<String> publishers = new ArrayList<>();

  @Option(names = "--stream", paramLabel = "PRINCIPAL", description = "Runs the stream app.")
  private List<String> streams = new ArrayList<>();

  @Option(names = "--editor", paramLabel = "PRINCIPAL", description = "Runs the editor worker.")
  private List<String> editors = new ArrayList<>();

  @Option(
      names = "--promoter",
      paramLabel = "PRINCIPAL",
      description = "May order rollbacks and moves of the head.")
  private List<String> promoters = new ArrayList<>();

  @Option(names = "--subscriber", paramLabel = "PRINCIPAL", description = "May follow versions.")
  private List<String> subscribers = new ArrayList<>();

  @Option(
      names = "--auditor",
      paramLabel = "PRINCIPAL",
      description = "May look at what happened, and change nothing.")
  private List<String> auditors = new ArrayList<>();

  @Option(
      names = "--keeper",
      paramLabel = "PRINCIPAL",
      description = "May cut the log behind what was promised (emend compact).")
  private List<String> keepers = new ArrayList<>();

  @Option(
      names = "--publisher-rate",
      paramLabel = "SIZE",
      description =
          "Most bytes a second that each --publisher may send to a broker, for example 100KB"
              + " (default: as the broker has it).")
  private Optional<String> publisherRate = Optional.empty();

  @Option(
      names = "--apply",
      description = "Add the entries to the broker, as whoever --config says (default: print).")
  private boolean apply;

  @Override
  public Integer call() {
    List<AclBinding> entries = entries();
    if (entries.isEmpty()) {
      throw new Fault(
          FaultCode.USAGE, "name at least one principal, for example --publisher User:news");
    }
    List<ProduceRate> rates = rates();
    if (apply) {
      try (Admin admin = Admin.create(broker.connection().toClientConfig())) {
        BrokerFaults.await("add ACLs", admin.createAcls(entries).all(), PATIENCE);
        BrokerFaults.await(
            "limit publishers",
            admin.alterClientQuotas(rates.stream().map(ProduceRate::alteration).toList()).all(),
            PATIENCE);
      }
      terminal.say(
          "%d entries and %d limits are on the broker".formatted(entries.size(), rates.size()));
    } else {
      entries.forEach(entry -> terminal.say(line(entry)));
      rates.forEach(rate -> terminal.say(line(rate)));
    }
    return CommandLine.ExitCode.OK;
  }

  private List<AclBinding> entries() {
    List<AclBinding> entries = new ArrayList<>();
    add(entries, AccessRole.PUBLISHER, publishers);
    add(entries, AccessRole.STREAM, streams);
    add(entries, AccessRole.EDITOR, editors);
    add(entries, AccessRole.PROMOTER, promoters);
    add(entries, AccessRole.SUBSCRIBER, subscribers);
    add(entries, AccessRole.AUDITOR, auditors);
    add(entries, AccessRole.KEEPER, keepers);
    return entries;
  }

  private List<ProduceRate> rates() {
    if (publisherRate.isEmpty()) {
      return List.of();
    }
    try {
      ByteSize rate = ByteSize.parse(publisherRate.get());
      return publishers.stream().map(publisher -> ProduceRate.of(publisher, rate)).toList();
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "--publisher-rate: " + e.getMessage(), e);
    }
  }

  private void add(List<AclBinding> entries, AccessRole role, List<String> principals) {
    for (String principal : principals) {
      if (principal.indexOf(':') < 1) {
        throw new Fault(
            FaultCode.USAGE, "a principal is for example User:news, not '" + principal + "'");
      }
      entries.addAll(role.entries(broker.topics(), principal));
    }
  }

  private static String line(ProduceRate rate) {
    return "kafka-configs.sh --bootstrap-server \"$BOOTSTRAP\" --command-config \"$ADMIN\" --alter"
        + " --entity-type users --entity-name '%s' --add-config %s=%d"
            .formatted(rate.user(), ProduceRate.SETTING, rate.bytesPerSecond().bytes());
  }

  private static String line(AclBinding entry) {
    String pattern =
        entry.pattern().patternType() == PatternType.PREFIXED
            ? " --resource-pattern-type prefixed"
            : "";
    return "kafka-acls.sh --bootstrap-server \"$BOOTSTRAP\" --command-config \"$ADMIN\" --add"
        + " --allow-principal '%s' --operation %s --%s '%s'%s"
            .formatted(
                entry.entry().principal(),
                camel(entry.entry().operation().name()),
                kebab(entry.pattern().resourceType().name()),
                entry.pattern().name(),
                pattern);
  }

  /** DESCRIBE_CONFIGS is DescribeConfigs for Kafka's tool. */
  private static String camel(String name) {
    return Stream.of(name.split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** TRANSACTIONAL_ID is the option --transactional-id. */
  private static String kebab(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
