package dev.emend.delta;

import dev.emend.event.TensorDelta;
import java.nio.ByteBuffer;

/**
 * Serves payloads that lie in a blob store from there, and all others from elsewhere. Thread-safe
 * if both sources are.
 */
public final class StoredPayloads implements PayloadSource {
  private final BlobStore store;
  private final PayloadSource others;

  /** Reads from the store what a record says is there. */
  public StoredPayloads(BlobStore store, PayloadSource others) {
    this.store = store;
    this.others = others;
  }

  @Override
  public ByteBuffer payload(TensorDelta tensor) {
    String blob = tensor.getBlob();
    return blob == null ? others.payload(tensor) : store.get(blob, tensor.getLength());
  }
}
