package dev.emend.sink;

import dev.emend.delta.LowRankFactors;

/**
 * One module of an adapter.
 *
 * @param module name as in transformers
 * @param factors {@code adj} is PEFT's A, {@code resid} its B transposed
 * @param error what the factors miss of the difference, as a share of its Frobenius norm
 */
public record LoraModule(String module, LowRankFactors factors, double error) {}
