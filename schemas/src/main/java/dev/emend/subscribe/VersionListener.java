package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;

/**
 * Is told of versions, one call after another in their order, on a thread that does nothing else. A
 * slow listener delays other listeners but neither reading nor swapping.
 */
@FunctionalInterface
public interface VersionListener {
  /**
   * A version is being served. An exception ends the subscription with a fault, because a listener
   * that missed a version would no longer be current without anybody noticing.
   *
   * @param version the version
   * @param newest what is served at the moment of the call: this version or a later one
   */
  void onVersion(ServedVersion version, ModelState newest);

  /** The subscription ended; the last good version stays served. */
  default void onFault(Fault fault) {}
}
