package dev.emend.bench;

import dev.emend.memit.HyperParameters;
import dev.emend.memit.Target;
import dev.emend.memit.reference.PublishedEdit;
import dev.emend.model.Layout;
import dev.emend.model.ModelConfig;
import dev.emend.token.LocatedPrompt;
import java.util.List;

/**
 * Counts the matrix products of our exact target search: forward and backward, of the tokens from
 * the subject on in the blocks above the edit, of the last block and the head only where the loss
 * reads. The one pass that reads the rows is left out.
 */
final class TargetWork {
  private final ModelConfig config;
  private final int blocks;

  TargetWork(ModelConfig config, HyperParameters numbers) {
    this.config = config;
    this.blocks = config.layers() - 1 - numbers.targetLayer();
  }

  /** Billions of multiplications and additions. */
  double gflop(List<PublishedEdit> edits, List<Target> targets) {
    double sum = 0;
    for (int i = 0; i < edits.size(); i++) {
      // Two operations a weight, once forward and once backward.
      sum += 4.0 * targets.get(i).evaluations() * weights(edits.get(i));
    }
    return sum / 1e9;
  }

  /** Weights that one evaluation of an edit multiplies with. */
  private double weights(PublishedEdit edit) {
    double sum = read(1, 1);
    for (LocatedPrompt prompt : edit.prompts()) {
      int target = edit.target().length();
      int suffix = prompt.ids().length() - prompt.lastSubjectToken() + target - 1;
      sum += read(suffix, target);
    }
    return sum;
  }

  private double read(int suffix, int reads) {
    double width = config.width();
    double attention = width * config.headWidth() * (config.heads() + 2.0 * config.keyHeads());
    double out = width * config.headWidth() * config.heads();
    int matrices = config.architecture().mlp() == Layout.Mlp.PLAIN ? 2 : 3;
    double rest = out + matrices * width * config.innerWidth();
    double last = blocks == 0 ? 0 : suffix * attention + reads * rest;
    return Math.max(0, blocks - 1) * suffix * (attention + rest)
        + last
        + reads * width * config.vocabulary();
  }
}
