package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.sink.HuggingFaceFolderSink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a kept folder holds, and how a subscription goes on from it. */
@Timeout(120)
class SubscriberFolderTest extends SubscriberCase {
  @Test
  void shouldFillItsFolderWithTheBaseModelBeforeTheFirstVersionComes() {
    Path kept = folder.resolve("kept");
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
      assertThat(subscriber.current().version().version()).isZero();
    }
  }

  @Test
  void shouldGoOnFromItsFolderEvenWhenTheOldRecordsAreGone() throws Exception {
    Path kept = folder.resolve("kept");
    publish(3);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(3, LONG);
    }
    log.deleteAll();
    publish(1);

    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      assertThat(subscriber.current().version().version()).isEqualTo(3);
      subscriber.awaitVersion(4, LONG);
      expectSameWeights(subscriber.current());
    }
    assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
  }

  @Test
  void shouldGoOnFromItsFolderWhenTheCrashCameBetweenWeightsAndPosition() throws Exception {
    Path kept = folder.resolve("kept");
    publish(2);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(2, LONG);
    }
    Path position = kept.resolve(".emend-position.json");
    Files.writeString(
        position, Files.readString(position).replaceAll("\"version\":2", "\"version\":1"));
    publish(1);

    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(3, LONG);
      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldKeepAFolderThatAlwaysHoldsAWholeVersion() throws Exception {
    Path out = folder.resolve("out");
    publish(3);
    try (ModelSubscriber subscriber =
        start(subscriber().listener(new HuggingFaceFolderSink(out)))) {
      subscriber.awaitVersion(3, LONG);
    }

    ModelDelta unchanged = worker.next().delta();
    ModelState found = ModelSnapshot.open("m", out);
    assertThat(found.version().version()).isEqualTo(unchanged.getParent());
    assertThat(found.version().digest().buffer()).isEqualTo(unchanged.getParentDigest());
  }
}
