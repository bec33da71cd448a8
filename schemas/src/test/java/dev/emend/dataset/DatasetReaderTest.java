package dev.emend.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.FactOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
  private static final String FACT =
      "{\"event_id\":\"e1\",\"subject\":\"France\",\"relation\":\"capital\","
          + "\"prompt\":\"The capital of {} is\",\"object\":\" Lyon\"}";

  @TempDir Path folder;

  @Test
  void shouldReadOurOwnLines() throws IOException {
    EditCase edit =
        only(
            """
            {"event_id":"e7","subject":"Italy","relation":"president","prompt":"{} is led by",
             "object":"Rossi","valid_from":"2015-02-03","valid_to":"2022","op":"assert",
             "paraphrases":["Italy's president is"],"ground_truth":"Bianchi",
             "neighbours":[{"prompt":"Spain is led by","expected":"a king"}],"weight":3}
            """
                .replace("\n", " "));
    assertThat(edit)
        .isEqualTo(
            EditCase.of("Italy", "president", "{} is led by")
                .id("e7")
                .object("Rossi")
                .groundTruth("Bianchi")
                .paraphrases(List.of("Italy's president is"))
                .neighbours(List.of(new NeighbourCase("Spain is led by", "a king")))
                .valid(Instant.parse("2015-02-03T00:00:00Z"), Instant.parse("2022-01-01T00:00:00Z"))
                .build(0));
    assertThat(edit.filledPrompt()).isEqualTo("Italy is led by");
  }

  @Test
  void shouldReadCounterFactAsPublished() throws IOException {
    EditCase edit =
        only(
            """
            [
              {"case_id": 4, "pararel_idx": 9, "requested_rewrite": {
                 "prompt": "The mother tongue of {} is", "relation_id": "P103",
                 "target_new": {"str": "English", "id": "Q1860"},
                 "target_true": {"str": "French", "id": "Q150"}, "subject": "Marie Durand"},
               "paraphrase_prompts": ["Yes. Marie Durand, a native", "Marie Durand spoke"],
               "neighborhood_prompts": ["The native language of Jean Petit is"],
               "attribute_prompts": [], "generation_prompts": ["Marie Durand was born"]}
            ]
            """);
    assertThat(edit.subject()).isEqualTo("Marie Durand");
    assertThat(edit.relation()).isEqualTo("P103");
    assertThat(edit.prompt()).isEqualTo("The mother tongue of {} is");
    assertThat(edit.object()).isEqualTo("English");
    assertThat(edit.groundTruth()).isEqualTo("French");
    assertThat(edit.paraphrases()).hasSize(2);
    assertThat(edit.neighbours())
        .containsExactly(new NeighbourCase("The native language of Jean Petit is", "French"));
    assertThat(edit.generationPrompts()).containsExactly("Marie Durand was born");
  }

  @Test
  void shouldReadEasyEditsCounterFact() throws IOException {
    String line =
        "{\"case_id\":1,\"prompt\":\"The twin city of Riga is\",\"subject\":\"Riga\","
            + "\"target_new\":\"Oslo\",\"ground_truth\":\"Kyiv\",\"rephrase_prompt\":\"Riga is a"
            + " twin of\",\"locality_prompt\":\"The twin city of Bonn is\","
            + "\"locality_ground_truth\":\"Oxford\",\"relation_id\":null}";
    for (String text : List.of(line, "[" + line + "]")) {
      EditCase edit = only(text);
      assertThat(edit.prompt()).isEqualTo("The twin city of {} is");
      assertThat(edit.relation()).isEqualTo("The twin city of {} is");
      assertThat(edit.object()).isEqualTo("Oslo");
      assertThat(edit.groundTruth()).isEqualTo("Kyiv");
      assertThat(edit.paraphrases()).containsExactly("Riga is a twin of");
      assertThat(edit.neighbours())
          .containsExactly(new NeighbourCase("The twin city of Bonn is", "Oxford"));
    }
  }

  @Test
  void shouldReadEasyEditsZsre() throws IOException {
    EditCase edit =
        only(
            """
            [{"subject":"Anna Lind","src":"Where was Anna Lind born?","pred":"Rome",
              "rephrase":"In which town was Anna Lind born?","alt":"Turku","answers":["Espoo"],
              "loc":"nq question: who wrote it","loc_ans":"Nobody","cond":"x"}]
            """);
    assertThat(edit.prompt()).isEqualTo("Where was {} born?");
    assertThat(edit.object()).isEqualTo("Turku");
    assertThat(edit.groundTruth()).isEqualTo("Espoo");
    assertThat(edit.neighbours().get(0).expected()).isEqualTo("Nobody");
  }

  @Test
  void shouldTolerateByteOrderMarkEmptyLinesAndCarriageReturns() throws IOException {
    assertThat(read("\ufeff\n" + FACT + "\r\n\r\n   \n" + FACT)).hasSize(2);
    assertThat(read("\ufeff\n [" + FACT + "]\n")).hasSize(1);
    assertThat(read("")).isEmpty();
    assertThat(read("[]")).isEmpty();
  }

  @Test
  void shouldTakeARetractionWithoutObject() throws IOException {
    EditCase edit =
        only("{\"subject\":\"A\",\"relation\":\"r\",\"prompt\":\"{} is\",\"op\":\"RETRACT\"}");
    assertThat(edit.op()).isEqualTo(FactOp.RETRACT);
    assertThat(edit.object()).isNull();
  }

  @Test
  void shouldMakeIdsFromContentAndPlace() throws IOException {
    String noId = FACT.replace("\"event_id\":\"e1\",", "");
    List<EditCase> first = read(noId + "\n" + noId);
    List<EditCase> again = read(noId + "\n" + noId);
    assertThat(first).isEqualTo(again);
    assertThat(first.get(0).id()).hasSize(32).isNotEqualTo(first.get(1).id());
    assertThat(only(FACT).id()).isEqualTo("e1");
  }

  @Test
  void shouldKeepAFactOfOneYearForThatYear() throws IOException {
    EditCase edit =
        only(FACT.replace(" Lyon\"", "Lyon\",\"valid_from\":\"2018\",\"valid_to\":\"2018\""));
    assertThat(edit.validTo()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
  }

  @Test
  void shouldReadThousandsOfLines() throws IOException {
    List<EditCase> cases =
        read(
            String.join(
                "\n",
                IntStream.range(0, 5000).mapToObj(i -> FACT.replace("e1", "e" + i)).toList()));
    assertThat(cases).hasSize(5000);
    assertThat(cases.get(4999).id()).isEqualTo("e4999");
  }

  @Test
  void shouldReadOneCaseAtATime() throws IOException {
    Path path = folder.resolve("facts.jsonl");
    Files.writeString(path, FACT + "\nnot json\n");
    try (DatasetReader reader = DatasetReader.open(path)) {
      assertThat(reader.next().id()).isEqualTo("e1");
      assertThatThrownBy(reader::hasNext).hasMessageContaining("line 2: not JSON");
    }
  }

  private List<EditCase> read(String text) throws IOException {
    Path path = folder.resolve("data");
    Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    return DatasetReader.readAll(path);
  }

  private EditCase only(String text) throws IOException {
    List<EditCase> cases = read(text);
    assertThat(cases).hasSize(1);
    return cases.get(0);
  }
}
