package dev.emend.order;

import dev.emend.event.EditFeedback;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an order.
 *
 * @param version version that it published; empty if it published none
 * @param refusal why it was not carried out; empty if it was
 */
public record OrderResult(OptionalLong version, Optional<String> refusal) {
  static OrderResult of(EditFeedback feedback) {
    Long version = feedback.getVersion();
    return new OrderResult(
        version == null ? OptionalLong.empty() : OptionalLong.of(version),
        Optional.ofNullable(feedback.getRefusal()));
  }
}
