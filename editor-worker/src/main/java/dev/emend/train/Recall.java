package dev.emend.train;

/**
 * How well a model knows facts, in percent.
 *
 * @param facts facts asked
 * @param trained whole object most probable token by token behind a trained wording
 * @param heldOut the same behind a wording that training never saw
 * @param preferred object preferred, by mean log-probability of its tokens behind a held-out
 *     wording, to another object of the relation
 */
public record Recall(int facts, double trained, double heldOut, double preferred) {}
