package dev.emend.wire;

import org.apache.avro.Schema;

/** How the registry's subject follows from topic and record. The default is {@link #TOPIC}. */
public enum SubjectNaming {
  /** {@code <topic>-value} or {@code <topic>-key}. */
  TOPIC("TopicNameStrategy"),
  /** Full name of the record. */
  RECORD("RecordNameStrategy"),
  /** {@code <topic>-<full name of the record>}. */
  TOPIC_RECORD("TopicRecordNameStrategy");

  private final String confluentName;

  SubjectNaming(String confluentName) {
    this.confluentName = confluentName;
  }

  /** The subject of a record's schema in a topic. */
  public String subject(String topic, boolean isKey, Schema schema) {
    return switch (this) {
      case TOPIC -> topic + (isKey ? "-key" : "-value");
      case RECORD -> schema.getFullName();
      case TOPIC_RECORD -> topic + "-" + schema.getFullName();
    };
  }

  static SubjectNaming from(SettingReader settings, boolean isKey) {
    String name = isKey ? WireConfig.KEY_NAMING : WireConfig.VALUE_NAMING;
    String text = settings.text(name).orElse(TOPIC.name());
    String simple = text.substring(text.lastIndexOf('.') + 1);
    for (SubjectNaming naming : values()) {
      if (simple.equals(naming.confluentName) || simple.equals(naming.name())) {
        return naming;
      }
    }
    throw SettingReader.usage(
        name, text, "TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
  }
}
