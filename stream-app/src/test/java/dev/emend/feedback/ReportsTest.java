package dev.emend.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.CanaryScores;
import dev.emend.event.EditFeedback;
import dev.emend.event.PhaseSeconds;
import dev.emend.schedule.Report;
import dev.emend.schedule.learn.Phase;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowLoad;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportsTest {
  @Test
  void shouldReadEveryFigureOfAWindow() {
    Report report = Reports.of(feedback(30, 2, 0.9, 32));
    assertThat(report.sequence()).isEqualTo(7);
    assertThat(report.queued()).isEqualTo(0.2);
    assertThat(report.stock()).isEqualTo(130);
    assertThat(report.window().load()).isEqualTo(new WindowLoad(32, 400, 21));
    assertThat(report.window().stock()).isEqualTo(100);
    assertThat(report.window().seconds()).isEqualTo(2.5);
    assertThat(report.window().phases()).containsEntry(Phase.TARGETS, 1.5);
    assertThat(report.window().peakBytes()).isEqualTo(1L << 30);
    assertThat(report.window().effect().efficacy()).isEqualTo(new Share(0.9, 32));
    assertThat(report.window().effect().locality().known()).isFalse();
  }

  @Test
  void shouldTakeAShareWithoutItsCountForUnknown() {
    Report report = Reports.of(feedback(30, 2, 0.9, 0));
    assertThat(report.window().effect().efficacy().known()).isFalse();
  }

  private static EditFeedback feedback(int items, int rejected, double efficacy, int asked) {
    return EditFeedback.newBuilder()
        .setModel("m")
        .setBatchId("b")
        .setSequence(7)
        .setItems(items)
        .setRejected(rejected)
        .setPromptTokens(400)
        .setLongestPrompt(21)
        .setSeconds(new PhaseSeconds(0.2, 1.5, 0.4, 0.1, 0.1, 0.3, 2.5))
        .setPeakBytes(1L << 30)
        .setFactsInModel(130)
        .setCanary(
            CanaryScores.newBuilder()
                .setEfficacy(efficacy)
                .setPrompts(asked)
                .setOwnPrompts(asked)
                .build())
        .setFinishedAt(Instant.EPOCH)
        .build();
  }
}
