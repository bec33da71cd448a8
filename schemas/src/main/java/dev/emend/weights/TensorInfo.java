package dev.emend.weights;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a safetensors header says about a tensor, apart from where it lies.
 *
 * @param name as stored, with or without a prefix such as {@code transformer.}
 * @param dtype type of the elements
 * @param shape sizes from the slowest to the fastest dimension; empty for a scalar
 */
public record TensorInfo(String name, Dtype dtype, List<Long> shape) {
  /** Refuses negative sizes and sizes whose byte count does not fit 63 bits. */
  public TensorInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dtype, "dtype");
    shape = List.copyOf(shape);
    long bytes = dtype.bytes();
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("tensor " + name + " has the negative size " + size);
      }
      bytes = multiply(name, bytes, size);
    }
  }

  private static long multiply(String name, long bytes, long size) {
    try {
      return Math.multiplyExact(bytes, size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("tensor " + name + " has too many elements", e);
    }
  }

  /** A tensor of 32-bit floats. */
  public static TensorInfo f32(String name, List<Long> shape) {
    return new TensorInfo(name, Dtype.F32, shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Number of bytes as stored. */
  public long bytes() {
    return elements() * dtype.bytes();
  }

  /** The same tensor with another element type. */
  public TensorInfo as(Dtype other) {
    return new TensorInfo(name, other, shape);
  }

  /** The shape as decimal sizes with commas between, for example {@code 768,3072}. */
  public String shapeText() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
