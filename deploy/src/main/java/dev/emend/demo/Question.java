package dev.emend.demo;

/**
 * A prompt and the answer that counts.
 *
 * @param prompt complete prompt
 * @param answer the object, without a leading space
 */
public record Question(String prompt, String answer) {}
