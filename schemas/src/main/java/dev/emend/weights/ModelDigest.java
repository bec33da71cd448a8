package dev.emend.weights;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity of a model version: the SHA-256 over one ASCII line {@code name TAB shape TAB digest
 * LF} for each tensor, sorted by name, where digest is the tensor's {@link TensorDigest} in
 * lower-case hexadecimal. Holding the tensors' digests, it yields the next version's digest from
 * the changed tensors alone. Immutable.
 */
public final class ModelDigest {
  private final SortedMap<String, Entry> tensors;
  private final Digest32 value;

  /**
   * What the digest knows about a tensor.
   *
   * @param shapeText decimal sizes with commas between
   * @param digest digest of the tensor
   */
  public record Entry(String shapeText, Digest32 digest) {
    /** Refuses null. */
    public Entry {
      Objects.requireNonNull(shapeText, "shapeText");
      Objects.requireNonNull(digest, "digest");
    }
  }

  private ModelDigest(SortedMap<String, Entry> tensors) {
    this.tensors = Collections.unmodifiableSortedMap(tensors);
    MessageDigest sha256 = Digest32.newSha256();
    tensors.forEach((name, entry) -> sha256.update(line(name, entry)));
    this.value = Digest32.finish(sha256);
  }

  private static byte[] line(String name, Entry entry) {
    String line = name + '\t' + entry.shapeText() + '\t' + entry.digest().hex() + '\n';
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** The digest of a model with these tensors. */
  public static ModelDigest of(Map<String, Entry> tensors) {
    return new ModelDigest(new TreeMap<>(tensors));
  }

  /** Reads and hashes every tensor of a folder. */
  public static ModelDigest of(ModelFolder folder) {
    SortedMap<String, Entry> tensors = new TreeMap<>();
    for (String name : folder.names()) {
      String shape = folder.info(name).shapeText();
      tensors.put(name, new Entry(shape, TensorDigest.of(folder.file(name), name)));
    }
    return new ModelDigest(tensors);
  }

  /** Hashes the values as tensors of a model that has no folder yet. */
  public static Entry entry(String name, List<Long> shape, FloatBlocks values) {
    String shapeText = TensorInfo.f32(name, shape).shapeText();
    return new Entry(shapeText, TensorDigest.of(name, shape, values));
  }

  /**
   * The digest after some tensors changed their values, shapes as before.
   *
   * @throws IllegalArgumentException if a name is not one of the model's
   */
  public ModelDigest with(Map<String, Digest32> changed) {
    SortedMap<String, Entry> next = new TreeMap<>(tensors);
    changed.forEach((name, digest) -> next.put(name, new Entry(entry(name).shapeText(), digest)));
    return new ModelDigest(next);
  }

  private Entry entry(String name) {
    Entry entry = tensors.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the model has no tensor " + name);
    }
    return entry;
  }

  /** The digest of one tensor. */
  public Digest32 tensor(String name) {
    return entry(name).digest();
  }

  /** The tensors by name, sorted. */
  public SortedMap<String, Entry> tensors() {
    return tensors;
  }

  /** The model's digest. */
  public Digest32 value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelDigest that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
