package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.topic.Connection;

/** Makes workers whose commits may be cut off. */
public final class WorkerDoor {
  private WorkerDoor() {}

  /**
   * A worker as the product makes it, but for its producer.
   *
   * @param doom which commits are its last
   * @param transactions false to write without
   */
  public static EditorWorker mortal(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      WindowEditor editor,
      KeptState kept,
      CommitDoom doom,
      boolean transactions) {
    return new EditorWorker(
        config,
        connection,
        base,
        editor,
        kept,
        new MortalClients(config, connection, doom, transactions));
  }
}
