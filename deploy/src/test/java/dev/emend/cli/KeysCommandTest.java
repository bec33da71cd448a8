package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @TempDir private Path folder;

  private CommandRun newKey(String name, String... more) {
    String[] args = new String[6 + more.length];
    String[] first = {
      "keys", "new", "--key", path(name), "--trust", path("trust.json"),
    };
    System.arraycopy(first, 0, args, 0, first.length);
    System.arraycopy(more, 0, args, first.length, more.length);
    return CommandRun.of(args);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void shouldMakeAKeyAndATrustFileThatBelievesIt() throws IOException {
    CommandRun run = newKey("a.pem", "--note", "worker a");

    SigningKey key = SigningKey.read(folder.resolve("a.pem"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(key.id()).doesNotContain(pemBody("a.pem"));
    assertThat(Trust.read(folder.resolve("trust.json")).knows(key.id())).isTrue();
  }

  private String pemBody(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).get(1);
  }

  @Test
  void shouldRotateFromOneKeyToTheNext() {
    newKey("a.pem");
    String old = SigningKey.read(folder.resolve("a.pem")).id();
    assertThat(newKey("b.pem", "--from-version", "41").exitCode()).isZero();
    CommandRun retired =
        CommandRun.of("keys", "retire", old, "--trust", path("trust.json"), "--last-version", "40");
    CommandRun list = CommandRun.of("keys", "list", "--trust", path("trust.json"));

    assertThat(retired.exitCode()).as(retired.err()).isZero();
    assertThat(list.out())
        .contains(old + " heads,versions of all models, versions 0 to 40")
        .contains("versions 41 on");
  }

  @Test
  void shouldNotOverwriteAKey() {
    newKey("a.pem");
    CommandRun again = newKey("a.pem");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("never overwritten");
    CommandRun list = CommandRun.of("keys", "list", "--trust", path("trust.json"));
    assertThat(list.out().lines()).hasSize(1);
  }

  @Test
  void shouldSayWhichKeyIsNotThere() {
    newKey("a.pem");
    CommandRun run =
        CommandRun.of(
            "keys", "retire", "abc", "--trust", path("trust.json"), "--last-version", "1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no key abc");
  }
}
