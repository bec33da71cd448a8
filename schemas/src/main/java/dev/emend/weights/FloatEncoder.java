package dev.emend.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes 32-bit floats as little-endian F32, F16 or BF16, a block at a time. */
final class FloatEncoder {
  private static final int STAGING_BYTES = 1 << 18;

  private final WritableByteChannel channel;
  private final Dtype dtype;
  private final Rounding rounding;
  private final ByteBuffer staging =
      ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  FloatEncoder(WritableByteChannel channel, Dtype dtype, Rounding rounding) {
    if (dtype != Dtype.F32 && dtype != Dtype.F16 && dtype != Dtype.BF16) {
      throw new IllegalArgumentException("floats are written as F32, F16 or BF16, not " + dtype);
    }
    this.rounding = rounding;
    this.channel = channel;
    this.dtype = dtype;
  }

  void write(FloatBlocks values) throws IOException {
    try {
      values.forEach(this::writeBlock);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeBlock(FloatBuffer block) {
    FloatBuffer rest = block.duplicate();
    try {
      while (rest.hasRemaining()) {
        staging.clear();
        int count = Math.min(rest.remaining(), staging.capacity() / dtype.bytes());
        stage(rest.slice().limit(count));
        rest.position(rest.position() + count);
        staging.position(0).limit(count * dtype.bytes());
        writeFully(channel, staging);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stage(FloatBuffer values) {
    if (dtype == Dtype.F32) {
      staging.asFloatBuffer().put(values);
      return;
    }
    while (values.hasRemaining()) {
      staging.putShort(rounding.round(values.get(), dtype));
    }
  }

  static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
