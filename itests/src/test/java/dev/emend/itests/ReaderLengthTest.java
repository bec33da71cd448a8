package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The proof that the format is simple is a reader in Python that stays short. */
class ReaderLengthTest {
  private static final int MOST_LINES = 60;

  @Test
  void shouldFollowAModelInSixtyLinesOfPython() throws IOException {
    String reader = Files.readString(Path.of("reader", "follow.py"));
    assertThat(reader).doesNotContain("import emend").doesNotContain(";\n");
    assertThat(reader.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(MOST_LINES);
  }
}
