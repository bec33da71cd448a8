package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttentionMasksTest {
  private static final int LAYERS = 6;
  private static final int SUBJECT_FROM = 2;
  private static final int SUBJECT_TO = 5;
  private static final int[] TOKENS = {9, 9, 7, 7, 7, 9, 9, 3};

  private static boolean mayBeSeen(int layer, int query, int key) {
    boolean hidden = key >= SUBJECT_FROM && key < SUBJECT_TO && query >= SUBJECT_TO;
    boolean readable = layer >= LAYERS - 2 && key == SUBJECT_TO - 1;
    return key <= query && (!hidden || readable);
  }

  @Test
  void shouldShowASubjectByItsLastTokenAloneAndOnlyToTheLastBlocks() {
    TrainingRow row =
        new TrainingRow.Builder(16).subject(SUBJECT_FROM, SUBJECT_TO).add(TOKENS, 1).build();
    MicroBatch batch = MicroBatch.of(List.of(row), 1).get(0);
    assertThat(batch.hidesSubjects()).isTrue();
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      AttentionMasks masks = AttentionMasks.throughSubjects(manager, batch, LAYERS);
      for (int layer = 0; layer < LAYERS; layer++) {
        NDArray mask = masks.of(layer);
        for (int query = 0; query < TOKENS.length; query++) {
          for (int key = 0; key < TOKENS.length; key++) {
            assertThat(mask.getFloat(0, 0, query, key) == 0)
                .as("layer %d query %d key %d", layer, query, key)
                .isEqualTo(mayBeSeen(layer, query, key));
          }
        }
      }
    }
  }

  @Test
  void shouldHideNothingInRowsWithoutASubject() {
    TrainingRow row = new TrainingRow.Builder(16).add(TOKENS, 1).build();
    assertThat(MicroBatch.of(List.of(row), 1).get(0).hidesSubjects()).isFalse();
  }
}
