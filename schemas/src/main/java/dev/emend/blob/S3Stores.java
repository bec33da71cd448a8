package dev.emend.blob;

import dev.emend.delta.BlobStore;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens stores in S3. Apart, so that Amazon's classes are loaded only where they are wanted. */
final class S3Stores {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration READ = Duration.ofSeconds(60);

  private S3Stores() {}

  /** Bodies go out whole, so that their signature covers them and not chunk after chunk. */
  static S3ClientBuilder client() {
    return S3Client.builder()
        .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ));
  }

  static BlobStore open(String bucket, String prefix, Map<String, String> options) {
    try {
      S3ClientBuilder client = client();
      Optional.ofNullable(options.get("region")).map(Region::of).ifPresent(client::region);
      Optional.ofNullable(options.get("endpoint"))
          .map(URI::create)
          .ifPresent(endpoint -> client.endpointOverride(endpoint).forcePathStyle(true));
      return new S3BlobStore(client.build(), bucket, prefix);
    } catch (SdkException | IllegalArgumentException e) {
      throw new Fault(
          FaultCode.USAGE, "the bucket " + bucket + " cannot be used: " + e.getMessage(), e);
    }
  }
}
