package dev.emend.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a model folder whose weights are those of another one but for some replaced tensors: all
 * float tensors in one type, fp32 unless said, in one {@code model.safetensors}, configuration and
 * tokenizer files copied, the configuration's dtype set to that type.
 *
 * <p>A new folder appears whole, by the rename of a temporary one beside it. In a folder that holds
 * a model already each file is replaced by an atomic rename, the weights last, so a reader sees the
 * old or the new weights, never a mixture. Stateless and thread-safe, but two writers must not
 * write the same folder at once.
 */
public final class ModelFolderWriter {
  private static final List<String> COPIED_ENDINGS = List.of(".json", ".txt", ".model", ".jinja");
  private static final List<String> DTYPE_KEYS = List.of("torch_dtype", "dtype");
  private static final Map<Dtype, String> TYPE_NAMES =
      Map.of(Dtype.F32, "float32", Dtype.F16, "float16", Dtype.BF16, "bfloat16");

  private final ModelFolder source;
  private final Dtype dtype;
  private final Rounding rounding;

  private ModelFolderWriter(ModelFolder source, Dtype dtype, Rounding rounding) {
    this.source = source;
    this.dtype = dtype;
    this.rounding = rounding;
  }

  /** Writes variants of {@code source} in fp32. */
  public ModelFolderWriter(ModelFolder source) {
    this(source, Dtype.F32, Rounding.NEAREST);
  }

  /**
   * The same in another type.
   *
   * @param type F32, F16 or BF16
   * @param replaced how the replaced tensors are rounded; the others are rounded to nearest
   */
  public ModelFolderWriter as(Dtype type, Rounding replaced) {
    return new ModelFolderWriter(source, type, replaced);
  }

  /**
   * Writes a folder.
   *
   * @param target a new or empty folder, or one that holds a model; the source itself may be
   *     replaced, as its old weights stay mapped
   * @param replaced values of the changed tensors by name, shapes as in the source
   * @param metadata text pairs for the weights' header
   * @throws Fault FILE_NOT_WRITABLE, or USAGE if the target is not such a folder
   */
  public void write(Path target, Map<String, FloatBlocks> replaced, Map<String, String> metadata) {
    replaced.keySet().forEach(source::info);
    try {
      if (isNew(target)) {
        writeNew(target, replaced, metadata);
      } else {
        requireReplaceable(target);
        fill(target, replaced, metadata);
      }
    } catch (IOException e) {
      throw new Fault(
          FaultCode.FILE_NOT_WRITABLE, target + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static boolean isNew(Path target) throws IOException {
    if (!Files.exists(target)) {
      return true;
    }
    if (!Files.isDirectory(target)) {
      throw new Fault(FaultCode.USAGE, target + " is a file; name a folder to write to");
    }
    try (Stream<Path> content = Files.list(target)) {
      return content.findAny().isEmpty();
    }
  }

  private static void requireReplaceable(Path target) {
    if (!Files.isRegularFile(target.resolve(ModelFolder.CONFIG))) {
      throw new Fault(
          FaultCode.USAGE, target + " holds something other than a model; name an empty folder");
    }
  }

  private void writeNew(
      Path target, Map<String, FloatBlocks> replaced, Map<String, String> metadata)
      throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Files.createDirectories(absolute.resolveSibling("."));
    Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".tmp");
    deleteFlat(temporary);
    Files.createDirectories(temporary);
    try {
      fill(temporary, replaced, metadata);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteFlat(temporary);
    }
  }

  private void fill(Path folder, Map<String, FloatBlocks> replaced, Map<String, String> metadata)
      throws IOException {
    try (Stream<Path> files = Files.list(source.path())) {
      for (Path file : files.filter(ModelFolderWriter::isCopied).toList()) {
        replaceFile(folder, file);
      }
    }
    writeConfig(folder);
    writeWeights(folder.resolve(ModelFolder.WEIGHTS), replaced, metadata);
  }

  private static boolean isCopied(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (COPIED_ENDINGS.stream().anyMatch(name::endsWith) || name.startsWith("licen"))
        && !name.startsWith(".")
        && !name.endsWith(".index.json")
        && !name.equals(ModelFolder.CONFIG);
  }

  private static void replaceFile(Path folder, Path file) throws IOException {
    Path temporary = folder.resolve("." + file.getFileName() + ".tmp");
    Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
    rename(temporary, folder.resolve(file.getFileName().toString()));
  }

  private void writeConfig(Path folder) throws IOException {
    ObjectNode config = source.config();
    setType(config);
    Path temporary = folder.resolve("." + ModelFolder.CONFIG + ".tmp");
    JsonFile.write(temporary, config);
    rename(temporary, folder.resolve(ModelFolder.CONFIG));
  }

  /** Sets the key of transformers 4 and of 5, at the top and in nested configurations. */
  private void setType(ObjectNode config) {
    for (String key : DTYPE_KEYS) {
      if (config.path(key).isTextual()) {
        config.put(key, TYPE_NAMES.getOrDefault(dtype, "float32"));
      }
    }
    for (JsonNode child : config) {
      if (child instanceof ObjectNode nested) {
        setType(nested);
      }
    }
  }

  private void writeWeights(
      Path file, Map<String, FloatBlocks> replaced, Map<String, String> metadata) {
    List<TensorInfo> infos = source.names().stream().map(this::target).toList();
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, metadata)) {
      for (TensorInfo info : infos) {
        String name = info.name();
        FloatBlocks values = replaced.get(name);
        if (values != null) {
          writer.write(name, values, rounding);
        } else if (info.dtype() != source.info(name).dtype()) {
          writer.write(name, source.blocks(name));
        } else {
          writer.writeStored(name, source.file(name).parts(name));
        }
      }
      writer.commit();
    }
  }

  private TensorInfo target(String name) {
    TensorInfo stored = source.info(name);
    return stored.dtype().hasFloatForm() ? stored.as(dtype) : stored;
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void deleteFlat(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
