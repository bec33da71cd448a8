package dev.emend.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prompts that would like a tokenizer to explode, to the tokenizer of the shipped model. */
class HostilePromptTest {
  /** As long as the rules of a change let a prompt be. */
  private static final int LONGEST = 8_000;

  @Test
  @Timeout(600)
  void shouldNeverMakeMoreTokensThanBytes() {
    try (Tokenizer tokenizer = Tokenizer.open(Path.of("../deploy/model"))) {
      HostileInput.attack(
          List.of(
              "The mother tongue of {} is".getBytes(StandardCharsets.UTF_8),
              "{} \u00e9t\u00e9 \ud83d\udc68\u200d\ud83d\udc69 \ufdfa"
                  .getBytes(StandardCharsets.UTF_8)),
          List.of(
              "{}",
              "a".repeat(3_000),
              " ".repeat(3_000),
              "\u0301".repeat(500),
              "\ufdfa".repeat(300),
              "\ud83d\udc68\u200d".repeat(200),
              "<|endoftext|>".repeat(50),
              "\u202e",
              "\u0000",
              "0".repeat(2_000)),
          bytes -> tokenise(tokenizer, new String(bytes, StandardCharsets.UTF_8)),
          Fault.class,
          2);
    }
  }

  private static void tokenise(Tokenizer tokenizer, String text) {
    String cut = text.substring(0, Math.min(LONGEST, text.length()));
    LocatedPrompt located = tokenizer.locate(SubjectPrompt.fill(cut, "Danielle Darrieux"));
    int bytes = cut.getBytes(StandardCharsets.UTF_8).length + "Danielle Darrieux".length();
    assertThat(located.ids().length()).isLessThanOrEqualTo(bytes);
  }
}
