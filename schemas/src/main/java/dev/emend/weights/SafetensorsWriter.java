package dev.emend.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a safetensors file tensor by tensor, in the order declared, into a temporary file beside
 * the target; {@link #commit} makes it the target by an atomic rename. Closing without commit
 * leaves the target as it was and removes the temporary file. Not thread-safe.
 *
 * <pre>{@code
 * try (SafetensorsWriter writer = SafetensorsWriter.create(target, infos, Map.of())) {
 *   for (TensorInfo info : infos) {
 *     writer.write(info.name(), FloatBlocks.of(values(info)));
 *   }
 *   writer.commit();
 * }
 * }</pre>
 *
 * <p>Faults have code {@link FaultCode#FILE_NOT_WRITABLE}; calls out of order are an {@link
 * IllegalStateException}.
 */
public final class SafetensorsWriter implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ALIGNMENT = 8;

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final Iterator<TensorInfo> pending;
  private boolean committed;

  private SafetensorsWriter(Path target, List<TensorInfo> tensors, byte[] header)
      throws IOException {
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    this.pending = tensors.iterator();
    this.channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    begin(header);
  }

  /** A full disk is met here first. */
  private void begin(byte[] header) throws IOException {
    try {
      FloatEncoder.writeFully(channel, ByteBuffer.wrap(header));
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /**
   * Starts a file.
   *
   * @param tensors what will be written, in this order; names must differ
   * @param metadata text pairs beside {@code "format": "pt"}, which is always written
   */
  public static SafetensorsWriter create(
      Path target, List<TensorInfo> tensors, Map<String, String> metadata) {
    try {
      return new SafetensorsWriter(target, List.copyOf(tensors), header(tensors, metadata));
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static byte[] header(List<TensorInfo> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode pairs = root.putObject("__metadata__").put("format", "pt");
    metadata.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> pairs.put(e.getKey(), e.getValue()));
    Set<String> names = new HashSet<>();
    long offset = 0;
    for (TensorInfo info : tensors) {
      if (!names.add(info.name()) || info.name().equals("__metadata__")) {
        throw new IllegalArgumentException("tensor name " + info.name() + " is taken");
      }
      ObjectNode node = root.putObject(info.name()).put("dtype", info.dtype().name());
      info.shape().forEach(node.putArray("shape")::add);
      long end = Math.addExact(offset, info.bytes());
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return padded(JSON.writeValueAsBytes(root));
  }

  /** Length, text, and blanks so that the data section starts at a multiple of eight. */
  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.array();
  }

  /** Writes the next tensor: F32, or F16 or BF16 (then rounded to nearest, ties to even). */
  public void write(String name, FloatBlocks values) {
    write(name, values, Rounding.NEAREST);
  }

  /** Writes the next tensor, rounded as said if it has fewer than 32 bits. */
  public void write(String name, FloatBlocks values, Rounding rounding) {
    TensorInfo info = next(name);
    append(info, () -> new FloatEncoder(channel, info.dtype(), rounding).write(values));
  }

  /** Writes the next tensor from bytes as they are stored: little endian, in consecutive parts. */
  public void writeStored(String name, List<ByteBuffer> parts) {
    TensorInfo info = next(name);
    append(
        info,
        () -> {
          for (ByteBuffer part : parts) {
            FloatEncoder.writeFully(channel, part.duplicate());
          }
        });
  }

  private TensorInfo next(String name) {
    if (!pending.hasNext()) {
      throw new IllegalStateException(name + " was not declared, or was written before");
    }
    TensorInfo info = pending.next();
    if (!info.name().equals(name)) {
      throw new IllegalStateException("the next tensor is " + info.name() + ", not " + name);
    }
    return info;
  }

  private void append(TensorInfo info, Step step) {
    try {
      long start = channel.position();
      step.run();
      long written = channel.position() - start;
      if (written != info.bytes()) {
        throw new IllegalArgumentException(
            info.name() + " takes " + info.bytes() + " bytes, but " + written + " were given");
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Forces the bytes to the disk and renames the file to its target. */
  public void commit() {
    if (pending.hasNext()) {
      throw new IllegalStateException(pending.next().name() + " was not written");
    }
    try {
      channel.force(true);
      channel.close();
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      committed = true;
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!committed) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static Fault failed(Path target, IOException e) {
    return new Fault(
        FaultCode.FILE_NOT_WRITABLE, target + " cannot be written: " + e.getMessage(), e);
  }

  /** A piece of writing. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
