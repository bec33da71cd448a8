package dev.emend.weights;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A safetensors file, mapped into memory: opening costs milliseconds whatever the size, files and
 * tensors above 2 GB work, and pages are read as they are touched. The header is checked against
 * the file's size before anything is allocated by its word. The mapping goes when this object is
 * collected; the file must not be truncated meanwhile (replace it by a rename, as {@link
 * SafetensorsWriter} does).
 *
 * <p>Immutable and thread-safe. Faults have code {@link FaultCode#SAFETENSORS_CORRUPT} or {@link
 * FaultCode#FILE_NOT_FOUND}; a tensor that is not there is an {@link IllegalArgumentException}.
 */
public final class SafetensorsFile {
  /** No header is longer than this, as in the reference implementation. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  /** No array in Java is longer. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Path path;
  private final Map<String, TensorInfo> infos;
  private final Map<String, List<ByteBuffer>> parts;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Path path, SafetensorsHeader header, Map<String, List<ByteBuffer>> parts) {
    this.path = path;
    this.parts = parts;
    this.metadata = header.metadata();
    Map<String, TensorInfo> byName = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> byName.put(tensor.info().name(), tensor.info()));
    this.infos = Collections.unmodifiableMap(byName);
  }

  /** Opens and checks a file. */
  public static SafetensorsFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long headerBytes = headerBytes(channel);
      long dataStart = Long.BYTES + headerBytes;
      byte[] json = new byte[(int) headerBytes];
      readFully(channel, Long.BYTES, json);
      SafetensorsHeader header = SafetensorsHeader.parse(json, channel.size() - dataStart);
      return new SafetensorsFile(path, header, TensorMapping.map(channel, dataStart, header));
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.SAFETENSORS_CORRUPT, path + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, path + " does not exist", e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long headerBytes(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new IllegalArgumentException("has only " + size + " bytes: truncated?");
    }
    byte[] lengthField = new byte[Long.BYTES];
    readFully(channel, 0, lengthField);
    long length = ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER_BYTES || length > size - Long.BYTES) {
      throw new IllegalArgumentException(
          "states a header of "
              + Long.toUnsignedString(length)
              + " bytes in a file of "
              + size
              + ": truncated or no safetensors file?");
    }
    return length;
  }

  private static void readFully(FileChannel channel, long position, byte[] target)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IllegalArgumentException("ends inside the header");
      }
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The tensors' names as stored, in the order of their bytes. */
  public Set<String> names() {
    return infos.keySet();
  }

  /** The text pairs of {@code __metadata__}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** What the header says about a tensor, if there is one of that name. */
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(infos.get(name));
  }

  /** What the header says about a tensor. */
  public TensorInfo info(String name) {
    return find(name).orElseThrow(() -> missing(name));
  }

  /** The stored bytes of a tensor of at most 1 GB: read-only, little endian, direct. */
  public ByteBuffer bytes(String name) {
    List<ByteBuffer> all = parts(name);
    if (all.size() > 1) {
      throw new IllegalArgumentException(name + " has more than 1 GB: use parts");
    }
    return all.get(0);
  }

  /** The stored bytes of a tensor as consecutive buffers: read-only, little endian, direct. */
  public List<ByteBuffer> parts(String name) {
    List<ByteBuffer> found = parts.get(name);
    if (found == null) {
      throw missing(name);
    }
    return found.stream().map(b -> b.duplicate().order(ByteOrder.LITTLE_ENDIAN)).toList();
  }

  /** The values of a float tensor, converted block by block. */
  public FloatBlocks blocks(String name) {
    Dtype dtype = info(name).dtype();
    if (!dtype.hasFloatForm()) {
      throw new IllegalArgumentException(name + " is " + dtype + ", which is no float type");
    }
    List<ByteBuffer> all = parts(name);
    return sink -> all.forEach(part -> FloatDecoder.decode(dtype, part, sink));
  }

  /** The values of a float tensor as 32-bit floats (see {@link Dtype#hasFloatForm}). */
  public float[] floats(String name) {
    float[] values = new float[arrayLength(name)];
    read(name, FloatBuffer.wrap(values));
    return values;
  }

  /** Appends the values of a float tensor at the buffer's position and advances it. */
  public void read(String name, FloatBuffer target) {
    blocks(name).forEach(target::put);
  }

  /** The values of a float tensor as doubles, exact for every float type. */
  public double[] doubles(String name) {
    double[] values = new double[arrayLength(name)];
    if (info(name).dtype() == Dtype.F64) {
      int at = 0;
      for (ByteBuffer part : parts(name)) {
        int count = part.remaining() / Double.BYTES;
        part.asDoubleBuffer().get(values, at, count);
        at += count;
      }
      return values;
    }
    float[] floats = floats(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  private int arrayLength(String name) {
    long elements = info(name).elements();
    if (elements > MAX_ARRAY) {
      throw new IllegalArgumentException(
          name + " has " + elements + " elements: read it block by block");
    }
    return (int) elements;
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(path + " has no tensor " + name);
  }
}
