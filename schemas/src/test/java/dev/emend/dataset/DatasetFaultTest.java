package dev.emend.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFaultTest {
  private static final String FACT =
      "{\"subject\":\"France\",\"relation\":\"capital\",\"prompt\":\"Capital of {} is\","
          + "\"object\":\"Lyon\"}";

  @TempDir Path folder;

  @Test
  void shouldNameFileAndLineOfWhatIsNotJson() throws IOException {
    refused(
        (FACT + "\n").repeat(16) + "{\"subject\":",
        FaultCode.JSON_INVALID,
        "facts.jsonl line 17: not JSON: ");
    refused("[\n" + FACT + ",\n" + FACT + "\n", FaultCode.JSON_INVALID, "line ");
    refused("[\n" + FACT + "\n]\n" + FACT, FaultCode.JSON_INVALID, "more after the end");
    refused(FACT + " " + FACT, FaultCode.JSON_INVALID, "line 1: not JSON");
    refused("17\n", FaultCode.JSON_INVALID, "line 1: not a JSON object");
    refused("[\n" + FACT + ",\n5]", FaultCode.JSON_INVALID, "line 3: not a JSON object");
    refused("{\"a\":1}", FaultCode.JSON_INVALID, "no known schema");
  }

  @Test
  void shouldNameTheFieldThatIsMissingOrOfTheWrongType() throws IOException {
    refused(changed("\"France\"", "7"), FaultCode.JSON_INVALID, "line 1: field subject is number");
    refused(changed("\"subject\"", "\"s\""), FaultCode.JSON_INVALID, "field subject is missing");
    refused(changed("}", ",\"paraphrases\":[1]}"), FaultCode.JSON_INVALID, "field paraphrases");
    refused(changed("}", ",\"neighbours\":\"x\"}"), FaultCode.JSON_INVALID, "field neighbours");
    refused(changed("}", ",\"event_id\":true}"), FaultCode.JSON_INVALID, "field event_id");
    refused(
        "{\"requested_rewrite\":[]}", FaultCode.JSON_INVALID, "field requested_rewrite is array");
  }

  @Test
  void shouldRefuseFactsThatNobodyCouldWrite() throws IOException {
    refused(changed("Lyon", "  "), FaultCode.FACT_INVALID, "line 1: object is empty");
    refused(changed("\"Lyon\"", "null"), FaultCode.FACT_INVALID, "object is empty");
    refused(changed("France", ""), FaultCode.FACT_INVALID, "subject is empty");
    refused(changed("{} ", ""), FaultCode.SUBJECT_NOT_IN_PROMPT, "has no {}");
    refused(changed("{} ", "{} {} "), FaultCode.SUBJECT_NOT_IN_PROMPT, "more than one {}");
    refused(changed("}", ",\"op\":\"DROP\"}"), FaultCode.FACT_INVALID, "ASSERT or RETRACT");
    refused(changed("}", ",\"valid_to\":\"soon\"}"), FaultCode.FACT_INVALID, "valid_to: 'soon'");
    refused(
        "{\"prompt\":\"Rome is\",\"subject\":\"Paris\",\"target_new\":\"x\"}",
        FaultCode.SUBJECT_NOT_IN_PROMPT,
        "the subject 'Paris' does not occur");
  }

  @Test
  void shouldSayWhichLineIsNotUtf8() throws IOException {
    Path path = folder.resolve("facts.jsonl");
    Files.write(path, new byte[] {'\n', '"', (byte) 0xc3, '"', '\n'});
    assertThatThrownBy(() -> DatasetReader.readAll(path)).hasMessageEndingWith("line 2: not UTF-8");
  }

  @Test
  void shouldSayThatAFileDoesNotExist() {
    assertThatThrownBy(() -> DatasetReader.readAll(folder.resolve("none.jsonl")))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_FOUND));
  }

  @Test
  void shouldReadOrRefuseMutatedFilesButNeverBreak() throws IOException {
    Random random = new Random(99);
    byte[] good = (FACT + "\n[" + FACT + "]").getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve("facts.jsonl");
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = Arrays.copyOfRange(good, random.nextInt(3) * 50, good.length);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      Files.write(path, bytes);
      try {
        assertThat(DatasetReader.readAll(path)).isNotNull();
      } catch (Fault e) {
        assertThat(e).hasMessageContaining("facts.jsonl line ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  /** The fact with the first occurrence of a text replaced, from the end for a closing brace. */
  private static String changed(String from, String to) {
    int at = from.equals("}") ? FACT.lastIndexOf(from) : FACT.indexOf(from);
    return FACT.substring(0, at) + to + FACT.substring(at + from.length());
  }

  private void refused(String text, FaultCode code, String reason) throws IOException {
    Path path = folder.resolve("facts.jsonl");
    Files.writeString(path, text);
    assertThatThrownBy(() -> DatasetReader.readAll(path))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessageContaining(reason)
        .hasMessageContaining("facts.jsonl line ");
  }
}
