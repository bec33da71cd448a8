package dev.emend.admission;

import dev.emend.event.FactChange;
import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may say what. A source is what a record says of itself: the broker does not tell a reader who
 * wrote, so a publisher that the broker lets in can borrow a name, but only one of those listed
 * here. Immutable.
 *
 * @param relations the only relations that anybody may speak of; empty for any
 * @param sources what each of them may say
 * @param others what all sources together may say that are not listed; empty if nothing
 */
public record Admission(
    Optional<Set<String>> relations, Map<String, SourceRule> sources, Optional<SourceRule> others) {
  /** Anybody may say anything. */
  public static final Admission ANYBODY =
      new Admission(Optional.empty(), Map.of(), Optional.of(SourceRule.ANYTHING));

  /** Copies. */
  public Admission {
    relations = relations.map(Set::copyOf);
    sources = Map.copyOf(sources);
  }

  /** Why the change may not be said by its source; empty if it may. */
  public Optional<Rejection> check(FactChange change) {
    String source = change.getSource();
    Optional<SourceRule> rule = rule(source);
    if (rule.isEmpty()) {
      return Optional.of(
          new Rejection(
              RejectReason.SOURCE_NOT_ALLOWED,
              "source '" + source + "' is not among those that may say facts"));
    }
    String relation = change.getRelation();
    if (isMissing(relations, relation)) {
      return Optional.of(
          new Rejection(
              RejectReason.RELATION_NOT_ALLOWED,
              "relation '" + relation + "' is not among those that may be spoken of"));
    }
    return isMissing(rule.get().relations(), relation)
        ? Optional.of(
            new Rejection(
                RejectReason.RELATION_NOT_ALLOWED,
                "source '" + source + "' may not speak of relation '" + relation + "'"))
        : Optional.empty();
  }

  /** Whether anybody's facts are counted. */
  public boolean hasQuotas() {
    return others.map(Admission::isLimited).orElse(false)
        || sources.values().stream().anyMatch(Admission::isLimited);
  }

  /** What is counted for the source; empty if nothing is. */
  public Optional<Quota> quota(String source) {
    String account = sources.containsKey(source) ? "source " + source : "others";
    return rule(source)
        .filter(Admission::isLimited)
        .map(rule -> new Quota(account, rule.factsPerMinute().getAsInt()));
  }

  /**
   * A number of facts a minute.
   *
   * @param account what it is counted under; those that are not listed share one, or a publisher
   *     could have a new quota with each name that it thinks of
   * @param factsPerMinute at least 1
   */
  public record Quota(String account, int factsPerMinute) {}

  private Optional<SourceRule> rule(String source) {
    SourceRule own = sources.get(source);
    return own == null ? others : Optional.of(own);
  }

  private static boolean isLimited(SourceRule rule) {
    return rule.factsPerMinute().isPresent();
  }

  private static boolean isMissing(Optional<Set<String>> allowed, String relation) {
    return allowed.isPresent() && !allowed.get().contains(relation);
  }
}
