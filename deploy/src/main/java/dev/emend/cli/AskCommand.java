package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.LanguageModel;
import dev.emend.model.NextTokens;
import dev.emend.table.TextTable;
import dev.emend.token.TokenIds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emend ask}. */
@Command(
    name = "ask",
    sortOptions = false,
    description = "Lets a model continue a prompt, and shows the likeliest next tokens.")
final class AskCommand implements Callable<Integer> {
  private static final int GUESSES = 5;

  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of the answer at most (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Parameters(arity = "1", paramLabel = "PROMPT", description = "What the model is to continue.")
  private String prompt;

  @Override
  public Integer call() {
    report.check();
    if (prompt.isBlank() || tokens < 1) {
      throw new Fault(FaultCode.USAGE, "the prompt must not be empty and --tokens at least 1");
    }
    try (LanguageModel opened = model.open()) {
      String answer = opened.answer(prompt, tokens);
      List<Shown> guesses = guesses(opened);
      terminal.say(prompt + answer);
      TextTable table = TextTable.withCellsUpTo(40, "next token", "probability");
      for (Shown guess : guesses) {
        table.row(
            "'" + guess.token() + "'", String.format(Locale.ROOT, "%.4f", guess.probability()));
      }
      table.lines().forEach(terminal::say);
      report.write(Map.of("prompt", prompt, "answer", answer, "top", guesses));
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Shown> guesses(LanguageModel opened) {
    TokenIds ids = opened.tokenizer().encode(prompt).ids();
    return NextTokens.after(ids, opened.decoder(), GUESSES).ranked().stream()
        .map(
            guess ->
                new Shown(
                    opened.tokenizer().decode(TokenIds.of(guess.token())), guess.probability()))
        .toList();
  }

  /** A token as text, with its probability. */
  private record Shown(String token, double probability) {}
}
