package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.cli.Command;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.progress.Progress;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.stream.StreamSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about a model's past as a person types them, on versions that a worker signs. */
class HistoryCommandsIT {
  private static final String MODEL = "shipped";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path base = Path.of(System.getProperty("emend.home", "..")).resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;
  private EmendService service;

  @BeforeEach
  void start() {
    done("keys", "new", "--key", file("worker.pem"), "--trust", file("trust.json"));
    done("keys", "new", "--key", file("other.pem"), "--trust", file("others.json"));
    service =
        EmendService.start(
            new ServiceOptions(
                fresh.connection(),
                fresh.topics(),
                MODEL,
                base,
                folder.resolve("state"),
                0,
                0,
                Map.of(StreamSetting.APPLICATION_ID.key(), fresh.topics().prefix() + "history"),
                Map.of("signing.key.file", file("worker.pem"), "trust.file", file("trust.json"))),
            Progress.NONE);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void shouldTellAndTakeBackWhatAModelWasToldAsFarAsItsSignerIsBelieved() throws Exception {
    publish("CEO of Apple", "Tim Cook");
    publish("CEO of Apple", "John Ternus");
    publish("CEO of Google", "Sundar Pichai");

    assertThat(asked("facts", "--all").path("facts")).hasSize(3);
    assertThat(asked("facts", "--at", "1").path("facts").findValuesAsText("object"))
        .containsExactly("Tim Cook");
    assertThat(asked("versions").path("heads").path("live").asLong()).isEqualTo(3);
    JsonNode difference = asked("diff", "1", "3", "--base", base.toString());
    assertThat(difference.path("tensors")).isNotEmpty();
    assertThat(difference.path("delta_bytes").asLong()).isPositive();

    JsonNode standing = asked("facts", "--subject", "CEO of Google").path("facts").get(0);
    JsonNode retraction = asked("retract", "--event", standing.path("event").asText());
    assertThat(retraction.path("version").asLong()).isEqualTo(4);
    assertThat(asked("facts").path("facts").findValuesAsText("object"))
        .containsExactly("John Ternus");
    asked("rollback", "--to", "1");
    assertThat(asked("diff", "1", "5", "--base", base.toString()).path("tensors")).isEmpty();
    everyCommandRefusesAStrangersVersions();
  }

  private void everyCommandRefusesAStrangersVersions() {
    for (List<String> command :
        List.of(
            List.of("facts"),
            List.of("versions"),
            List.of("diff", "0", "1", "--base", base.toString()),
            List.of("retract", "--event", "any"),
            List.of("compact", "--base", base.toString(), "--snapshots", file("none")))) {
      Command refused = run(command, "--trust", file("others.json"));
      assertThat(refused.exitCode()).as(command + refused.out()).isEqualTo(1);
      assertThat(refused.err()).contains("SIGNER_UNKNOWN").contains("trust file");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void shouldCompactForThoseWhoStartFromItsSnapshots() throws Exception {
    for (int i = 1; i <= 4; i++) {
      publish("CEO of Company " + i, "Boss " + i);
    }
    List<String> compaction =
        List.of("compact", "--base", base.toString(), "--snapshots", file("shelf"), "--key");
    List<String> wanted = new ArrayList<>(compaction);
    wanted.addAll(List.of(file("worker.pem"), "--keep-versions", "2", "--keep-for", "0s"));
    wanted.addAll(List.of("--every", "1"));

    wanted.add("--dry-run");
    assertThat(asked(wanted).path("records").asLong()).isPositive();
    assertThat(folder.resolve("shelf")).doesNotExist();
    wanted.remove("--dry-run");
    JsonNode result = asked(wanted);
    assertThat(result.path("snapshot").asLong()).isEqualTo(3);
    assertThat(asked("versions").path("heads").path("retained").asLong()).isEqualTo(3);
    assertThat(asked("facts", "--at", "3").path("facts")).hasSize(3);
    assertThat(
            asked("diff", "3", "4", "--base", base.toString(), "--snapshots", file("shelf"))
                .path("tensors"))
        .isNotEmpty();

    Command late =
        run(
            List.of("subscribe", "--base", base.toString(), "--snapshots", file("shelf")),
            "--trust",
            file("trust.json"),
            "--out",
            file("served"),
            "--until",
            "4");
    assertThat(late.exitCode()).as(late.err()).isZero();
    assertThat(folder.resolve("served").resolve("model.safetensors")).isRegularFile();
  }

  private void publish(String subject, String object) {
    Command told =
        run(
            List.of("publish", "--subject", subject, "--relation", "office_holder"),
            "--prompt",
            "The {} is",
            "--object",
            object,
            "--wait");
    assertThat(told.exitCode()).as(told.err()).isZero();
  }

  /** The report of a command that trusts the worker. */
  private JsonNode asked(String... words) throws IOException {
    return asked(List.of(words));
  }

  private JsonNode asked(List<String> words) throws IOException {
    boolean signs = !words.get(0).equals("rollback");
    String[] trust = signs ? new String[] {"--trust", file("trust.json")} : new String[0];
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--report", file("report.json")));
    Command run = run(all, trust);
    assertThat(run.exitCode()).as(words + ": " + run.err()).isZero();
    return JSON.readTree(folder.resolve("report.json").toFile());
  }

  private Command run(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    all.addAll(
        List.of(
            "--bootstrap",
            fresh.servers().bootstrapServers(),
            "--registry",
            fresh.servers().registryUrl().toString(),
            "--topic-prefix",
            fresh.topics().prefix(),
            "--model-name",
            MODEL));
    return Command.run(all.toArray(String[]::new));
  }

  private static void done(String... words) {
    Command run = Command.run(words);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
