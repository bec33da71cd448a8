package dev.emend.blob;

import dev.emend.delta.BlobName;
import dev.emend.delta.BlobStore;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A blob store in a bucket of S3, or of what speaks its protocol. The object of a payload is {@code
 * PREFIX/ab/abcd...}, named by its SHA-256; S3 shows an object whole or not at all. Credentials and
 * region come from where Amazon's SDK looks for them. Thread-safe.
 */
public final class S3BlobStore implements BlobStore {
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /**
   * Stores in a bucket that exists.
   *
   * @param client is used, never closed
   * @param prefix what stands before the names, without a slash at its end; may be empty
   */
  public S3BlobStore(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
  }

  @Override
  public String put(Digest32 sha256, ByteBuffer content) {
    String name = BlobName.of(sha256);
    try {
      if (lengthOf(name) != content.remaining()) {
        client.putObject(
            request -> request.bucket(bucket).key(prefix + name),
            RequestBody.fromByteBuffer(content));
      }
      return name;
    } catch (SdkException e) {
      throw fault("store", name, e, FaultCode.FILE_NOT_WRITABLE);
    }
  }

  /** Length of the object; -1 if there is none. */
  private long lengthOf(String name) {
    try {
      return client
          .headObject(request -> request.bucket(bucket).key(prefix + name))
          .contentLength();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return -1;
      }
      throw e;
    }
  }

  @Override
  public ByteBuffer get(String name, long length) {
    BlobName.require(name);
    try (ResponseInputStream<GetObjectResponse> object =
        client.getObject(request -> request.bucket(bucket).key(prefix + name))) {
      ByteBuffer content = BlobName.read(object, name, length);
      object.abort(); // what is left of a longer object is not fetched only to close the stream
      return content;
    } catch (NoSuchKeyException e) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND, "the payload " + describe(name) + " is not there", e);
    } catch (SdkException | IOException e) {
      throw fault("fetch", name, e, FaultCode.FILE_NOT_FOUND);
    }
  }

  @Override
  public boolean delete(String name) {
    BlobName.require(name);
    try {
      if (lengthOf(name) < 0) {
        return false; // S3 answers a deletion of nothing as one of something
      }
      client.deleteObject(request -> request.bucket(bucket).key(prefix + name));
      return true;
    } catch (SdkException e) {
      throw fault("delete", name, e, FaultCode.FILE_NOT_WRITABLE);
    }
  }

  /** A store that is away or overloaded may answer later; one that refuses will not. */
  private Fault fault(String what, String name, Exception e, FaultCode otherwise) {
    boolean refused = e instanceof S3Exception answer && answer.statusCode() < SERVER_ERROR;
    return new Fault(
        refused ? otherwise : FaultCode.BLOBS_UNAVAILABLE,
        "cannot %s the payload %s: %s".formatted(what, describe(name), e.getMessage()),
        e);
  }

  private String describe(String name) {
    return "s3://" + bucket + "/" + prefix + name;
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
