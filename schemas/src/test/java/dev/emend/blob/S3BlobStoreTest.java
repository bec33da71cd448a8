package dev.emend.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.BlobStore;
import dev.emend.delta.FolderBlobStore;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class S3BlobStoreTest {
  private final S3Contract s3 = new S3Contract();
  private final BlobStore store =
      store(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")));
  private final ByteBuffer content = content(100_000);
  private final Digest32 sha256 = Digest32.sha256(content);

  private BlobStore store(AwsCredentialsProvider credentials) {
    return new S3BlobStore(
        S3Stores.client()
            .credentialsProvider(credentials)
            .region(Region.EU_CENTRAL_1)
            .endpointOverride(s3.address())
            .forcePathStyle(true)
            .build(),
        "models",
        "emend/blobs");
  }

  private static ByteBuffer content(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void shouldKeepContentUnderItsDigestAndWriteItOnce() {
    String name = store.put(sha256, content);

    String hex = sha256.hex();
    assertThat(name).isEqualTo(hex.substring(0, 2) + "/" + hex);
    assertThat(s3.objects).containsOnlyKeys("/models/emend/blobs/" + name);
    assertThat(store.get(name, content.remaining())).isEqualTo(content);
    assertThat(content.remaining()).as("what was given stays as it was").isEqualTo(100_000);
    store.put(sha256, content);
    assertThat(s3.calls).filteredOn(call -> call.startsWith("PUT")).hasSize(1);
  }

  @Test
  void shouldRepairAnObjectOfAnotherLength() {
    String name = store.put(sha256, content);
    s3.objects.put("/models/emend/blobs/" + name, new byte[] {1});
    store.put(sha256, content);
    assertThat(store.get(name, content.remaining())).isEqualTo(content);
  }

  @Test
  void shouldDeleteWhatNobodyNamesAnyMore() {
    String name = store.put(sha256, content);

    assertThat(store.delete(name)).isTrue();
    assertThat(s3.objects).isEmpty();
    assertThat(store.delete(name)).as("a second time").isFalse();
    Fault gone = catchThrowableOfType(Fault.class, () -> store.get(name, 1));
    assertThat(gone.code()).isEqualTo(FaultCode.FILE_NOT_FOUND);
    assertThatThrownBy(() -> store.delete("../secret")).hasMessageContaining("no name");
  }

  @Test
  void shouldSayThatItMayNotDelete() {
    String name = store.put(sha256, content);
    BlobStore stranger = store(AnonymousCredentialsProvider.create());
    Fault fault = catchThrowableOfType(Fault.class, () -> stranger.delete(name));
    assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_WRITABLE);
    assertThat(s3.objects).hasSize(1);
  }

  @Test
  void shouldNotReadMoreThanTheRecordStates() {
    String name = store.put(sha256, content);
    assertThat(store.get(name, Long.MAX_VALUE)).isEqualTo(content);
    Fault fault = catchThrowableOfType(Fault.class, () -> store.get(name, 99_999));
    assertThat(fault.code()).isEqualTo(FaultCode.DELTA_CORRUPT);
  }

  @Test
  void shouldSayWhatIsNotThereAndReadNothingElse() {
    String absent = sha256.hex().substring(0, 2) + "/" + sha256.hex();
    Fault fault = catchThrowableOfType(Fault.class, () -> store.get(absent, 1));
    assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_FOUND);
    assertThat(fault).hasMessageContaining("s3://models/emend/blobs/" + absent);
    s3.calls.clear();
    assertThatThrownBy(() -> store.get("../secret", 1)).hasMessageContaining("no name");
    assertThat(s3.calls).isEmpty();
  }

  @Test
  void shouldTryAgainWhenTheStoreIsBusyAndSayWhenItStaysSo() {
    s3.failures.set(1);
    String name = store.put(sha256, content);
    assertThat(store.get(name, content.remaining())).isEqualTo(content);

    s3.failures.set(100);
    Fault fault = catchThrowableOfType(Fault.class, () -> store.get(name, content.remaining()));
    assertThat(fault.code()).isEqualTo(FaultCode.BLOBS_UNAVAILABLE);
    assertThat(fault.code().kind()).isEqualTo(FaultCode.Kind.RETRIABLE);
  }

  @Test
  void shouldSayWhenTheStoreRefuses() {
    BlobStore stranger = store(AnonymousCredentialsProvider.create());
    Fault fault = catchThrowableOfType(Fault.class, () -> stranger.put(sha256, content));
    assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_WRITABLE);
    assertThat(fault.code().kind()).isEqualTo(FaultCode.Kind.FAILED);
  }

  @Test
  void shouldFindTheStoreThatATextNames(@TempDir Path folder) {
    assertThat(BlobStores.open(folder.toString())).isInstanceOf(FolderBlobStore.class);
    assertThat(
            BlobStores.open(
                "s3://models/emend/blobs/?region=eu-central-1&endpoint=" + s3.address()))
        .hasToString("s3://models/emend/blobs/");
    for (String mistake : new String[] {"s3://", "s3:///x", "s3://models?regoin=x", "s3://a b"}) {
      Fault fault = catchThrowableOfType(Fault.class, () -> BlobStores.open(mistake));
      assertThat(fault).as(mistake).isNotNull();
      assertThat(fault.code()).isEqualTo(FaultCode.USAGE);
    }
  }
}
