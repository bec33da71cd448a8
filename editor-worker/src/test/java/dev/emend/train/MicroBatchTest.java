package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class MicroBatchTest {
  private static List<TrainingRow> rows(Random random, int count) {
    List<TrainingRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] asked = random.ints(1 + random.nextInt(20), 1, 50).toArray();
      int[] told = random.ints(1 + random.nextInt(3), 1, 50).toArray();
      rows.add(new TrainingRow.Builder(64).add(asked, 0).add(told, 0.5).build());
    }
    return rows;
  }

  @RepeatedTest(10)
  void shouldKeepEveryRowAndEveryTarget(RepetitionInfo info) {
    List<TrainingRow> rows = rows(new Random(info.getCurrentRepetition()), 57);
    List<MicroBatch> batches = MicroBatch.of(rows, 3);
    assertThat(batches).hasSizeBetween(1, 3);
    assertThat(batches.stream().flatMap(batch -> batch.members().stream()))
        .containsExactlyInAnyOrderElementsOf(rows);
    for (MicroBatch batch : batches) {
      assertTargets(batch);
    }
  }

  private static void assertTargets(MicroBatch batch) {
    int n = 0;
    for (int r = 0; r < batch.members().size(); r++) {
      TrainingRow row = batch.members().get(r);
      for (TrainingRow.Target target : row.targets()) {
        int before = r * batch.width() + target.position() - 1;
        assertThat(batch.places()[n]).isEqualTo(before);
        assertThat(batch.tokens()[before]).isEqualTo(row.token(target.position() - 1));
        assertThat(batch.wanted()[n]).isEqualTo(row.token(target.position()));
        n++;
      }
    }
    assertThat(batch.weight()).isCloseTo(n * 0.5, within(1e-9));
  }

  @Test
  void shouldMakeBatchesOfLikeSize() {
    List<MicroBatch> batches = MicroBatch.of(rows(new Random(1), 400), 4);
    int largest = batches.stream().mapToInt(b -> b.rows() * b.width()).max().orElseThrow();
    int smallest = batches.stream().mapToInt(b -> b.rows() * b.width()).min().orElseThrow();
    assertThat(smallest).isGreaterThan(largest / 2);
  }
}
