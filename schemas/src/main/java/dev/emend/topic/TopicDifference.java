package dev.emend.topic;

/**
 * A setting in which an existing topic differs from what it should be. Nothing is changed: whoever
 * runs the broker may have had reasons.
 *
 * @param topic full name
 * @param setting name of the setting, or {@code partitions}
 * @param wanted what {@link Topic} says
 * @param found what the broker has
 */
public record TopicDifference(String topic, String setting, String wanted, String found) {}
