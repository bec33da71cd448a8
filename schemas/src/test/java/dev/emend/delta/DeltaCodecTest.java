package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeltaCodecTest {
  @Property(tries = 200)
  void shouldReadBackFactorsBitForBit(
      @ForAll @IntRange(min = 1, max = 9) int rank,
      @ForAll @IntRange(min = 1, max = 20) int out,
      @ForAll @IntRange(min = 1, max = 20) int in,
      @ForAll long seed) {
    LowRankFactors factors = TestDeltas.factors(new Random(seed), rank, out, in);

    ByteBuffer payload = DeltaCodec.encode(factors);
    TensorUpdate read = DeltaCodec.decode(payload);

    assertThat(payload.remaining()).isEqualTo(32 + 4 * rank * (out + in));
    assertThat(read).isInstanceOf(LowRankFactors.class);
    assertThat(((LowRankFactors) read).resid()).isEqualTo(factors.resid());
    assertThat(((LowRankFactors) read).adj()).isEqualTo(factors.adj());
    assertThat(read.rank()).isEqualTo(rank);
  }

  @Test
  void shouldReadBackDenseValues() {
    DenseValues values = DenseValues.of(new float[] {1f, -0f, Float.MIN_VALUE});
    TensorUpdate read = DeltaCodec.decode(DeltaCodec.encode(values));
    assertThat(((DenseValues) read).values()).isEqualTo(values.values());
  }

  /** The layout that the README promises to readers in other languages. */
  @Test
  void shouldWriteTheDocumentedBytes() {
    ByteBuffer payload =
        DeltaCodec.encode(LowRankFactors.of(1, 2, 3, new float[] {1, 2}, new float[] {3, 4, 5}))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[4];
    payload.get(magic);
    assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("EMDL");
    assertThat(payload.getShort(4)).isEqualTo((short) 1);
    assertThat(payload.get(6)).isEqualTo((byte) 1);
    assertThat(payload.get(7)).isZero();
    assertThat(payload.getInt(8)).isEqualTo(1);
    assertThat(payload.getInt(12)).isZero();
    assertThat(payload.getLong(16)).isEqualTo(2);
    assertThat(payload.getLong(24)).isEqualTo(3);
    for (int i = 0; i < 5; i++) {
      assertThat(payload.getFloat(32 + 4 * i)).isEqualTo(i + 1f);
    }
  }

  @Test
  void shouldRefuseLyingSizesBeforeAllocating() {
    ByteBuffer payload = DeltaCodec.encode(TestDeltas.factors(new Random(1), 1, 2, 3));
    refused(changed(payload, 8, Integer.MAX_VALUE), "instead of");
    refused(changed(payload, 8, -1), "impossible rank");
    refused(changed(payload, 8, 0), "impossible rank");
    refused(changed(payload, 16, Integer.MAX_VALUE), "instead of");
    refused(changed(payload, 20, 1), "impossible size");
    refused(changed(payload, 0, 7), "EMDL");
    refused(changed(payload, 4, 2), "format version 2");
    refused(changed(payload, 12, 1), "1 where 0 is wanted");
    ByteBuffer huge = changed(changed(changed(payload, 8, -1 >>> 1), 16, -1 >>> 1), 24, -1 >>> 1);
    refused(huge, "more values than can exist");
  }

  @Test
  void shouldRefuseEveryTruncationAndTrailingBytes() {
    ByteBuffer payload = DeltaCodec.encode(TestDeltas.factors(new Random(1), 2, 3, 4));
    for (int length = 0; length < payload.remaining(); length++) {
      ByteBuffer cut = payload.slice(0, length);
      assertThatThrownBy(() -> DeltaCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    ByteBuffer longer = ByteBuffer.allocate(payload.remaining() + 1).put(payload.duplicate());
    refused(longer.rewind(), "instead of");
  }

  @Test
  void shouldRefuseValuesThatAreNotFinite() {
    ByteBuffer payload = DeltaCodec.encode(TestDeltas.factors(new Random(1), 1, 2, 3));
    refused(changed(payload, 36, Float.floatToIntBits(Float.NaN)), "resid[1] is NaN");
    refused(
        changed(payload, 48, Float.floatToIntBits(Float.NEGATIVE_INFINITY)), "adj[2] is -Infinity");
  }

  @Test
  void shouldEitherReadOrRefuseMutatedBytesButNeverBreak() {
    Random random = new Random(20260101);
    byte[] good = new byte[DeltaCodec.encode(TestDeltas.factors(random, 2, 3, 4)).remaining()];
    DeltaCodec.encode(TestDeltas.factors(random, 2, 3, 4)).get(good);
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(random.nextBoolean() ? 32 : bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(DeltaCodec.decode(ByteBuffer.wrap(bytes)).bodyBytes()).isEqualTo(56);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 49_999);
  }

  private static ByteBuffer changed(ByteBuffer payload, int at, int value) {
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).rewind();
    return copy.order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  private static void refused(ByteBuffer payload, String reason) {
    assertThatThrownBy(() -> DeltaCodec.decode(payload))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
