package dev.emend.delta;

import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;

/**
 * Keeps payloads that are too large for the log, by their SHA-256. Writing the same content twice
 * is harmless, so a payload of a version that was given up costs only its room. Implementations are
 * thread-safe.
 */
public interface BlobStore {
  /**
   * Stores content; when this returns, every reader of the store finds it.
   *
   * @param content the bytes between position and limit, which stay as they are
   * @return the name by which a reader asks for it
   * @throws dev.emend.fault.Fault FILE_NOT_WRITABLE, or BLOBS_UNAVAILABLE if the store does not
   *     answer
   */
  String put(Digest32 sha256, ByteBuffer content);

  /**
   * The content of that name, its digest not yet verified. Memory grows with what is there: the
   * length is what a record states, which proves nothing.
   *
   * @param length the most bytes that are wanted
   * @throws dev.emend.fault.Fault FILE_NOT_FOUND if the store does not have it, DELTA_CORRUPT if
   *     the name cannot be one of this store's or if there is more, BLOBS_UNAVAILABLE if the store
   *     does not answer
   */
  ByteBuffer get(String name, long length);

  /**
   * Deletes the content of that name, which nothing in the log may name any more.
   *
   * @return whether it was there
   * @throws dev.emend.fault.Fault FILE_NOT_WRITABLE if it cannot be deleted, DELTA_CORRUPT if the
   *     name cannot be one of this store's, BLOBS_UNAVAILABLE if the store does not answer
   */
  boolean delete(String name);
}
