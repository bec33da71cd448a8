package dev.emend.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.evaluate.ComparisonReport;
import dev.emend.evaluate.Scores;
import dev.emend.fault.Fault;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final List<Color> LINES =
      List.of(new Color(0x1F, 0x5F, 0xA8), new Color(0xC8, 0x5A, 0x17));

  @TempDir Path folder;

  private static Scores scores(double s) {
    return new Scores(1, s, s, s, s, s, s, s, s);
  }

  private static ComparisonReport report(String... methods) {
    List<ComparisonReport.Row> rows = new ArrayList<>();
    for (String method : methods) {
      for (int edits : new int[] {1, 10, 100}) {
        Scores scores = scores(90 - 10 * rows.size());
        rows.add(new ComparisonReport.Row(method, edits, scores, List.of(scores), 0.1));
      }
    }
    return new ComparisonReport(scores(5), 0, rows);
  }

  private static Set<Color> colours(Path file) throws IOException {
    BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()));
    assertThat(image.getWidth()).isGreaterThan(900);
    Set<Color> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(new Color(image.getRGB(x, y)));
      }
    }
    return colours;
  }

  @Test
  void shouldDrawALineForEachMethodThatWasCompared() throws IOException {
    Path one = ScorePlot.write(report("rome"), folder.resolve("one.png"));
    Path two = ScorePlot.write(report("rome", "finetune"), folder.resolve("two.png"));

    assertThat(colours(one)).contains(LINES.get(0)).doesNotContain(LINES.get(1));
    assertThat(colours(two)).containsAll(LINES);
  }

  @Test
  void shouldNameTheFileThatCannotBeWritten() {
    assertThatThrownBy(() -> ScorePlot.write(report("rome"), folder.resolve("no/such.png")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("such.png");
  }
}
