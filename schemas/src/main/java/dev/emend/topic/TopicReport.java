package dev.emend.topic;

import java.util.List;

/**
 * What {@link TopicCreator} did and saw.
 *
 * @param created topics that did not exist before
 * @param differences settings of existing topics that are not as wanted
 */
public record TopicReport(List<String> created, List<TopicDifference> differences) {
  /** Copies both lists. */
  public TopicReport {
    created = List.copyOf(created);
    differences = List.copyOf(differences);
  }
}
