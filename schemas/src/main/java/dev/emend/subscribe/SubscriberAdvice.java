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
      case SIGNATURE_MISSING ->
          "have the worker sign (signing.key.file), or state in the trust file up to which version"
              + " there was no key ('unsigned')";
      case SIGNER_UNKNOWN ->
          "if it is the worker's new key, get its public key from whoever runs the worker and add it"
              + " to the trust file; if not, find out who can write to the topics";
      case SIGNER_NOT_VALID ->
          "ask whoever keeps the keys: the worker signs with a key that was retired or meant for"
              + " something else";
      case SIGNATURE_WRONG ->
          "it was changed after it was signed, or made by somebody else: find out who can write to"
              + " the topics";
      default -> "the log is damaged at this place; start from a snapshot of a later version";
    };
  }
}
