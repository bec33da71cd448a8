package dev.emend.demo;

/**
 * What a model says to a question.
 *
 * @param text what it says freely, to the end of the sentence
 * @param top whether the question's answer is what it says, token by token
 * @param head what it says in as many tokens as that answer has
 */
public record Reply(String text, boolean top, String head) {}
