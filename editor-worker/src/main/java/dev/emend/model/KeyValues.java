package dev.emend.model;

import ai.djl.ndarray.NDArray;

/**
 * What one layer's attention remembers of tokens already read.
 *
 * @param keys rotated keys, {@code [B, key heads, P, dh]}
 * @param values values, of the same shape
 */
public record KeyValues(NDArray keys, NDArray values) {}
