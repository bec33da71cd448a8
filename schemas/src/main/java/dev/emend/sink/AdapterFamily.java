package dev.emend.sink;

import dev.emend.event.WeightLayout;
import dev.emend.weights.ModelFolder;

/**
 * How transformers and PEFT see the weights of a family of models.
 *
 * @param layout how its matrices are stored: GPT-2 uses Conv1D, (in x out), everybody else linear
 *     layers
 * @param prefix what PEFT has before a stored name that lacks it
 */
record AdapterFamily(WeightLayout layout, String prefix) {
  static AdapterFamily of(ModelFolder base) {
    return base.config().path("model_type").asText().equals("gpt2")
        ? new AdapterFamily(WeightLayout.IN_OUT, "transformer.")
        : new AdapterFamily(WeightLayout.OUT_IN, "");
  }

  /** The module of a weight, as transformers names it. */
  String module(String tensor) {
    String stored = tensor.substring(0, tensor.length() - ".weight".length());
    return stored.startsWith(prefix) ? stored : prefix + stored;
  }
}
