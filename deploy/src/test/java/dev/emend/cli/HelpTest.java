package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "publish",
        "subscribe",
        "sync",
        "redrive",
        "versions",
        "promote",
        "facts",
        "diff",
        "audit",
        "retract",
        "keys",
        "acl",
        "rollback",
        "compact",
        "rebase",
        "ask",
        "serve",
        "edit",
        "eval",
        "stats",
        "tune",
        "train",
        "parity",
        "bench"
      })
  void shouldExplainEachCommand(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: emend " + command).contains("--verbose");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continual", "delta", "edit", "precision", "solve"})
  void shouldExplainEachMeasurement(String command) {
    CommandRun run = CommandRun.of("bench", command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: emend bench " + command).contains("--report");
  }

  @Test
  void shouldListAllCommands() {
    assertThat(CommandRun.of("--help").out())
        .contains("demo", "up", "publish", "subscribe", "sync", "versions", "ask", "serve")
        .contains("edit", "eval", "stats", "tune", "train", "parity", "bench");
  }
}
