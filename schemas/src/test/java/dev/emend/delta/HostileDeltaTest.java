package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.hostile.HostileInput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileDeltaTest {
  @Test
  void shouldRefuseBrokenPayloadsCleanly() {
    Random random = new Random(1);
    List<byte[]> sound =
        List.of(
            bytes(DeltaCodec.encode(TestDeltas.factors(random, 2, 5, 7))),
            bytes(DeltaCodec.encodeSmallest(TestDeltas.factors(random, 4, 300, 100))),
            bytes(DeltaCodec.encode(DenseValues.of(new float[] {1, -0f, 3e-40f}))));
    HostileInput.attack(
        sound,
        List.of("EMDL", "EMDL\u0001\u0000\u0001\u0001"),
        payload -> finite(DeltaCodec.decode(ByteBuffer.wrap(payload))),
        IllegalArgumentException.class);
  }

  /** What is accepted holds nothing that would spread through the weights. */
  private static void finite(TensorUpdate update) {
    if (update instanceof DenseValues dense) {
      for (int i = 0; i < dense.values().remaining(); i++) {
        assertThat(dense.values().get(i)).isFinite();
      }
    }
    if (update instanceof LowRankFactors factors) {
      for (int i = 0; i < factors.resid().remaining(); i++) {
        assertThat(factors.resid().get(i)).isFinite();
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNotFiniteWhereverItStands() {
    ByteBuffer sound = DeltaCodec.encode(TestDeltas.factors(new Random(2), 1, 3, 2));
    for (int at = PayloadHeader.BYTES; at < sound.limit(); at += Float.BYTES) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1f / 0f}) {
        ByteBuffer broken = ByteBuffer.wrap(bytes(sound)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        broken.putFloat(at, value);
        assertThatThrownBy(() -> DeltaCodec.decode(broken))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
