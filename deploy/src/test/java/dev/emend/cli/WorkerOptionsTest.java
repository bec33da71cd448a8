package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.model.ComputeDevice;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.size.ByteSize;
import dev.emend.worker.WorkerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options that are given win over the file, the file over the defaults. */
class WorkerOptionsTest {
  @TempDir Path folder;

  private static ModelOptions run(String... args) {
    WorkerOptions options = new WorkerOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put("model", "m");
    return WorkerConfig.from(settings).run();
  }

  private String file() {
    try {
      return Files.writeString(
              folder.resolve("worker.properties"),
              "threads=3\nprecision=bf16\ndevice=cpu\nmemory=2GB\n")
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldRunTheModelAsTheFileSays() {
    assertThat(run("--worker-config", file()))
        .isEqualTo(
            new ModelOptions(
                OptionalInt.of(3),
                Precision.BF16,
                ComputeDevice.CPU,
                Optional.of(ByteSize.parse("2GB"))));
  }

  @Test
  void shouldPreferTheOptionsThatAreGiven() {
    assertThat(run("--worker-config", file(), "--precision", "fp32", "--memory", "1500MB"))
        .isEqualTo(
            new ModelOptions(
                OptionalInt.of(3),
                Precision.FP32,
                ComputeDevice.CPU,
                Optional.of(ByteSize.parse("1500MB"))));
    assertThat(run("--worker-config", file(), "--threads", "1", "--device", "auto"))
        .extracting(ModelOptions::threads, ModelOptions::device)
        .containsExactly(OptionalInt.of(1), ComputeDevice.AUTO);
  }

  @Test
  void shouldRunTheModelAsOtherCommandsDoWhereNothingIsGiven() {
    RunOption other = new RunOption();
    new CommandLine(other).parseArgs();

    assertThat(run()).isEqualTo(other.options());
  }

  @Test
  void shouldNameTheOptionThatIsNoSize() {
    assertThatThrownBy(() -> run("--memory", "much"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("--memory");
  }
}
