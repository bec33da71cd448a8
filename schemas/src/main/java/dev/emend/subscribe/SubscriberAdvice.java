package dev.emend.subscribe;

import dev.emend.fault.FaultCode;

/** What a person can do about a delta that was refused. */
final class SubscriberAdvice {
  static final String FORK =
      "start again from the base model or from a snapshot of this chain, in an empty folder";

  private SubscriberAdvice() {}

  static String of(FaultCode code) {
    return switch (code) {
      case VERSION_CHAIN -> FORK;
      case DIGEST_MISMATCH ->
          "compare the base model with the worker's and start again from a fresh copy; if the digest"
              + " is still wrong, the log is damaged";
      default -> "the log is damaged at this place; start from a snapshot of a later version";
    };
  }
}
