package dev.emend.sink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Has a model server load adapters while it runs, as vLLM does ({@code POST /v1/load_lora_adapter}
 * and {@code /v1/unload_lora_adapter}; it must be allowed with {@code
 * VLLM_ALLOW_RUNTIME_LORA_UPDATING}). The server must see the adapters' folder under the same path.
 *
 * <p>A server keeps keys and values of prompts that it has read, and they belong to the weights
 * that read them. With a name for each version ({@link #named}) the server keeps them apart by
 * itself: the new adapter is loaded, then the one before is unloaded, and callers ask for the
 * newest name. With one name for all ({@link #inPlace}) the server's prefix cache must be emptied
 * after each load, which is what {@code flush} is for. Not thread-safe.
 */
public final class AdapterEndpoint implements AdapterUse {
  private static final int NOT_FOUND = 404;

  private final URI server;
  private final String name;
  private final boolean inPlace;
  private final Optional<URI> flush;
  private final JsonPost post;
  private Optional<String> loaded = Optional.empty();

  private AdapterEndpoint(
      URI server, String name, boolean inPlace, Optional<URI> flush, JsonPost post) {
    this.server = server;
    this.name = name;
    this.inPlace = inPlace;
    this.flush = flush;
    this.post = post;
  }

  /**
   * Loads each version under a name of its own, {@code NAME-v12}.
   *
   * @param headers for example an Authorization
   */
  public static AdapterEndpoint named(
      URI server, String name, Patience patience, Map<String, String> headers) {
    JsonPost post = new JsonPost(patience, headers);
    return new AdapterEndpoint(server, name, false, Optional.empty(), post);
  }

  /**
   * Loads each version in the place of the one before.
   *
   * @param flush posted to after each load, for vLLM {@code /reset_prefix_cache}
   */
  public static AdapterEndpoint inPlace(
      URI server, String name, URI flush, Patience patience, Map<String, String> headers) {
    return new AdapterEndpoint(
        server, name, true, Optional.of(flush), new JsonPost(patience, headers));
  }

  @Override
  public void use(LoraAdapter adapter, Path folder) {
    String next = inPlace ? name : name + "-v" + adapter.version().version();
    load(next, folder);
    flush.ifPresent(target -> post.post(target, JsonNodeFactory.instance.objectNode(), 0));
    loaded.filter(before -> !before.equals(next)).ifPresent(this::unload);
    loaded = Optional.of(next);
  }

  private void load(String adapter, Path folder) {
    if (!inPlace) {
      // A name that is left from before a restart would be refused, and may hold another chain.
      unload(adapter);
    }
    ObjectNode request = request(adapter).put("lora_path", folder.toString());
    if (inPlace) {
      request.put("load_inplace", true);
    }
    post.post(server.resolve("/v1/load_lora_adapter"), request, 0);
  }

  /** One that is not there needs no unloading. */
  private void unload(String adapter) {
    post.post(server.resolve("/v1/unload_lora_adapter"), request(adapter), NOT_FOUND);
  }

  private static ObjectNode request(String adapter) {
    return JsonNodeFactory.instance.objectNode().put("lora_name", adapter);
  }
}
