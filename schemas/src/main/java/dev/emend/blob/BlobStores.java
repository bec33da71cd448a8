package dev.emend.blob;

import dev.emend.delta.BlobStore;
import dev.emend.delta.FolderBlobStore;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blob stores by the text that settings and options name them with. */
public final class BlobStores {
  private static final String S3 = "s3://";
  private static final Set<String> S3_OPTIONS = Set.of("region", "endpoint");

  private BlobStores() {}

  /**
   * The store at a place: a folder, or {@code s3://bucket/prefix?region=R&endpoint=URL}, where
   * region and endpoint may be missing; an endpoint is one of a server other than Amazon's.
   *
   * @throws Fault USAGE if the place cannot be meant, or Amazon's SDK is not on the class path
   */
  public static BlobStore open(String place) {
    if (!place.startsWith(S3)) {
      return new FolderBlobStore(Path.of(place));
    }
    try {
      URI uri = new URI(place);
      String bucket = uri.getAuthority();
      if (bucket == null || uri.getFragment() != null) {
        throw usage(place, "a bucket is missing");
      }
      String path = uri.getPath();
      return S3Stores.open(bucket, path.replaceAll("^/+|/+$", ""), options(place, uri.getQuery()));
    } catch (URISyntaxException e) {
      throw usage(place, e.getReason());
    } catch (NoClassDefFoundError e) {
      throw new Fault(
          FaultCode.USAGE,
          "S3 needs software.amazon.awssdk:s3 and :url-connection-client on the class path",
          e);
    }
  }

  private static Map<String, String> options(String place, @Nullable String query) {
    Map<String, String> options = new HashMap<>();
    for (String option : query == null ? new String[0] : query.split("&")) {
      int at = option.indexOf('=');
      if (at < 0 || !S3_OPTIONS.contains(option.substring(0, at))) {
        throw usage(place, "'" + option + "' is not one of the options " + S3_OPTIONS);
      }
      options.put(option.substring(0, at), option.substring(at + 1));
    }
    return options;
  }

  private static Fault usage(String place, String reason) {
    return new Fault(
        FaultCode.USAGE,
        "the blob store '%s' cannot be used: %s; name a folder or s3://bucket/prefix"
            .formatted(place, reason));
  }
}
