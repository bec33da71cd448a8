package dev.emend.sink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.delta.ModelState;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import java.net.URI;
import java.util.Map;

/**
 * Posts to a URL when a version is served: its number, digest and chain hash, what produced it, its
 * facts and events. One call a version, in order, each at least once; a receiver tells a repetition
 * by the chain hash. Not thread-safe; the subscriber calls it from one thread.
 */
public final class WebhookSink implements VersionListener {
  private final URI target;
  private final JsonPost post;

  /**
   * Posts to this URL.
   *
   * @param headers for example an Authorization
   */
  public WebhookSink(URI target, Patience patience, Map<String, String> headers) {
    this.target = target;
    this.post = new JsonPost(patience, headers);
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", newest.model())
            .put("version", version.number())
            .put("digest", version.version().digest().hex())
            .put("chain_hash", version.version().chainHash().hex())
            .put("kind", version.kind().name())
            .put("created_at", version.createdAt().toString());
    version.facts().forEach(content.withArray("facts")::add);
    version.events().forEach(content.withArray("events")::add);
    post.post(target, content, 0);
  }
}
