package dev.emend.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON header of a safetensors file, checked: the tensors lie one after another without gap or
 * overlap and fill the data section.
 *
 * @param tensors in the order in which they lie in the file
 * @param metadata the free text pairs of {@code __metadata__}
 */
record SafetensorsHeader(List<StoredTensor> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor and the offset of its first byte in the data section. */
  record StoredTensor(TensorInfo info, long begin) {
    long end() {
      return begin + info.bytes();
    }
  }

  SafetensorsHeader {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Reads a header.
   *
   * @param json the header's text in UTF-8
   * @param dataBytes how many bytes follow the header in the file
   * @throws IllegalArgumentException with a reason if the header is malformed or contradicts them
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) {
    List<StoredTensor> tensors = new ArrayList<>();
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(json).properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), text(e)));
      } else {
        tensors.add(tensor(entry.getKey(), entry.getValue()));
      }
    }
    tensors.sort(Comparator.comparingLong(StoredTensor::begin).thenComparing(StoredTensor::end));
    requireContiguous(tensors, dataBytes);
    return new SafetensorsHeader(tensors, Collections.unmodifiableMap(metadata));
  }

  private static JsonNode object(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException("the header is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the header is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the header is not JSON: " + e.getMessage(), e);
    }
  }

  private static String text(Map.Entry<String, JsonNode> entry) {
    if (!entry.getValue().isTextual()) {
      throw new IllegalArgumentException("metadata " + entry.getKey() + " is not a text");
    }
    return entry.getValue().textValue();
  }

  private static StoredTensor tensor(String name, JsonNode node) {
    TensorInfo info = new TensorInfo(name, dtype(name, node.path("dtype")), shape(name, node));
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray() || offsets.size() != 2) {
      throw new IllegalArgumentException("tensor " + name + " has no pair of data_offsets");
    }
    long begin = natural(name, offsets.get(0));
    long end = natural(name, offsets.get(1));
    if (end - begin != info.bytes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor %s takes %d bytes by its shape but %d by its offsets",
              name,
              info.bytes(),
              end - begin));
    }
    return new StoredTensor(info, begin);
  }

  private static Dtype dtype(String name, JsonNode node) {
    for (Dtype dtype : Dtype.values()) {
      if (dtype.name().equals(node.textValue())) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("tensor " + name + " has the unknown dtype " + node);
  }

  private static List<Long> shape(String name, JsonNode node) {
    JsonNode sizes = node.path("shape");
    if (!sizes.isArray()) {
      throw new IllegalArgumentException("tensor " + name + " has no shape");
    }
    List<Long> shape = new ArrayList<>(sizes.size());
    sizes.forEach(size -> shape.add(natural(name, size)));
    return shape;
  }

  private static long natural(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new IllegalArgumentException("tensor " + name + " has the unusable number " + node);
    }
    return node.longValue();
  }

  private static void requireContiguous(List<StoredTensor> tensors, long dataBytes) {
    long expected = 0;
    for (StoredTensor tensor : tensors) {
      if (tensor.begin() != expected) {
        String what = tensor.begin() < expected ? "overlaps the one before" : "leaves a gap before";
        throw new IllegalArgumentException("tensor " + tensor.info().name() + " " + what);
      }
      expected = tensor.end();
    }
    if (expected != dataBytes) {
      throw new IllegalArgumentException(
          "the tensors take " + expected + " bytes but the file has " + dataBytes);
    }
  }
}
