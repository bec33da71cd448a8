package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RoundingTest {
  private static final long SEED = 11;

  @Test
  void shouldRoundToTheNearestBfloat16WithTiesToEven() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      int bits = random.nextInt(0x7f7f);
      float low = HalfPrecision.fromBfloat16((short) bits);
      float high = HalfPrecision.fromBfloat16((short) (bits + 1));
      float middle = Float.intBitsToFloat((bits << 16) | 0x8000);
      int even = (bits & 1) == 0 ? bits : bits + 1;
      assertThat(HalfPrecision.toBfloat16(middle)).isEqualTo((short) even);
      assertThat(HalfPrecision.toBfloat16(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfPrecision.toBfloat16(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(HalfPrecision.toBfloat16(-low)).isEqualTo((short) (bits | 0x8000));
      assertThat(high).isGreaterThan(low);
    }
    assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(Float.NaN))).isNaN();
    assertThat(HalfPrecision.toBfloat16(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xff80);
    assertThat(HalfPrecision.toBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void shouldKeepTheMeanOfManyValuesWhereItIsStochastic(Dtype dtype) {
    Random random = new Random(SEED);
    Rounding rounding = Rounding.stochastic(SEED);
    for (int i = 0; i < 20; i++) {
      float value = (float) random.nextGaussian();
      double step = Math.abs(value) / (dtype == Dtype.F16 ? 512 : 64);
      double sum = 0;
      for (int n = 0; n < 4000; n++) {
        float stored = HalfPrecision.from(rounding.round(value, dtype), dtype);
        assertThat(Math.abs(stored - value)).isLessThan((float) step);
        sum += stored;
      }
      assertThat(sum / 4000).isCloseTo(value, within(step / 20));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void shouldKeepWhatHasASixteenBitForm(Dtype dtype) {
    Rounding rounding = Rounding.stochastic(SEED);
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.from((short) bits, dtype);
      if (!Float.isNaN(value)) {
        assertThat(rounding.round(value, dtype)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void shouldStayFiniteAtTheEdgeAndRepeatWithItsSeed() {
    float edge = Math.nextUp(65504f);
    Rounding first = Rounding.stochastic(3);
    Rounding second = Rounding.stochastic(3);
    for (int i = 0; i < 100; i++) {
      assertThat(HalfPrecision.fromHalf(first.round(edge, Dtype.F16))).isEqualTo(65504f);
      assertThat(second.round(edge, Dtype.F16)).isEqualTo((short) 0x7bff);
      float small = (float) (i * 1e-9);
      assertThat(first.round(small, Dtype.F16)).isEqualTo(second.round(small, Dtype.F16));
      assertThat(first.round(-small, Dtype.BF16)).isEqualTo(second.round(-small, Dtype.BF16));
    }
  }

  @Test
  void shouldCountWhatIsLost() {
    float[] base = {1, 1, 1, 1};
    float[] wanted = {1, 1.001f, 1.25f, 0.5f};
    float[] stored = {1, 1, 1.25f, 0.5f};
    RoundingLoss loss = RoundingLoss.of(base, wanted, stored, Dtype.BF16);
    assertThat(loss.changed()).isEqualTo(3);
    assertThat(loss.lost()).isEqualTo(1);
    assertThat(loss.lostShare()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(loss.relativeError()).isCloseTo(0.001 / Math.sqrt(0.3125), within(1e-5));
    assertThat(loss.plus(loss).lostShare()).isEqualTo(loss.lostShare());
    assertThat(RoundingLoss.NONE.lostShare() + RoundingLoss.NONE.relativeError()).isZero();
  }

  @Test
  void shouldWriteAFolderInAnotherTypeAndLeaveWhatIsStoredInItAlone(@TempDir Path temp)
      throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(source.resolve("config.json"), "{\"dtype\":\"float16\"}");
    List<TensorInfo> infos =
        List.of(
            new TensorInfo("kept", Dtype.BF16, List.of(2L)),
            new TensorInfo("other", Dtype.F16, List.of(1L)),
            new TensorInfo("replaced", Dtype.F16, List.of(2L)));
    try (SafetensorsWriter file =
        SafetensorsWriter.create(source.resolve("model.safetensors"), infos, Map.of())) {
      file.write("kept", FloatBlocks.of(new float[] {1, 2}));
      file.write("other", FloatBlocks.of(new float[] {1.0009766f}));
      file.write("replaced", FloatBlocks.of(new float[] {3, 4}));
      file.commit();
    }
    Path target = temp.resolve("target");
    new ModelFolderWriter(ModelFolder.open(source))
        .as(Dtype.BF16, Rounding.NEAREST)
        .write(target, Map.of("replaced", FloatBlocks.of(new float[] {3.0001f, 5.5f})), Map.of());
    ModelFolder written = ModelFolder.open(target);
    assertThat(written.info("other").dtype()).isEqualTo(Dtype.BF16);
    assertThat(written.floats("kept")).containsExactly(1, 2);
    assertThat(written.floats("other")).containsExactly(1);
    assertThat(written.floats("replaced")).containsExactly(3, 5.5f);
    assertThat(written.config().path("dtype").asText()).isEqualTo("bfloat16");
  }
}
