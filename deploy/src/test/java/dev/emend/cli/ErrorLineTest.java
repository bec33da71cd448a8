package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorLineTest {

  @Test
  void shouldPrintOneLineAndExitWithOneWhenWorkFails() {
    CommandRun run =
        failing(new Fault(FaultCode.SAFETENSORS_CORRUPT, "model.safetensors ends\nearly"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("emend: SAFETENSORS_CORRUPT: model.safetensors ends early\n");
  }

  @Test
  void shouldExitWithTwoWhenFaultIsWrongUsage() {
    assertThat(failing(new Fault(FaultCode.USAGE, "no such layer")).exitCode()).isEqualTo(2);
  }

  @Test
  void shouldShowTraceOnDemand() {
    CommandRun run = failing(new Fault(FaultCode.NUMERICS, "bad"), EmendCommand.VERBOSE);

    assertThat(run.err()).startsWith("emend: NUMERICS: bad\n").contains("at dev.emend.cli");
  }

  @Test
  void shouldNameFileThatIsMissing() {
    CommandRun run = failing(new UncheckedIOException(new NoSuchFileException("/no/where")));

    assertThat(run.err()).isEqualTo("emend: FILE_NOT_FOUND: /no/where does not exist\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void shouldNameBrokerThatDoesNotAnswer() {
    CommandRun run = failing(new TimeoutException("no answer"));

    assertThat(run.err()).isEqualTo("emend: BROKER_UNAVAILABLE: Kafka: no answer\n");
  }

  @Test
  void shouldFindFaultInsideOtherFailures() {
    CommandRun run = failing(new IllegalStateException(new Fault(FaultCode.TIMEOUT, "late")));

    assertThat(run.err()).isEqualTo("emend: TIMEOUT: late\n");
  }

  @Test
  void shouldCallUnknownFailuresOurOwn() {
    CommandRun run = failing(new IllegalStateException("odd"));

    assertThat(run.err()).startsWith("emend: INTERNAL: IllegalStateException: odd").hasLineCount(1);
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenOptionIsUnknown() {
    CommandRun run = CommandRun.of("--no-such-option");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("emend: USAGE: Unknown option").hasLineCount(1);
  }

  @Test
  void shouldListCommandsWhenNoneIsNamed() {
    CommandRun run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("Usage: emend");
  }

  @Command(name = "fail")
  private record Failing(RuntimeException failure) implements Callable<Integer> {
    @Override
    public Integer call() {
      throw failure;
    }
  }

  private static CommandRun failing(RuntimeException failure, String... args) {
    CommandLine command = EmendCommand.commandLine();
    command.addSubcommand(new Failing(failure));
    ErrorLine errors = new ErrorLine(() -> args.length > 0);
    command.setExecutionExceptionHandler(errors);
    return CommandRun.of(command, "fail");
  }
}
