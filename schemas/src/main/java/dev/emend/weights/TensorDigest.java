package dev.emend.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The identity of one tensor: the SHA-256 over the ASCII line {@code name TAB type TAB shape LF}
 * and the values, row-major. A tensor with a float form (see {@link Dtype#hasFloatForm}) counts as
 * type {@code F32} with little-endian 32-bit floats, whatever its stored type, so the digest of a
 * model does not depend on whether its file is fp16 or fp32. Any other tensor counts with its own
 * type and stored bytes. The shape is written as decimal sizes with commas between.
 */
public final class TensorDigest {
  private static final int STAGING_BYTES = 1 << 16;

  private final MessageDigest sha256 = Digest32.newSha256();
  private final ByteBuffer staging =
      ByteBuffer.allocate(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private TensorDigest(TensorInfo info) {
    requireAscii(info.name());
    String line = info.name() + '\t' + info.dtype() + '\t' + info.shapeText() + '\n';
    sha256.update(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static void requireAscii(String name) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "tensor name '" + name + "' must be printable ASCII without blanks");
    }
  }

  /**
   * The digest of a tensor given by its 32-bit float values.
   *
   * @throws IllegalArgumentException if there are not as many values as the shape has
   */
  public static Digest32 of(String name, List<Long> shape, FloatBlocks values) {
    TensorInfo info = TensorInfo.f32(name, shape);
    TensorDigest digest = new TensorDigest(info);
    long[] count = {0};
    values.forEach(
        block -> {
          count[0] += block.remaining();
          digest.update(block);
        });
    if (count[0] != info.elements()) {
      throw new IllegalArgumentException(
          name + " has " + info.elements() + " elements by its shape, not " + count[0]);
    }
    return Digest32.finish(digest.sha256);
  }

  /** The digest of a stored tensor. */
  public static Digest32 of(SafetensorsFile file, String name) {
    TensorInfo info = file.info(name);
    if (info.dtype().hasFloatForm()) {
      return of(name, info.shape(), file.blocks(name));
    }
    TensorDigest digest = new TensorDigest(info);
    file.parts(name).forEach(digest.sha256::update);
    return Digest32.finish(digest.sha256);
  }

  private void update(FloatBuffer block) {
    FloatBuffer rest = block.duplicate();
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), STAGING_BYTES / Float.BYTES);
      staging.clear().asFloatBuffer().put(rest.slice().limit(count));
      sha256.update(staging.limit(count * Float.BYTES));
      rest.position(rest.position() + count);
    }
  }
}
