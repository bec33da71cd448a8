package dev.emend.fault;

/**
 * Codes of faults that end a command or a component. The name is the code that users see and may
 * match on; it is never renamed.
 */
public enum FaultCode {
  /** The command line or a setting is wrong; the caller must change it. */
  USAGE(Kind.USAGE),
  /** A named file or folder does not exist or cannot be read. */
  FILE_NOT_FOUND(Kind.FAILED),
  /** A file cannot be written. */
  FILE_NOT_WRITABLE(Kind.FAILED),
  /** A model folder lacks {@code config.json}, weights or a tokenizer. */
  MODEL_INCOMPLETE(Kind.FAILED),
  /** The architecture named in {@code config.json} is not supported. */
  ARCHITECTURE_UNSUPPORTED(Kind.FAILED),
  /** A safetensors file is truncated or contradicts its header. */
  SAFETENSORS_CORRUPT(Kind.FAILED),
  /** A JSON file or line is not valid, or a field is missing or of the wrong type. */
  JSON_INVALID(Kind.FAILED),
  /** The subject does not occur in the prompt, or the prompt has no placeholder. */
  SUBJECT_NOT_IN_PROMPT(Kind.FAILED),
  /** A subject or object yields no tokens of its own. */
  TEXT_UNTOKENISABLE(Kind.FAILED),
  /** A text has more tokens than the model can read, or none. */
  TEXT_LENGTH(Kind.FAILED),
  /** A fact lacks a field or has an unusable one. */
  FACT_INVALID(Kind.FAILED),
  /** A matrix is not positive definite or a solve is not accurate enough. */
  NUMERICS(Kind.FAILED),
  /** Work would take more memory than was allowed; it was not begun. */
  MEMORY_EXCEEDED(Kind.FAILED),
  /** The start-up test of the linear algebra library failed. */
  BLAS_BROKEN(Kind.FAILED),
  /** The schema registry does not answer; the call may be tried again. */
  REGISTRY_UNAVAILABLE(Kind.RETRIABLE),
  /** The schema registry refused a schema or does not know an id. */
  REGISTRY_REFUSED(Kind.FAILED),
  /** Bytes on the wire are not a record that we can read. */
  WIRE_FORMAT(Kind.FAILED),
  /** The broker does not answer; the call may be tried again. */
  BROKER_UNAVAILABLE(Kind.RETRIABLE),
  /** The broker refused a request. */
  BROKER_REFUSED(Kind.FAILED),
  /** The blob store does not answer, or is full; the call may be tried again. */
  BLOBS_UNAVAILABLE(Kind.RETRIABLE),

  /** A delta does not follow the version at hand: a gap or a fork in the chain. */
  VERSION_CHAIN(Kind.FAILED),
  /** A delta, weight or snapshot does not have the digest that it states. */
  DIGEST_MISMATCH(Kind.FAILED),
  /** A delta payload is malformed. */
  DELTA_CORRUPT(Kind.FAILED),
  /** A version, a position or a folder of weights is not signed, and signatures are required. */
  SIGNATURE_MISSING(Kind.FAILED),

  /** A signature is not the named key's over what was read. */
  SIGNATURE_WRONG(Kind.FAILED),

  /** A signature names a key that the trust file does not have. */
  SIGNER_UNKNOWN(Kind.FAILED),

  /** A key signed what it is not believed for: another use, model, version or time. */
  SIGNER_NOT_VALID(Kind.FAILED),

  /** A key statistics file is malformed or belongs to another model. */
  STATISTICS_INVALID(Kind.FAILED),
  /** A server or a URL that is to be told of versions refuses, or does not answer for too long. */
  DELIVERY_FAILED(Kind.FAILED),
  /** Something did not happen within the time allowed. */
  TIMEOUT(Kind.RETRIABLE),
  /** A part of the local stack did not start. */
  STACK_START(Kind.FAILED),
  /** A fault of our own: please report it. */
  INTERNAL(Kind.FAILED);

  /** What a caller can do about it. */
  public enum Kind {
    /** Wrong usage: exit code 2. */
    USAGE,
    /** The work cannot be done: exit code 1. */
    FAILED,
    /** May succeed when tried again: exit code 1. */
    RETRIABLE
  }

  private final Kind kind;

  FaultCode(Kind kind) {
    this.kind = kind;
  }

  /** What a caller can do about a fault with this code. */
  public Kind kind() {
    return kind;
  }
}
