package dev.emend.answer;

import dev.emend.delta.ModelVersion;

/**
 * What a model says.
 *
 * @param text the continuation of the prompt
 * @param version which weights said it
 * @param promptTokens tokens read
 * @param tokens tokens written
 * @param isComplete whether the model came to an end by itself, before the limit
 */
public record Answer(
    String text, ModelVersion version, int promptTokens, int tokens, boolean isComplete) {}
