package dev.emend.weights;

import dev.emend.weights.SafetensorsHeader.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps a data section with few, large mappings: neighbouring tensors share one up to 1 GiB, a
 * tensor above 1 GiB gets several of its own. Everything is mapped when the file is opened, so no
 * channel stays open that an interrupted reader could close for the others.
 */
final class TensorMapping {
  /** A multiple of every element size, so that no element is split. */
  static final long WINDOW_BYTES = 1L << 30;

  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, List<ByteBuffer>> parts = new HashMap<>();

  private TensorMapping(FileChannel channel, long dataStart) {
    this.channel = channel;
    this.dataStart = dataStart;
  }

  static Map<String, List<ByteBuffer>> map(
      FileChannel channel, long dataStart, SafetensorsHeader header) throws IOException {
    TensorMapping mapping = new TensorMapping(channel, dataStart);
    List<StoredTensor> group = new ArrayList<>();
    for (StoredTensor tensor : header.tensors()) {
      if (!group.isEmpty() && tensor.end() - group.get(0).begin() > WINDOW_BYTES) {
        mapping.mapGroup(group);
        group.clear();
      }
      group.add(tensor);
    }
    mapping.mapGroup(group);
    return Map.copyOf(mapping.parts);
  }

  private void mapGroup(List<StoredTensor> group) throws IOException {
    if (group.isEmpty()) {
      return;
    }
    long begin = group.get(0).begin();
    long end = group.get(group.size() - 1).end();
    if (end - begin > WINDOW_BYTES) {
      mapLarge(group.get(0));
      return;
    }
    ByteBuffer window = window(begin, end - begin);
    for (StoredTensor tensor : group) {
      int length = (int) tensor.info().bytes();
      ByteBuffer slice = window.slice((int) (tensor.begin() - begin), length);
      parts.put(tensor.info().name(), List.of(slice.order(ByteOrder.LITTLE_ENDIAN)));
    }
  }

  private void mapLarge(StoredTensor tensor) throws IOException {
    List<ByteBuffer> windows = new ArrayList<>();
    for (long at = tensor.begin(); at < tensor.end(); at += WINDOW_BYTES) {
      windows.add(window(at, Math.min(WINDOW_BYTES, tensor.end() - at)));
    }
    parts.put(tensor.info().name(), List.copyOf(windows));
  }

  private ByteBuffer window(long begin, long length) throws IOException {
    return channel.map(MapMode.READ_ONLY, dataStart + begin, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
