package dev.emend.schedule;

/**
 * Names the change set that a fact belongs to.
 *
 * @param id identifier shared by the members, unique within the model
 * @param size how many members it has, at least 1
 */
public record SetRef(String id, int size) {

  /** Refuses an empty id and a size below 1. */
  public SetRef {
    if (id.isEmpty() || size < 1) {
      throw new IllegalArgumentException("a change set needs an id and members, not " + size);
    }
  }
}
