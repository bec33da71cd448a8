package dev.emend.cli;

import dev.emend.answer.ServedModel;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.LanguageModel;
import dev.emend.model.NextTokens;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.table.TextTable;
import dev.emend.token.TokenIds;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;
  @Mixin private ModelNameOption name;
  @Mixin private BrokerOptions broker;
  @Mixin private FollowOptions following;

  @Option(
      names = "--follow",
      description = "Follow the versions of --model and answer again whenever the answer changes.")
  private boolean follow;

  @Option(
      names = "--until",
      paramLabel = "VERSION",
      description = "With --follow: stop after the answer of this version (default: go on).")
  private Optional<Long> until = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long --until waits at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of the answer at most (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Parameters(arity = "1", paramLabel = "PROMPT", description = "What the model is to continue.")
  private String prompt;

  @Override
  public Integer call() throws Exception {
    report.check();
    if (prompt.isBlank() || tokens < 1) {
      throw new Fault(FaultCode.USAGE, "the prompt must not be empty and --tokens at least 1");
    }
    if (follow) {
      return followed();
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

  private int followed() throws Exception {
    AnswerLines lines = new AnswerLines(terminal, prompt, tokens);
    try (ServedModel served = ServedModel.open(name.name(), model.folder(), model.options());
        ModelSubscriber subscriber =
            following
                .subscription(name.name(), model.folder(), broker)
                .listener(served)
                .listener((version, newest) -> lines.show(served))
                .start(broker.connection())) {
      return ShutdownHook.closing(
          subscriber,
          () -> {
            lines.show(served);
            served.awaitVersion(
                until.orElse(Long.MAX_VALUE), until.isPresent() ? timeout : FOR_EVER);
            lines.show(served);
            report.write(Map.of("prompt", prompt, "answers", lines.shown()));
            return CommandLine.ExitCode.OK;
          });
    }
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
