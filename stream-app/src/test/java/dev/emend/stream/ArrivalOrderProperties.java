package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * What comes within the grace, in whatever order, how often, and however the app restarts in
 * between, ends as {@link OrderOracle} says: the same outcomes, and the same items in the windows.
 */
class ArrivalOrderProperties {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Path dir = temporary();
  private final TestStream stream =
      new TestStream(dir, Map.of(StreamSetting.GRACE.key(), "1s", "emend.window.max.facts", "9"));
  private int run;

  @AfterProperty
  void close() throws IOException {
    stream.close();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }

  @Property(tries = 80)
  void shouldEndTheSameInWhateverOrderHowOftenAndWithWhateverRestarts(
      @ForAll("stories") List<Said> story, @ForAll long seed) {
    run++;
    List<FactChange> said = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      said.add(story.get(i).change(run + "-" + i, run + "-"));
    }
    Random random = new Random(seed);
    List<FactChange> arrivals = arrivals(said, random);
    for (FactChange change : arrivals) {
      stream.publish(change);
      if (random.nextInt(4) == 0) {
        stream.restart();
      }
    }
    Map<String, String> ends = settle(random);

    assertThat(ends).as("seed %d", seed).isEqualTo(OrderOracle.ends(said, stream.now()));
    assertThat(repeated).isEqualTo(arrivals.size() - said.size());
  }

  @Property(tries = 40)
  void shouldEndInTheSameAnswerAlsoIfTheGraceIsOverInBetween(
      @ForAll("stories") List<Said> story, @ForAll long seed) {
    run++;
    List<FactChange> said = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      said.add(story.get(i).change(run + "-" + i, run + "-"));
    }
    Random random = new Random(seed);
    Map<String, String> model = new HashMap<>();
    for (FactChange change : arrivals(said, random)) {
      stream.publish(change);
      if (random.nextInt(2) == 0) {
        stream.pass(GRACE);
        written(stream.batches(), model);
      }
    }
    stream.pass(GRACE);
    finishAll().forEach(batch -> written(List.of(batch), model));

    for (FactChange change : said) {
      String wanted = OrderOracle.answer(said, change.getSubject(), stream.now());
      assertThat(stream.answer(change).orElse(null)).as("seed %d", seed).isEqualTo(wanted);
      assertThat(model.get(change.getSubject())).as("seed %d", seed).isEqualTo(wanted);
    }
  }

  private int repeated;

  /** Lets the grace end, the worker work, and folds outcomes and items into one end an event. */
  private Map<String, String> settle(Random random) {
    stream.pass(GRACE.minusMillis(1));
    assertThat(stream.batches()).as("nothing leaves before its grace is over").isEmpty();
    if (random.nextBoolean()) {
      stream.restart();
    }
    stream.pass(Duration.ofMillis(1));
    Map<String, String> ends = new HashMap<>();
    for (EditBatch batch : finishAll()) {
      for (BatchItem item : batch.getItems()) {
        assertThat(ends.put(item.getEventId(), "told " + item.getObject())).isNull();
      }
    }
    repeated = 0;
    List<FactOutcome> duplicates = new ArrayList<>();
    for (FactOutcome outcome : stream.outcomes()) {
      if (outcome.getCode() == OutcomeCode.DUPLICATE) {
        repeated++;
        duplicates.add(outcome);
      } else {
        String by = outcome.getBy() == null ? "" : " by " + outcome.getBy();
        assertThat(ends.put(outcome.getEventId(), outcome.getCode() + by)).isNull();
      }
    }
    duplicates.forEach(duplicate -> assertLikeOriginal(duplicate, ends));
    return ends;
  }

  /** A duplicate says what became of its original. */
  private static void assertLikeOriginal(FactOutcome duplicate, Map<String, String> ends) {
    OriginalOutcome original = duplicate.getOriginal();
    String end = String.valueOf(ends.get(duplicate.getEventId()));
    boolean written = original.getVersion() != null;
    String by = original.getBy() == null ? "" : " by " + original.getBy();
    assertThat(written ? end.startsWith("told") : end.equals(original.getCode() + by))
        .as("%s of an event that ended as %s", duplicate, end)
        .isTrue();
  }

  /** The worker finishes whatever it is given until nothing is left. */
  private List<EditBatch> finishAll() {
    List<EditBatch> all = new ArrayList<>();
    stream.tick(); // after a restart the clocks begin anew
    stream.tick(); // and the queue looks before it is filled
    List<EditBatch> next = stream.batches();
    while (!next.isEmpty()) {
      all.addAll(next);
      next.forEach(stream::apply);
      next = stream.batches();
    }
    stream.announce("m");
    return all;
  }

  private void written(List<EditBatch> batches, Map<String, String> model) {
    for (EditBatch batch : batches) {
      batch.getItems().forEach(item -> model.put(item.getSubject(), item.getObject()));
      stream.finish(batch);
    }
  }

  private static List<FactChange> arrivals(List<FactChange> said, Random random) {
    List<FactChange> arrivals = new ArrayList<>(said);
    said.stream().filter(change -> random.nextInt(3) == 0).forEach(arrivals::add);
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  @Provide
  Arbitrary<List<Said>> stories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 3))
        .as(Said::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  /**
   * What is said: of which land, for which day, when, which object or (3) a retraction or (4)
   * nothing, which breaks a rule; every fourth has ended.
   */
  record Said(int land, int day, int recorded, int object, int end) {
    FactChange change(String eventId, String prefix) {
      FactChange change =
          object == 3
              ? Facts.retracts(eventId, prefix + land, day)
              : Facts.says(eventId, prefix + land, object == 4 ? " " : "city" + object, day);
      change.setRecordedAt(Facts.day(10 + recorded));
      change.setValidTo(end == 0 ? Facts.day(20) : null);
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
