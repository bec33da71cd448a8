package dev.emend.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.Calibration;
import dev.emend.feedback.CalibrationFile;
import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Phase;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowCost;
import dev.emend.schedule.learn.WindowLoad;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that take 0.4 s and 0.09 s a fact, 2 MiB a fact, and hold less the larger they are. */
class CalibrationTest {
  private static final long MEBI = 1 << 20;
  private static final int BLUE = 0x1F5FA8;
  private static final int GREEN = 0x2E7D46;

  @TempDir private Path folder;

  @Test
  void shouldFitWhatWasMeasured() {
    Learning fitted = Learning.from(calibration().learned());
    WindowCost cost = fitted.latency().cost();
    assertThat(cost.perWindow()).isCloseTo(0.4, within(0.05));
    assertThat(cost.perFact()).isCloseTo(0.09, within(0.01));
    double small = fitted.memory().bytes(load(1)).mean();
    assertThat(fitted.memory().bytes(load(65)).mean() - small)
        .isCloseTo(128.0 * MEBI, within(10.0 * MEBI));
    double one = fitted.effect().efficacy().share(1, 0).mean();
    double many = fitted.effect().efficacy().share(128, 0).mean();
    assertThat(one).isCloseTo(0.98, within(0.05));
    assertThat(many).isCloseTo(0.8, within(0.05));
    assertThat(fitted.fading().windows()).isZero();
  }

  @Test
  void shouldReadBackWhatItWrites() {
    Calibration calibration = calibration();
    Path file = CalibrationFile.write(calibration, folder.resolve("new"));
    assertThat(CalibrationFile.read(file)).isEqualTo(calibration);
    assertThat(CalibrationFile.read(folder.resolve("new"))).isEqualTo(calibration);
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    assertThatThrownBy(() -> CalibrationFile.read(folder))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_FOUND));
    Path file = Files.writeString(folder.resolve(CalibrationFile.NAME), "{\"model\": 7,");
    assertThatThrownBy(() -> CalibrationFile.read(file))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.JSON_INVALID));
  }

  @Test
  void shouldDrawThreePlotsWithPointsAndFit() throws IOException {
    List<Path> plots = new CalibrationPlots(calibration()).write(folder);
    assertThat(plots)
        .extracting(plot -> "" + plot.getFileName())
        .containsExactly("latency.png", "memory.png", "effect.png");
    for (Path plot : plots) {
      BufferedImage image = Objects.requireNonNull(ImageIO.read(plot.toFile()), "an image");
      // All shares of these windows are alike: the last that is drawn covers the others.
      int colour = plot.endsWith("effect.png") ? GREEN : BLUE;
      assertThat(coloured(image, colour)).as("points and lines of %s", plot).isGreaterThan(500);
    }
  }

  private static long coloured(BufferedImage image, int colour) {
    long count = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }

  private static Calibration calibration() {
    Random random = new Random(1);
    List<Observation> windows = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      for (int facts : new int[] {1, 2, 4, 8, 16, 32, 64, 128}) {
        windows.add(window(facts, 1 + 0.03 * random.nextGaussian()));
      }
    }
    return Calibration.of("digest", "a machine", 400 * MEBI, windows);
  }

  private static Observation window(int facts, double noise) {
    double seconds = noise * (0.4 + 0.09 * facts);
    Share efficacy = new Share(1 - 0.018 * Math.sqrt(facts), 100);
    return new Observation(
        load(facts),
        0,
        seconds,
        Map.of(Phase.TARGETS, seconds),
        (500 + 2 * facts) * MEBI,
        new Effect(efficacy, efficacy, efficacy, Share.UNKNOWN));
  }

  private static WindowLoad load(int facts) {
    return new WindowLoad(facts, 14.0 * facts, 20);
  }
}
