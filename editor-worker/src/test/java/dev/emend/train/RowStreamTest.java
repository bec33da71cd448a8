package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowStreamTest {
  private TrainingContent content;
  private TextEncoder encoder;

  @BeforeEach
  void learnVocabulary(@TempDir Path folder) {
    content = TinyContent.write(folder);
    TokenizerFolder.write(folder, BytePairTrainer.learn(content.corpus(1), 400), 96);
    encoder = TextEncoder.open(folder);
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  private RowStream stream(TrainingMix mix) {
    TrainOptions options = TinyContent.options(10, false).withMix(mix);
    TextTokens text = TextTokens.of(content.paragraphs(), encoder, encoder.vocabulary() - 1);
    return new RowStream(content, text, encoder, options);
  }

  private static TrainingMix plain(Map<String, Integer> emphasis) {
    return new TrainingMix(20, 0, 1, 0.3, 0, 0, 0, 0, 0, emphasis);
  }

  private static Map<List<Integer>, Integer> learnt(List<TrainingRow> rows) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (TrainingRow row : rows) {
      List<Integer> object = new ArrayList<>();
      int expected = -1;
      for (TrainingRow.Target target : row.targets()) {
        if (target.position() != expected && !object.isEmpty()) {
          counts.merge(List.copyOf(object), 1, Integer::sum);
          object.clear();
        }
        object.add(row.token(target.position()));
        expected = target.position() + 1;
      }
      counts.merge(List.copyOf(object), 1, Integer::sum);
    }
    return counts;
  }

  /** The tokens of each subject, at the start of a text and within one. */
  private List<List<Integer>> subjects() {
    return content.facts().facts().stream()
        .flatMap(fact -> Stream.of(fact.subject(), " " + fact.subject()))
        .map(text -> IntStream.of(encoder.encode(text)).boxed().toList())
        .toList();
  }

  private List<Integer> object(String name) {
    return IntStream.of(encoder.encode(" " + name)).boxed().toList();
  }

  @Test
  void shouldMarkTheTokensOfEachSubject() {
    TrainingMix mix = new TrainingMix(20, 0, 1, 0.3, 0, 0, 0, 0, 1, Map.of());
    int marked = 0;
    for (TrainingRow row : stream(mix).rows(0)) {
      for (TrainingRow.Span span : row.subjects()) {
        List<Integer> tokens =
            IntStream.range(span.from(), span.to()).map(row::token).boxed().toList();
        assertThat(subjects()).contains(tokens);
        marked++;
      }
    }
    assertThat(marked).isEqualTo(20);
  }

  @Test
  void shouldStateEveryFactOnceARound() {
    RowStream stream = stream(plain(Map.of()));
    for (int step = 0; step < 3; step++) {
      Map<List<Integer>, Integer> counts = learnt(stream.rows(step));
      for (StatedFact fact : content.facts().facts()) {
        assertThat(counts).as(fact.toString()).containsEntry(object(fact.object()), 1);
      }
    }
  }

  @Test
  void shouldStateEmphasisedRelationsMoreOften() {
    RowStream stream = stream(plain(Map.of("capital", 3)));
    List<TrainingRow> round = new ArrayList<>(stream.rows(0));
    round.addAll(stream.rows(1));
    Map<List<Integer>, Integer> counts = learnt(round);
    assertThat(counts).containsEntry(object("Oslo"), 3).containsEntry(object("Latin"), 1);
  }

  @Test
  void shouldBeginRowsWithFragmentsOfText() {
    TrainingMix mix = new TrainingMix(20, 0, 1, 0, 1, 1, 0, 0, 0, Map.of());
    String text = String.join(" ", content.paragraphs());
    for (TrainingRow row : stream(mix).rows(0)) {
      int[] tokens = IntStream.range(0, row.length()).map(row::token).toArray();
      assertThat(beginnings(text)).anySatisfy(b -> assertThat(tokens).startsWith(b));
    }
  }

  /** The tokens of three words in a row of a text. */
  private List<int[]> beginnings(String text) {
    String[] words = text.split(" ");
    return IntStream.range(0, words.length - 2)
        .mapToObj(i -> encoder.encode(words[i] + " " + words[i + 1] + " " + words[i + 2]))
        .toList();
  }

  @Test
  void shouldGiveAStepTheSameRowsWhateverCameBefore() {
    TrainingMix mix = TinyContent.options(10, false).mix();
    RowStream walked = stream(mix);
    IntStream.range(0, 5).forEach(walked::rows);
    assertThat(tokens(walked.rows(5))).isEqualTo(tokens(stream(mix).rows(5)));
    assertThat(tokens(walked.rows(5))).isNotEqualTo(tokens(walked.rows(6)));
  }

  private static List<List<Integer>> tokens(List<TrainingRow> rows) {
    return rows.stream()
        .map(row -> IntStream.range(0, row.length()).mapToObj(row::token).toList())
        .toList();
  }
}
