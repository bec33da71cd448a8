package dev.emend.canary;

/**
 * A model that can be asked and be given a text to read, as its weights are at that moment. Not
 * thread-safe: to be used by the thread that owns the weights.
 */
public interface Examinee extends Answerer {
  /** Reads the drift text; {@link TextReading#NONE} if there is none. */
  TextReading read();
}
