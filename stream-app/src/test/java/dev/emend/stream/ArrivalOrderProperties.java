package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.stream.state.StandingFact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** The naive oracle: sort everything that was said of a fact, and the last one stands. */
class ArrivalOrderProperties {
  private static final Comparator<FactChange> LATER =
      Comparator.comparing(FactChange::getValidFrom)
          .thenComparing(FactChange::getRecordedAt)
          .thenComparing(FactChange::getEventId);

  private final Path dir = temporary();
  private final TestStream stream = new TestStream(dir);
  private int run;

  @BeforeProperty
  void begin() {
    run = 0;
  }

  @AfterProperty
  void close() throws IOException {
    stream.close();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }

  @Property(tries = 60)
  void shouldEndInTheSameFactsWhateverTheOrderAndHowOftenTheyAreSaid(
      @ForAll("stories") List<Said> story, @ForAll long seed) {
    run++;
    List<FactChange> arrivals = arrivals(story, new Random(seed));
    int half = arrivals.size() / 2;
    arrivals.subList(0, half).forEach(stream::publish);
    stream.tick();
    arrivals.subList(half, arrivals.size()).forEach(stream::publish);
    List<EditBatch> batches = settle();

    Map<String, FactChange> last = oracle(arrivals);
    last.values().forEach(this::assertStands);
    assertAllAccountedForOnce(arrivals, batches, stream.outcomes());
    assertModelHolds(batches, last);
  }

  /** The worker finishes whatever it is given until nothing is left. */
  private List<EditBatch> settle() {
    List<EditBatch> all = new ArrayList<>();
    stream.tick();
    List<EditBatch> next = stream.batches();
    while (!next.isEmpty()) {
      all.addAll(next);
      next.forEach(stream::finish);
      next = stream.batches();
    }
    return all;
  }

  private static Map<String, FactChange> oracle(List<FactChange> said) {
    Map<String, FactChange> last = new HashMap<>();
    for (FactChange change : said) {
      last.merge(change.getSubject(), change, (a, b) -> LATER.compare(a, b) < 0 ? b : a);
    }
    return last;
  }

  private void assertStands(FactChange last) {
    StandingFact standing = stream.standing(last).orElseThrow();
    assertThat(standing.getEventId()).isEqualTo(last.getEventId());
    assertThat(standing.getRetracted()).isEqualTo(last.getOp() == FactOp.RETRACT);
    assertThat(standing.getObject()).isEqualTo(last.getObject());
  }

  /** Each event was either handed to the worker or got one verdict, and never both. */
  private static void assertAllAccountedForOnce(
      List<FactChange> arrivals, List<EditBatch> batches, List<FactOutcome> outcomes) {
    List<String> decided = new ArrayList<>();
    for (EditBatch batch : batches) {
      batch.getItems().forEach(item -> decided.add(item.getEventId()));
    }
    outcomes.stream()
        .filter(outcome -> outcome.getCode() != OutcomeCode.DUPLICATE)
        .forEach(outcome -> decided.add(outcome.getEventId()));
    List<String> events = arrivals.stream().map(FactChange::getEventId).distinct().toList();
    assertThat(decided).containsExactlyInAnyOrderElementsOf(events);
    assertThat(outcomes.size() - (decided.size() - items(batches)))
        .isEqualTo(arrivals.size() - events.size());
  }

  private static int items(List<EditBatch> batches) {
    return batches.stream().mapToInt(batch -> batch.getItems().size()).sum();
  }

  /** Written in the order of the windows, the items leave what the oracle says. */
  private static void assertModelHolds(List<EditBatch> batches, Map<String, FactChange> last) {
    Map<String, String> model = new HashMap<>();
    for (EditBatch batch : batches) {
      for (BatchItem item : batch.getItems()) {
        if (item.getOp() == FactOp.RETRACT) {
          model.remove(item.getSubject());
        } else {
          model.put(item.getSubject(), item.getObject());
        }
      }
    }
    last.forEach((land, change) -> assertThat(model.get(land)).isEqualTo(change.getObject()));
  }

  private List<FactChange> arrivals(List<Said> story, Random random) {
    List<FactChange> arrivals = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      FactChange change = story.get(i).change(run + "-" + i, run + "-");
      arrivals.add(change);
      if (random.nextInt(3) == 0) {
        arrivals.add(change);
      }
    }
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  @Provide
  Arbitrary<List<Said>> stories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3))
        .as(Said::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  /** What is said: of which land, for which day, which object or (3) a retraction, and when. */
  record Said(int land, int day, int recorded, int object) {
    FactChange change(String eventId, String prefix) {
      FactChange change =
          object == 3
              ? Facts.retracts(eventId, prefix + land, day)
              : Facts.says(eventId, prefix + land, "city" + object, day);
      change.setRecordedAt(Facts.day(10 + recorded));
      return change;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("arrival-order");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
