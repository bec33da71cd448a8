package dev.emend.topic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who does what on the broker, and the least that each must be allowed: with these entries and an
 * authorizer that denies everything else, a publisher cannot write versions and a subscriber cannot
 * write at all.
 */
public enum AccessRole {
  /** Says facts, and reads what becomes of them. */
  PUBLISHER(Set.of(Topic.OUTCOMES), Set.of(Topic.FACTS)),
  /** The stream app: judges facts and closes windows. */
  STREAM(
      Set.of(Topic.FACTS, Topic.FEEDBACK, Topic.OUTCOMES),
      Set.of(Topic.BATCHES, Topic.OUTCOMES, Topic.DEAD_LETTERS)),
  /** The editor worker: makes versions. */
  EDITOR(
      Set.of(
          Topic.BATCHES,
          Topic.ORDERS,
          Topic.DELTAS,
          Topic.DELTA_CHUNKS,
          Topic.HEADS,
          Topic.LEDGER,
          Topic.LEDGER_HISTORY),
      Set.of(
          Topic.DELTAS,
          Topic.DELTA_CHUNKS,
          Topic.HEADS,
          Topic.LEDGER,
          Topic.LEDGER_HISTORY,
          Topic.OUTCOMES,
          Topic.FEEDBACK,
          Topic.AUDIT,
          Topic.DEAD_LETTERS)),
  /** Orders rollbacks and moves of the head, and hears what became of them. */
  PROMOTER(Set.of(Topic.FEEDBACK), Set.of(Topic.ORDERS)),
  /** Looks at what happened, and changes nothing. */
  AUDITOR(
      Set.of(
          Topic.AUDIT,
          Topic.ORDERS,
          Topic.DELTAS,
          Topic.DELTA_CHUNKS,
          Topic.HEADS,
          Topic.LEDGER,
          Topic.LEDGER_HISTORY,
          Topic.OUTCOMES,
          Topic.DEAD_LETTERS),
      Set.of()),
  /** Cuts the log at its front, behind what was promised ({@code emend compact}). */
  KEEPER(
      Set.of(Topic.DELTAS, Topic.DELTA_CHUNKS, Topic.HEADS, Topic.LEDGER, Topic.LEDGER_HISTORY),
      Set.of(Topic.HEADS),
      Set.of(Topic.DELTAS, Topic.DELTA_CHUNKS, Topic.LEDGER_HISTORY)),
  /** Follows versions. */
  SUBSCRIBER(Set.of(Topic.DELTAS, Topic.DELTA_CHUNKS, Topic.HEADS), Set.of());

  private static final String STREAM_APPLICATION = "emend-stream";
  private static final String WORKER = "emend-worker-";

  // Enum sets of our own constants never change; no annotation says so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Topic> reads;

  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final Set<Topic> writes;

  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final Set<Topic> cuts;

  AccessRole(Set<Topic> reads, Set<Topic> writes) {
    this(reads, writes, Set.of());
  }

  AccessRole(Set<Topic> reads, Set<Topic> writes, Set<Topic> cuts) {
    this.reads = reads;
    this.writes = writes;
    this.cuts = cuts;
  }

  /**
   * What the principal must be allowed to play this role.
   *
   * @param principal as the authorizer names it, for example {@code User:alice}
   */
  public List<AclBinding> entries(Topics topics, String principal) {
    Entries entries = new Entries(principal);
    for (Topic topic : Topic.values()) {
      Set<AclOperation> allowed = operations(topic);
      if (!allowed.isEmpty()) {
        entries.allow(ResourceType.TOPIC, topics.name(topic), PatternType.LITERAL, allowed);
      }
    }
    if (this == STREAM) {
      addApplication(entries, topics.prefix() + STREAM_APPLICATION);
    } else if (this == EDITOR) {
      addMember(entries, topics.prefix() + WORKER);
    }
    return List.copyOf(entries.bindings);
  }

  private Set<AclOperation> operations(Topic topic) {
    Set<AclOperation> allowed = EnumSet.noneOf(AclOperation.class);
    if (reads.contains(topic)) {
      allowed.add(AclOperation.READ);
    }
    if (writes.contains(topic)) {
      allowed.add(AclOperation.WRITE);
    }
    if (cuts.contains(topic)) {
      allowed.add(AclOperation.DELETE);
    }
    if (!allowed.isEmpty()) {
      allowed.add(AclOperation.DESCRIBE);
    }
    return allowed;
  }

  /** A member of a group that commits with transactions. */
  private static void addMember(Entries entries, String prefix) {
    entries.allow(
        ResourceType.GROUP,
        prefix,
        PatternType.PREFIXED,
        Set.of(AclOperation.READ, AclOperation.DESCRIBE));
    entries.allow(
        ResourceType.TRANSACTIONAL_ID,
        prefix,
        PatternType.PREFIXED,
        Set.of(AclOperation.WRITE, AclOperation.DESCRIBE));
  }

  /** Kafka Streams makes topics of its own, which begin with the application's name. */
  private static void addApplication(Entries entries, String application) {
    addMember(entries, application);
    entries.allow(
        ResourceType.TOPIC,
        application + "-",
        PatternType.PREFIXED,
        EnumSet.of(
            AclOperation.CREATE,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.READ,
            AclOperation.WRITE,
            AclOperation.DELETE,
            AclOperation.ALTER_CONFIGS));
  }

  private static final class Entries {
    private final List<AclBinding> bindings = new ArrayList<>();
    private final String principal;

    Entries(String principal) {
      this.principal = principal;
    }

    void allow(ResourceType type, String name, PatternType pattern, Set<AclOperation> operations) {
      ResourcePattern resource = new ResourcePattern(type, name, pattern);
      EnumSet.copyOf(operations)
          .forEach(
              operation ->
                  bindings.add(
                      new AclBinding(
                          resource,
                          new AccessControlEntry(
                              principal, "*", operation, AclPermissionType.ALLOW))));
    }
  }
}
