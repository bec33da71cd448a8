package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerFile;
import dev.emend.ledger.StandingFact;
import dev.emend.progress.Progress;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of an editor from one start to the next, and what makes it unusable. */
final class KeptMemoryTest {
  private static final Digest32 VERSION = digest("version");

  @TempDir Path folder;
  private TinyEditor tiny;
  private Path file;
  private List<StandingFact> ledger = List.of();

  @BeforeEach
  void open() {
    tiny = TinyEditor.open(folder.resolve("model"));
    file = folder.resolve("state").resolve("memory");
    ledger = List.of(told("Russ", "Bonn"), told("The tower", "Rome"));
    tiny.editor().keep(file);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private StandingFact told(String subject, String object) {
    EditRequest fact = new EditRequest.Assert(subject, "{} is in the city of", subject, object);
    try (StagedWindow window = tiny.editor().stage(List.of(fact), Progress.NONE)) {
      window.commit();
      EditedFact edited = window.result().written().get(0);
      return new StandingFact(
          subject,
          "event",
          subject,
          "city",
          "{} is in the city of",
          object,
          null,
          1,
          edited.target().z(),
          edited.layers(),
          null,
          null,
          Instant.EPOCH,
          "test");
    }
  }

  private static Digest32 digest(String text) {
    return Digest32.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldGoOnFromAKeptMemoryAsIfItHadNeverStopped() {
    float[] straight = weightAfterRetracting();
    try (TinyEditor fresh = TinyEditor.open(folder.resolve("again"))) {
      fresh.model().decoder().downProjection(0).replace(edited(0));
      fresh.model().decoder().downProjection(1).replace(edited(1));
      assertThat(fresh.editor().restore(ledger, file)).isTrue();
      try (StagedWindow window =
          fresh.editor().stage(List.of(new EditRequest.Retract("Russ")), Progress.NONE)) {
        assertThat(window.result().retracted()).containsExactly("Russ");
        assertThat(fresh.weight(0)).isEqualTo(straight);
      }
    }
  }

  private float[] weightAfterRetracting() {
    try (StagedWindow window =
        tiny.editor().stage(List.of(new EditRequest.Retract("Russ")), Progress.NONE)) {
      assertThat(window.result().retracted()).hasSize(1);
      return tiny.weight(0);
    }
  }

  private float[] edited(int layer) {
    return tiny.weight(layer);
  }

  @Test
  void shouldNotUseTheMemoryOfOtherFacts() {
    assertThat(tiny.editor().restore(ledger.subList(0, 1), file)).isFalse();
    assertThat(tiny.editor().standing("Russ")).hasSize(2);
    assertThat(tiny.editor().standing("The tower")).isEmpty();
  }

  @Test
  void shouldNotUseADamagedOrShortenedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] damaged = bytes.clone();
    damaged[bytes.length / 2] ^= 1;
    Files.write(file, damaged);
    assertThat(tiny.editor().restore(ledger, file)).isFalse();
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
    assertThat(tiny.editor().restore(ledger, file)).isFalse();
    Files.delete(file);
    assertThat(tiny.editor().restore(ledger, file)).isFalse();
    Files.write(file, bytes);
    assertThat(tiny.editor().restore(ledger, file)).isTrue();
  }

  @Test
  void shouldReadTheLedgerOfTheSameVersionOnly() throws IOException {
    Path kept = folder.resolve("ledger");
    LedgerFile.write(kept, "tiny", VERSION, FactLedger.of(ledger));

    assertThat(LedgerFile.read(kept, VERSION).orElseThrow().facts())
        .isEqualTo(FactLedger.of(ledger).facts());
    assertThat(LedgerFile.read(kept, digest("another"))).isEmpty();
    byte[] bytes = Files.readAllBytes(kept);
    bytes[bytes.length - 50] ^= 1;
    Files.write(kept, bytes);
    assertThat(LedgerFile.read(kept, VERSION)).isEmpty();
    assertThat(LedgerFile.read(folder.resolve("missing"), VERSION)).isEmpty();
  }
}
