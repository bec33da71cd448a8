package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PackedFormTest {
  private static final int HEADER = 32;

  /** As many values as make the other form worth a try. */
  private static LowRankFactors factors(long seed) {
    return TestDeltas.factors(new Random(seed), 4, 500, 100);
  }

  @Property(tries = 30)
  void shouldReadBackPackedFactorsBitForBitInFewerBytes(
      @ForAll @IntRange(min = 8, max = 20) int rank, @ForAll long seed) {
    LowRankFactors factors = TestDeltas.factors(new Random(seed), rank, 100, 37);

    ByteBuffer packed = DeltaCodec.encodeSmallest(factors);
    LowRankFactors read = (LowRankFactors) DeltaCodec.decode(packed);

    assertThat(packed.get(7)).isEqualTo((byte) 1);
    assertThat(packed.remaining()).isLessThan((int) DeltaCodec.encodedBytes(factors));
    assertThat(read.resid()).isEqualTo(factors.resid());
    assertThat(read.adj()).isEqualTo(factors.adj());
  }

  @Test
  void shouldKeepZerosSignsAndSubnormals() {
    float[] values = new float[2000];
    values[0] = -0f;
    values[1] = Float.MIN_VALUE;
    values[2] = -Float.MAX_VALUE;
    DenseValues dense = DenseValues.of(values);

    ByteBuffer packed = DeltaCodec.encodeSmallest(dense);

    assertThat(packed.remaining()).isLessThan(7000);
    float[] read = new float[values.length];
    ((DenseValues) DeltaCodec.decode(packed)).values().get(read);
    assertThat(TestDeltas.bits(read)).isEqualTo(TestDeltas.bits(values));
  }

  @Test
  void shouldStayPlainWhereAnotherFormGainsNothing() {
    Random random = new Random(4);
    float[] noise = new float[4000];
    for (int i = 0; i < noise.length; i++) {
      // Every exponent of a finite value is as likely as any other.
      noise[i] =
          Float.intBitsToFloat((random.nextInt(255) << 23) | (random.nextInt() & 0x807fffff));
    }
    assertThat(DeltaCodec.encodeSmallest(DenseValues.of(noise)).get(7)).isZero();
    LowRankFactors few = TestDeltas.factors(random, 1, 2, 3);
    assertThat(DeltaCodec.encodeSmallest(few)).isEqualTo(DeltaCodec.encode(few));
  }

  @Test
  void shouldRefuseDamagedExponents() {
    ByteBuffer packed = DeltaCodec.encodeSmallest(factors(1));
    for (int length = HEADER; length < packed.remaining(); length += 97) {
      refused(packed.slice(0, length));
    }
    ByteBuffer longer = ByteBuffer.allocate(packed.remaining() + 1).put(packed.duplicate());
    refused(longer.rewind());
    ByteBuffer flipped = ByteBuffer.allocate(packed.remaining()).put(packed.duplicate()).rewind();
    refused(flipped.put(HEADER + 40, (byte) (flipped.get(HEADER + 40) ^ 0x10)));
  }

  private static void refused(ByteBuffer payload) {
    assertThatThrownBy(() -> DeltaCodec.decode(payload))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
