package dev.emend.audit;

import dev.emend.event.AuditEntry;
import dev.emend.subscribe.LogReader;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the audit trail. An entry was committed together with what it tells about, so that there is
 * neither a version without an entry nor an entry without its version. Thread-safe.
 */
public final class AuditTrail {
  private final LogReader log;
  private final String topic;

  /** Reads this set of topics. */
  public AuditTrail(Connection connection, Topics topics) {
    this.log = new LogReader(connection);
    this.topic = topics.audit();
  }

  /**
   * What is asked for, in the order in which it happened.
   *
   * @throws dev.emend.fault.Fault if broker or registry do not answer
   */
  public List<AuditEntry> read(AuditQuery query) {
    List<AuditEntry> found = new ArrayList<>();
    log.audit(topic, entry -> query.part(entry).ifPresent(found::add));
    return List.copyOf(found);
  }
}
