package dev.emend.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model in Hugging Face layout: {@code config.json} and either {@code model.safetensors} or the
 * shards that {@code model.safetensors.index.json} names. Tensor names are reported as stored.
 * Immutable and thread-safe; nothing has to be closed (see {@link SafetensorsFile}).
 */
public final class ModelFolder {
  /** Name of the configuration. */
  public static final String CONFIG = "config.json";

  /** Name of the weights when they are one file. */
  public static final String WEIGHTS = "model.safetensors";

  /** Name of the list of shards. */
  public static final String INDEX = "model.safetensors.index.json";

  private final Path path;
  private final ObjectNode config;
  private final SortedMap<String, SafetensorsFile> files;

  private ModelFolder(Path path, ObjectNode config, SortedMap<String, SafetensorsFile> files) {
    this.path = path;
    this.config = config;
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /**
   * Opens a folder and checks the headers of its weights.
   *
   * @throws Fault FILE_NOT_FOUND, MODEL_INCOMPLETE, JSON_INVALID or SAFETENSORS_CORRUPT
   */
  public static ModelFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "model folder " + path + " does not exist");
    }
    ObjectNode config = JsonFile.readObject(required(path, CONFIG));
    return new ModelFolder(path, config, weights(path));
  }

  private static SortedMap<String, SafetensorsFile> weights(Path path) {
    if (!Files.isRegularFile(path.resolve(WEIGHTS)) && Files.isRegularFile(path.resolve(INDEX))) {
      return shards(path);
    }
    SafetensorsFile file = SafetensorsFile.open(required(path, WEIGHTS));
    SortedMap<String, SafetensorsFile> files = new TreeMap<>();
    file.names().forEach(name -> files.put(name, file));
    return files;
  }

  private static SortedMap<String, SafetensorsFile> shards(Path path) {
    Path index = path.resolve(INDEX);
    Map<String, SafetensorsFile> opened = new HashMap<>();
    SortedMap<String, SafetensorsFile> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e :
        JsonFile.readObject(index).path("weight_map").properties()) {
      String shard = e.getValue().asText();
      if (!shard.equals(Path.of(shard).getFileName().toString())) {
        throw new Fault(FaultCode.JSON_INVALID, index + ": '" + shard + "' is no file name");
      }
      SafetensorsFile file =
          opened.computeIfAbsent(shard, s -> SafetensorsFile.open(required(path, s)));
      if (file.find(e.getKey()).isEmpty()) {
        throw new Fault(
            FaultCode.MODEL_INCOMPLETE, file.path() + " lacks the tensor " + e.getKey());
      }
      files.put(e.getKey(), file);
    }
    return files;
  }

  private static Path required(Path folder, String name) {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    String also = name.equals(WEIGHTS) ? " and no " + INDEX : "";
    throw new Fault(
        FaultCode.MODEL_INCOMPLETE,
        "model folder " + folder + " has no " + name + also + " (a Hugging Face folder is wanted)");
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** A copy of {@code config.json}. */
  public ObjectNode config() {
    return config.deepCopy();
  }

  /** The text pairs in the headers of the weights; of a key in several shards, any one. */
  public Map<String, String> metadata() {
    Map<String, String> all = new HashMap<>();
    Set.copyOf(files.values()).forEach(file -> all.putAll(file.metadata()));
    return Map.copyOf(all);
  }

  /** The names of all tensors, as stored. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
  }

  /** The file that holds a tensor. */
  public SafetensorsFile file(String name) {
    return Optional.ofNullable(files.get(name))
        .orElseThrow(
            () ->
                new Fault(
                    FaultCode.MODEL_INCOMPLETE,
                    "the weights in " + path + " have no tensor " + name));
  }

  /** What is known about a tensor, if there is one of that name. */
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(files.get(name)).map(file -> file.info(name));
  }

  /** Type and shape of a tensor. */
  public TensorInfo info(String name) {
    return file(name).info(name);
  }

  /** The values of a tensor, block by block. */
  public FloatBlocks blocks(String name) {
    return file(name).blocks(name);
  }

  /** The values of a tensor as 32-bit floats. */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /** Appends the values of a tensor at the buffer's position and advances it. */
  public void read(String name, FloatBuffer target) {
    file(name).read(name, target);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
