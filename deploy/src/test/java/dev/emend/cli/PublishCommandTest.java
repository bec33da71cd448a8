package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before an event leaves the house. */
class PublishCommandTest {
  @TempDir Path folder;
  private Path config = Path.of("");

  @BeforeEach
  void writeSettingsOfNobody() throws IOException {
    config =
        Files.writeString(
            folder.resolve("client.properties"),
            """
            bootstrap.servers=127.0.0.1:1
            schema.registry.url=http://127.0.0.1:1
            max.block.ms=300
            max.retries=0
            """);
  }

  @Test
  void shouldRefusePromptWithoutPlaceholder() {
    CommandRun run = publish("--prompt", "The king is", "--object", "Harald V");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("emend: FACT_INVALID: ")
        .contains("PROMPT_WITHOUT_PLACEHOLDER")
        .hasLineCount(1);
  }

  @Test
  void shouldRefuseEmptyObject() {
    CommandRun run = publish("--prompt", "The {} is", "--object", " ");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("OBJECT_EMPTY").hasLineCount(1);
  }

  @Test
  void shouldSayThatNobodyAnswers() {
    CommandRun run = publish("--prompt", "The {} is", "--object", "Harald V");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsPattern("^emend: (BROKER|REGISTRY)_UNAVAILABLE: ")
        .hasLineCount(1);
  }

  @Test
  void shouldRefuseInstantThatIsNone() {
    CommandRun run = publish("--prompt", "The {} is", "--valid-from", "yesterday");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("emend: USAGE: ").contains("--valid-from").hasLineCount(1);
  }

  @Test
  void shouldNameSettingsFileThatIsMissing() {
    CommandRun run =
        CommandRun.of("publish", "--subject", "King", "--config", "no-such.properties");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("emend: FILE_NOT_FOUND: ").hasLineCount(1);
  }

  private CommandRun publish(String... more) {
    String[] common = {
      "publish", "--config", config.toString(), "--subject", "King", "--relation", "holder"
    };
    String[] args = new String[common.length + more.length];
    System.arraycopy(common, 0, args, 0, common.length);
    System.arraycopy(more, 0, args, common.length, more.length);
    return CommandRun.of(args);
  }
}
