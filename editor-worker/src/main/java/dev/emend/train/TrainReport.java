package dev.emend.train;

/**
 * What came out of a training run.
 *
 * @param parameters number of weights
 * @param vocabulary number of tokens
 * @param steps updates made in all, also before a resumption
 * @param tokens tokens learnt from in this run, padding left out
 * @param seconds duration of this run
 * @param loss mean loss of the last steps
 * @param recall what the model knows of all facts
 */
public record TrainReport(
    long parameters,
    int vocabulary,
    int steps,
    long tokens,
    double seconds,
    double loss,
    Recall recall) {}
