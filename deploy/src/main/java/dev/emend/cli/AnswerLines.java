package dev.emend.cli;

import dev.emend.answer.Answer;
import dev.emend.answer.ServedModel;
import java.util.ArrayList;
import java.util.List;

/** A line whenever a model's answer to one prompt has changed. Thread-safe. */
final class AnswerLines {
  private final Terminal terminal;
  private final String prompt;
  private final int tokens;
  private final List<Shown> shown = new ArrayList<>();

  /**
   * An answer with the first version that gave it.
   *
   * @param version number of the version
   * @param answer continuation of the prompt
   */
  record Shown(long version, String answer) {}

  AnswerLines(Terminal terminal, String prompt, int tokens) {
    this.terminal = terminal;
    this.prompt = prompt;
    this.tokens = tokens;
  }

  /** Asks, and shows the answer unless it is the last one shown. */
  synchronized void show(ServedModel model) {
    Answer answer = model.answer(prompt, tokens);
    boolean isKnown =
        !shown.isEmpty() && shown.get(shown.size() - 1).answer().equals(answer.text());
    if (!isKnown) {
      shown.add(new Shown(answer.version().version(), answer.text()));
      terminal.say("version " + answer.version().version() + ": " + prompt + answer.text());
    }
  }

  /** All that was shown. */
  synchronized List<Shown> shown() {
    return List.copyOf(shown);
  }
}
