package dev.emend.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One JSON object a line about the course of a training run, appended to a file. */
final class TrainingLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * Records a stretch of steps.
   *
   * @param step updates made
   * @param rate learning rate of the last one
   * @param stretch sums over the steps since the last record
   */
  void steps(int step, double rate, Stretch stretch) {
    ObjectNode line = JSON.createObjectNode().put("step", step).put("rate", rate);
    line.put("loss", stretch.meanLoss()).put("gradient_norm", stretch.meanNorm());
    line.put("tokens_per_second", stretch.tokensPerSecond());
    append(line);
  }

  /** Records a measurement. */
  void recall(int step, Recall recall) {
    ObjectNode line = JSON.createObjectNode().put("step", step).put("facts", recall.facts());
    line.put("trained", recall.trained()).put("held_out", recall.heldOut());
    append(line.put("preferred", recall.preferred()));
  }

  private void append(ObjectNode line) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file, e);
    }
  }
}
