package dev.emend.itests.chaos.role;

import java.util.Optional;

/** A running part. */
interface Role extends AutoCloseable {
  /** Why it can do its work no more; empty while it can. */
  Optional<String> broken();

  /** What it said of itself when it was ready, one word; may be empty. */
  default String place() {
    return "";
  }

  /**
   * Answers a command.
   *
   * @param command its words, at least one
   * @return one line
   */
  String answer(String[] command) throws Exception;

  @Override
  void close();
}
